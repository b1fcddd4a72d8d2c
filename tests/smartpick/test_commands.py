import re
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from matching.models import ApiKey, Organisation
from matching.models.api_key import SCOPES
from smartpick.management.commands import serve


def made() -> str:
    out = StringIO()
    call_command("make_demo", stdout=out)
    return out.getvalue()


@pytest.fixture
def debug(settings: Settings) -> None:
    settings.DEBUG = True


@pytest.mark.django_db
@pytest.mark.usefixtures("debug")
def test_make_demo_prints_logins_that_work() -> None:
    text = made()
    logins = re.findall(r"^(.+) login: (\w+) / (\S+)$", text, flags=re.MULTILINE)
    assert [who for who, _, _ in logins] == [
        "Advisor", "Advisors' lead", "Data desk", "Data lead", "Applicant",
    ]  # fmt: skip
    users = [authenticate(username=name, password=secret) for _, name, secret in logins]
    assert [user and (user.is_staff, user.is_superuser) for user in users] == [(True, False)] * 4 + [
        (False, False)
    ]
    groups = dict(User.objects.values_list("username", "groups__name"))
    assert groups == {
        "advisor": "Advisors",
        "lead": "Advisor leads",
        "data": "Data desk",
        "datalead": "Data leads",
        "applicant": None,
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("debug")
def test_make_demo_makes_an_office_that_takes_lists() -> None:
    made()
    office = Organisation.objects.get()
    assert office.takes_lists
    assert {row.user.username: row.role for row in office.memberships.all()} == {
        "advisor": "advisor",
        "lead": "lead",
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("debug")
def test_make_demo_prints_a_key_with_every_scope() -> None:
    (key,) = re.findall(r"^API key: (\w+\.\w+)$", made(), flags=re.MULTILINE)
    row = ApiKey.objects.get_from_key(key)
    assert isinstance(row, ApiKey)
    assert set(row.scopes) == set(SCOPES)
    assert row.rate == "6000/min"


@pytest.mark.django_db
@pytest.mark.usefixtures("debug")
def test_make_demo_again_makes_and_prints_nothing() -> None:
    made()
    assert made() == ""
    assert User.objects.count() == 5
    assert ApiKey.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("debug")
def test_make_demo_secrets_differ_each_time() -> None:
    first = made()
    User.objects.all().delete()
    ApiKey.objects.all().delete()
    pairs = list(zip(first.splitlines(), made().splitlines(), strict=True))
    assert len(pairs) == 6
    assert all(one != other for one, other in pairs)


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["make_demo", "serve"])
def test_command_debug_off_refused(command: str) -> None:
    with pytest.raises(CommandError, match="DEBUG only"):
        call_command(command)
    assert not User.objects.exists()


def test_serve_says_its_address_in_one_line() -> None:
    out = StringIO()
    serve.Command(stdout=out).announce(8123)
    assert out.getvalue() == "SmartPick is at http://127.0.0.1:8123/ (Ctrl-C stops it)\n"
