import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from matching.advisors import ADVISORS, MAY, advisors_group_keep

pytestmark = pytest.mark.django_db


def held() -> set[tuple[str, str]]:
    group = Group.objects.get(name=ADVISORS)
    return set(group.permissions.values_list("content_type__app_label", "codename"))


def test_advisors_group_is_there_after_migrating() -> None:
    assert held() == set(MAY)


def test_advisors_group_is_made_again_where_it_is_missing() -> None:
    Group.objects.all().delete()

    call_command("migrate", verbosity=0)

    assert held() == set(MAY)


def test_advisors_group_gets_exactly_its_permissions_back() -> None:
    group = Group.objects.get(name=ADVISORS)
    group.permissions.set(Permission.objects.filter(codename__in=["change_user", "view_apikey"]))

    advisors_group_keep()

    assert held() == set(MAY)


def test_advisors_group_waits_for_all_permissions() -> None:
    Group.objects.all().delete()
    Permission.objects.filter(codename="view_savedlist").delete()

    advisors_group_keep()

    assert not Group.objects.filter(name=ADVISORS).exists()


def test_advisors_only_read_and_say_what_they_saw() -> None:
    others = [codename for _, codename in MAY if not codename.startswith("view_")]
    assert others == ["witness_outcomereport"]
    for app, codename in MAY:
        assert apps.get_model(app, codename.partition("_")[2])
