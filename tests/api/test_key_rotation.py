"""A key gets a new secret in its place, and the earlier one opens it until the partner has changed over."""

from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from matching.api.key_rules import OVERLAP_MOST, overlap_parse
from matching.api.keys import KeyClosed, api_key_create, api_key_revoke, api_key_rotate, key_named
from matching.models import ApiKey, RetiredSecret
from smartpick.api_access import ScopeThrottle
from tests.api.conftest import problem_of
from tests.matching.factories import match_make

pytestmark = pytest.mark.django_db

NOWHERE = "/api/v1/matches/7d3c1a52-9f0b-4d53-8f6e-2f4f3f0f7f11/"
WEEK = timedelta(days=7)


def status(secret: str) -> int:
    return Client().get(NOWHERE, headers={"authorization": f"Api-Key {secret}"}).status_code


def make(**values: Any) -> tuple[ApiKey, str]:
    return api_key_create(**{"name": "partner", "scopes": ["match"], **values})


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr("matching.api.keys.timezone.now", lambda: moment)


def test_rotate_opens_by_both_until_the_overlap_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    key, first = make()
    now = timezone.now()

    second = api_key_rotate(key=key, now=now, overlap=WEEK)

    assert (status(first), status(second)) == (404, 404)
    at(monkeypatch, now + WEEK - timedelta(seconds=1))
    assert (status(first), status(second)) == (404, 404)
    at(monkeypatch, now + WEEK)
    assert (status(first), status(second)) == (401, 404)


def test_rotate_keeps_the_key_and_what_it_made() -> None:
    key, first = make(networks=["127.0.0.0/8"], rate="7/min")
    match = match_make(api_key=key)

    second = api_key_rotate(key=key, now=timezone.now(), overlap=WEEK)

    kept = ApiKey.objects.get()
    assert (kept.pk, kept.networks, kept.rate) == (key.pk, ["127.0.0.0/8"], "7/min")
    assert (kept.prefix, kept.hashed_key) == (key.prefix, key.hashed_key)
    assert kept.prefix == second[:8] != first[:8]
    assert second not in kept.hashed_key
    match.refresh_from_db()
    assert match.api_key == kept


def test_rotate_counts_both_secrets_as_one_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScopeThrottle, "clock", staticmethod(lambda: 1_800_000_000.0))
    key, first = make(rate="2/hour")
    second = api_key_rotate(key=key, now=timezone.now(), overlap=WEEK)

    assert [status(secret) for secret in (first, second, first, second)] == [404, 404, 429, 429]


def test_rotate_without_overlap_ends_every_earlier_secret() -> None:
    key, first = make()
    second = api_key_rotate(key=key, now=timezone.now(), overlap=WEEK)

    third = api_key_rotate(key=key, now=timezone.now(), overlap=timedelta(0))

    assert [status(secret) for secret in (first, second, third)] == [401, 401, 404]
    assert not RetiredSecret.objects.exists()


def test_rotate_again_lets_none_work_longer_than_the_last() -> None:
    key, first = make()
    now = timezone.now()
    api_key_rotate(key=key, now=now, overlap=WEEK)

    api_key_rotate(key=key, now=now, overlap=timedelta(days=1))

    assert {retired.until for retired in key.retired_secrets.all()} == {now + timedelta(days=1)}
    api_key_rotate(key=key, now=now + timedelta(days=2), overlap=WEEK)
    assert [retired.until for retired in key.retired_secrets.all()] == [now + timedelta(days=9)]
    assert status(first) == 401


def test_revoked_opens_by_no_secret() -> None:
    key, first = make()
    second = api_key_rotate(key=key, now=timezone.now(), overlap=WEEK)

    api_key_revoke(key=key)

    assert [status(secret) for secret in (first, second)] == [401, 401]
    assert not RetiredSecret.objects.exists()


def test_revoked_by_a_bare_save_opens_by_no_secret() -> None:
    key, first = make()
    second = api_key_rotate(key=key, now=timezone.now(), overlap=WEEK)

    ApiKey.objects.update(revoked=True)

    assert [status(secret) for secret in (first, second)] == [401, 401]


def test_expired_opens_by_no_secret() -> None:
    key, first = make()
    second = api_key_rotate(key=key, now=timezone.now(), overlap=WEEK)

    ApiKey.objects.update(expiry_date=timezone.now() - timedelta(seconds=1))

    assert [status(secret) for secret in (first, second)] == [401, 401]


@pytest.mark.parametrize("end", [{"revoked": True}, {"expiry_date": timezone.now() - timedelta(days=1)}])
def test_rotate_of_a_key_that_ended_is_refused(end: dict[str, Any]) -> None:
    key, _ = make()
    ApiKey.objects.update(**end)

    with pytest.raises(KeyClosed):
        api_key_rotate(key=key, now=timezone.now(), overlap=WEEK)

    assert not RetiredSecret.objects.exists()


def test_retired_secret_wrong_is_unauthorized() -> None:
    key, first = make()
    api_key_rotate(key=key, now=timezone.now(), overlap=WEEK)

    assert status(first[:-1] + ("a" if first[-1] != "a" else "b")) == 401


def test_secret_is_looked_up_in_one_query_and_an_earlier_one_in_two(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    """However many secrets there were."""
    key, _ = make()
    secrets = [api_key_rotate(key=key, now=timezone.now(), overlap=WEEK) for _ in range(4)]
    status(secrets[0])  # the use is noted

    with django_assert_num_queries(2):  # the key, the match
        assert status(secrets[-1]) == 404
    for earlier in secrets[:-1]:
        with django_assert_num_queries(3):
            assert status(earlier) == 404
    with django_assert_num_queries(2):
        assert status("unknown0." + "x" * 32) == 401


def test_key_named_by_any_of_its_secrets() -> None:
    key, first = make()
    second = api_key_rotate(key=key, now=timezone.now(), overlap=WEEK)

    assert key_named(first[:8]) == key_named(second[:8]) == key
    with pytest.raises(ApiKey.DoesNotExist):
        key_named("nokey000")


@pytest.mark.parametrize(
    ("text", "overlap"),
    [("7d", WEEK), ("12h", timedelta(hours=12)), ("30m", timedelta(minutes=30)), ("0", timedelta(0))],
)
def test_overlap_parse(text: str, overlap: timedelta) -> None:
    assert overlap_parse(text) == overlap
    assert overlap_parse("90d") == OVERLAP_MOST


@pytest.mark.parametrize("text", ["", "7", "-1d", "91d", "9999d", "1w", "1.5d", "0d", "7 d", "\u0667d"])
def test_overlap_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a time|longer than"):
        overlap_parse(text)


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue().strip()


def test_rotate_command_prints_a_secret_that_works() -> None:
    key, first = make()

    second = run("rotate_api_key", first[:8])
    third = run("rotate_api_key", first[:8], "--overlap", "12h")  # by the earlier prefix as well
    until = key.retired_secrets.values_list("until", flat=True)

    assert [status(secret) for secret in (first, second, third)] == [404, 404, 404]
    assert all(at - timezone.now() < timedelta(hours=12) for at in until)
    assert run("rotate_api_key", third[:8], "--overlap", "0")[:8] == ApiKey.objects.get().prefix
    assert [status(secret) for secret in (first, second, third)] == [401, 401, 401]


def test_revoke_command_ends_the_key() -> None:
    _, secret = make()

    assert run("revoke_api_key", secret[:8]) == f"Revoked: partner ({secret[:8]})"

    assert status(secret) == 401
    run("revoke_api_key", secret[:8])  # again: still revoked
    assert ApiKey.objects.get().revoked


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("rotate_api_key", "nokey000"), "No key"),
        (("rotate_api_key", "PREFIX", "--overlap", "soon"), "--overlap"),
        (("rotate_api_key", "PREFIX", "--overlap", "91d"), "longer"),
        (("revoke_api_key", "nokey000"), "No key"),
    ],
)
def test_key_commands_refuse(words: tuple[str, ...], reason: str) -> None:
    _, secret = make()

    with pytest.raises(CommandError, match=reason):
        run(*(secret[:8] if word == "PREFIX" else word for word in words))

    assert status(secret) == 404


def test_rotate_command_refuses_a_revoked_key() -> None:
    key, secret = make()
    api_key_revoke(key=key)

    with pytest.raises(CommandError, match="revoked"):
        run("rotate_api_key", secret[:8])


def test_key_of_one_partner_opens_nothing_of_another() -> None:
    """Two keys changed over at the same time stay two."""
    one, two = make(), make()
    match = match_make(api_key=one[0])
    secrets = [
        secret
        for key, first in (one, two)
        for secret in (first, api_key_rotate(key=key, now=timezone.now(), overlap=WEEK))
    ]

    answers = [
        Client().get(f"/api/v1/matches/{match.pk}/", headers={"authorization": f"Api-Key {secret}"})
        for secret in secrets[2:]
    ]

    for answer in answers:
        problem_of(answer, 404)
