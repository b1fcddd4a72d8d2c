"""What is kept of the first answer to a named request, and who repeats it."""

import json
import uuid
import zlib
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from matching.api.errors import IdempotencyConflict
from matching.api.idempotency import named_answer, named_create, named_earlier
from matching.models import ApiKey, IdempotencyKey, Match, MatchRun, Webhook
from matching.privacy.leftovers import requests_sweep
from matching.services import run_score
from programs.services import data_version_publish
from tests.api.bodies import changed
from tests.api.conftest import KeyMaker, problem_of
from tests.faults.crowd import at_once
from tests.matching.factories import NOW, key_make, match_make, program_make

pytestmark = pytest.mark.django_db(transaction=True)

MATCHES = "/api/v1/matches/"
STORE = changed(("/store", True))


def post(headers: dict[str, str], body: Any = STORE, *, name: str = "order-1") -> Any:
    text = json.dumps(body)
    named = {**headers, "idempotency-key": name}
    return Client(raise_request_exception=False).post(MATCHES, text, "application/json", headers=named)


def webhook_make(key: ApiKey) -> Webhook:
    return Webhook.objects.create(
        api_key=key, url="https://partner.example/", secret="s", challenge="c", created_at=NOW
    )


def test_answer_is_kept_as_it_was_sent(catalogue: list[str], key_headers: KeyMaker) -> None:
    first = post(key_headers())

    row = IdempotencyKey.objects.get()
    assert (row.status, zlib.decompress(bytes(row.answer or b""))) == (201, first.content)


def test_answer_queued_is_repeated_when_the_run_is_long_done(
    catalogue: list[str], key_headers: KeyMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matching.services.bell._ring", lambda run_id: None)  # the message is under way
    headers = key_headers()

    first = post(headers)
    run_score(MatchRun.objects.get().pk)
    again = post(headers)

    assert first.json()["state"] == "queued"
    assert (again.status_code, again.content) == (201, first.content)
    assert again["Location"] == first["Location"]
    assert "state" not in Client().get(first["Location"], headers=headers).json()


def test_answer_never_kept_is_made_from_the_object(catalogue: list[str], key_headers: KeyMaker) -> None:
    """As after a process that died once the match was stored."""
    headers = key_headers()
    first = post(headers)
    IdempotencyKey.objects.update(status=None, answer=None)

    again = post(headers)

    assert (again.status_code, again.content) == (201, first.content)
    assert IdempotencyKey.objects.get().answer is not None
    assert Match.objects.count() == 1


def test_answer_is_repeated_when_the_same_would_no_longer_be_taken(
    catalogue: list[str], key_headers: KeyMaker
) -> None:
    headers, body = key_headers(), changed(("/store", True), ("/options/must_include", ["sp00007"]))
    later = program_make("sp00007")
    data_version_publish()
    first = post(headers, body)
    later.listing_status = "old"
    later.save()
    data_version_publish()

    assert post(headers, body).content == first.content
    problem_of(post(headers, body, name="order-2"), 422)


def test_name_is_free_when_its_time_is_over(
    catalogue: list[str], key_headers: KeyMaker, settings: Settings
) -> None:
    headers = key_headers()
    first = post(headers).json()["id"]
    days, now = settings.KEEP_DAYS, timezone.now()

    requests_sweep(now=now + timedelta(days=days["request"] - 1), days=days, dry_run=False)
    assert post(headers).json()["id"] == first
    requests_sweep(now=now + timedelta(days=days["request"] + 1), days=days, dry_run=False)

    other = post(headers, changed(("/store", True), ("/profile/graduation_year", 2024)))
    assert other.status_code == 201
    assert other.json()["id"] != first


def test_answer_kept_first_is_everybodys() -> None:
    key, _ = key_make()
    match = match_make(api_key=key)
    row = named_create(key=key, name="a", digest="d", now=NOW, match=match)
    late = IdempotencyKey.objects.get()

    assert named_answer(row, lambda: (201, b"first")) == (201, b"first")
    assert named_answer(late, lambda: (202, b"second")) == (201, b"first")
    again = named_earlier(key=key, name="a", digest="d")
    assert again is not None
    assert again.match == match
    assert named_answer(again, lambda: pytest.fail("made again")) == (201, b"first")


def test_answer_of_what_was_deleted_meanwhile() -> None:
    key, _ = key_make()
    row = named_create(key=key, name="a", digest="d", now=NOW, match=match_make(api_key=key))
    Match.objects.all().delete()

    assert named_answer(row, lambda: (201, b"made")) == (201, b"made")
    assert not IdempotencyKey.objects.exists()


def test_name_earlier_is_of_one_key_and_one_question() -> None:
    one, two = key_make()[0], key_make()[0]
    named_create(key=one, name="a", digest="d", now=NOW, match=match_make(api_key=one))

    assert named_earlier(key=two, name="a", digest="d") is None
    assert named_earlier(key=one, name="b", digest="d") is None
    with pytest.raises(IdempotencyConflict):
        named_earlier(key=one, name="a", digest="e")


def test_answer_of_a_webhook_is_sealed(settings: Settings) -> None:
    key, _ = key_make()
    row = named_create(key=key, name="a", digest="d", now=NOW, webhook=webhook_make(key))
    body = b'{"secret":"whsec_abc"}'

    assert named_answer(row, lambda: (201, body)) == (201, body)

    kept = IdempotencyKey.objects.get()
    assert b"whsec" not in zlib.decompress(bytes(kept.answer or b""))
    assert named_answer(kept, lambda: (500, b"")) == (201, body)
    settings.SECRET_KEY = "another" * 10
    with pytest.raises(IdempotencyConflict):
        named_answer(kept, lambda: (500, b""))


def same_at_once(headers: dict[str, str]) -> None:
    """Everybody asks the same by one name: one match, one answer."""
    name = uuid.uuid4().hex
    before = Match.objects.count()

    answers = at_once(lambda _: post(headers, name=name))

    assert {answer.status_code for answer in answers} == {201}, [answer.content for answer in answers]
    assert len({answer.content for answer in answers}) == 1
    assert len({answer["Location"] for answer in answers}) == 1
    assert Match.objects.count() == before + 1
    assert post(headers, name=name).content == answers[0].content


def other_at_once(headers: dict[str, str]) -> None:
    """Everybody asks something else by one name: the first is answered, the others are in conflict."""
    name = uuid.uuid4().hex
    before = Match.objects.count()

    def ask(number: int) -> Any:
        return post(
            headers, changed(("/store", True), ("/profile/graduation_year", 2010 + number)), name=name
        )

    answers = at_once(ask)

    assert sorted(answer.status_code for answer in answers) == [201, *[409] * (len(answers) - 1)]
    for refused in (answer for answer in answers if answer.status_code == 409):
        problem_of(refused, 409)
    assert Match.objects.count() == before + 1


def killed_in_between(headers: dict[str, str]) -> None:
    """The match and its name are there, the answer never was: all who repeat it get one and the same."""
    name = uuid.uuid4().hex
    first = post(headers, name=name)
    IdempotencyKey.objects.filter(name=name).update(status=None, answer=None)

    answers = at_once(lambda _: post(headers, name=name))

    assert {(answer.status_code, answer.content) for answer in answers} == {(201, first.content)}
    assert IdempotencyKey.objects.get(name=name).answer is not None


AT_ONCE = (same_at_once, other_at_once, killed_in_between)


@pytest.mark.parametrize("act", AT_ONCE, ids=lambda act: act.__name__)
def test_named_at_once(catalogue: list[str], key_headers: KeyMaker, act: Any) -> None:
    act(key_headers())
