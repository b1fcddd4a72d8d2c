import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from matching.advisors import (
    ADVISORS,
    DATA_DESK,
    DATA_DESK_MAY,
    DATA_LEADS,
    DATA_LEADS_MAY,
    GROUPS,
    LEADS,
    LEADS_MAY,
    MAY,
    advisors_group_keep,
)

pytestmark = pytest.mark.django_db


def held(name: str) -> set[tuple[str, str]]:
    group = Group.objects.get(name=name)
    return set(group.permissions.values_list("content_type__app_label", "codename"))


@pytest.mark.parametrize("name", GROUPS)
def test_groups_are_there_after_migrating(name: str) -> None:
    assert held(name) == set(GROUPS[name])
    assert len(GROUPS[name]) == len(set(GROUPS[name]))


def test_groups_are_made_again_where_they_are_missing() -> None:
    Group.objects.all().delete()

    call_command("migrate", verbosity=0)

    assert {name: held(name) for name in GROUPS} == {name: set(may) for name, may in GROUPS.items()}


def test_groups_get_exactly_their_permissions_back() -> None:
    group = Group.objects.get(name=ADVISORS)
    group.permissions.set(Permission.objects.filter(codename__in=["change_user", "view_apikey"]))

    advisors_group_keep()

    assert held(ADVISORS) == set(MAY)


def test_groups_wait_for_all_permissions() -> None:
    Group.objects.all().delete()
    Permission.objects.filter(codename="view_savedlist").delete()

    advisors_group_keep()

    assert not Group.objects.exists()


def test_advisors_only_read_work_on_reviews_and_say_what_they_saw() -> None:
    others = [codename for _, codename in MAY if not codename.startswith("view_")]
    assert others == ["witness_outcomereport", "change_review"]


def test_what_the_groups_may_exists() -> None:
    for may in GROUPS.values():
        for app, codename in may:
            assert apps.get_app_config(app)
            assert Permission.objects.filter(content_type__app_label=app, codename=codename).count() == 1


def test_leads_may_all_that_advisors_may_and_data_leads_all_of_the_data_desk() -> None:
    assert set(MAY) < set(LEADS_MAY)
    assert set(DATA_DESK_MAY) < set(DATA_LEADS_MAY)


def test_nobody_is_given_people_to_take_away_and_the_two_desks_share_nothing() -> None:
    assert not any(codename.startswith("export_") for may in GROUPS.values() for _, codename in may)
    assert {app for app, _ in LEADS_MAY} == {"applicants", "matching"}
    assert {app for app, _ in DATA_LEADS_MAY} == {"programs"}
    assert {ADVISORS, LEADS, DATA_DESK, DATA_LEADS} == set(GROUPS)


def test_two_people_stand_behind_what_is_written_in_bulk_or_decided() -> None:
    leads_alone = {codename for _, codename in DATA_LEADS_MAY} - {codename for _, codename in DATA_DESK_MAY}
    assert {"apply_import", "decide_program", "add_dataversion"} <= leads_alone
