from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from matching.models import ApiKey
from matching.models.api_key import SCOPES
from tests.api.conftest import problem_of

pytestmark = pytest.mark.django_db


def create(*words: str) -> str:
    out = StringIO()
    call_command("create_api_key", *words, stdout=out)
    return out.getvalue().strip()


def test_create_api_key_prints_a_key_that_works(client: Client) -> None:
    secret = create("Partner University")

    key = ApiKey.objects.get_from_key(secret)
    assert isinstance(key, ApiKey)
    assert (key.name, tuple(key.scopes), key.rate) == ("Partner University", SCOPES, "120/min")
    assert secret not in key.hashed_key
    url = "/api/v1/matches/7d3c1a52-9f0b-4d53-8f6e-2f4f3f0f7f11/"
    problem_of(client.get(url, headers={"authorization": f"Api-Key {secret}"}), 404)


def test_create_api_key_takes_every_limit() -> None:
    words = ["--scope", "match", "--rate", "5/hour", "--network", "192.0.2.0/24", "--expires", "2031-06-30"]

    key = ApiKey.objects.get_from_key(create("Partner", *words))

    assert isinstance(key, ApiKey)
    assert (key.scopes, key.rate, key.networks) == (["match"], "5/hour", ["192.0.2.0/24"])
    assert key.expiry_date is not None
    assert key.expiry_date.isoformat().startswith("2031-06-30T23:59:59")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--rate", "often"], "120/min"),
        (["--rate", "0/min"], "120/min"),
        (["--network", "here"], "Not a network"),
        (["--expires", "tomorrow"], "--expires"),
        (["--expires", "2031-02-30"], "--expires"),
        (["--scope", "everything"], "invalid choice"),
    ],
)
def test_create_api_key_refuses(words: list[str], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        create("Partner", *words)

    assert not ApiKey.objects.exists()


def test_create_api_key_refuses_a_nameless_key() -> None:
    with pytest.raises(CommandError, match="blank"):
        create("")
