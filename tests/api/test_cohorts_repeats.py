"""An upload a partner names is taken once: sent again, also at once, its first answer comes again."""

import gzip
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from matching.api.cohorts import taking
from matching.cohorts import staging
from matching.models import Cohort, CohortChunk
from tests.api.cohort_calls import Headers, applicants, as_jsonl, send, work
from tests.api.conftest import KeyMaker, problem_of
from tests.faults.crowd import CROWD, at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("catalogue")]
BODY = as_jsonl(applicants(3))


@pytest.fixture
def partner(key_headers: KeyMaker) -> Headers:
    return key_headers(scopes=["cohorts"])


def named(client: Client, headers: Headers, body: bytes = BODY, name: str = "class-1", **more: str) -> Any:
    return send(client, headers, body, idempotency_key=name, **more)


def test_upload_named_again_answers_the_same(client: Client, partner: Headers) -> None:
    """To the byte, also when it is long done, packed otherwise, and while others fill the line."""
    first = named(client, partner)
    work()

    again = named(client, partner)
    packed = named(client, partner, gzip.compress(BODY), content_encoding="gzip")

    assert [one.status_code for one in (first, again, packed)] == [202, 202, 202]
    assert first.content == again.content == packed.content
    assert first["Location"] == again["Location"] == packed["Location"]
    assert Cohort.objects.count() == 1
    assert CohortChunk.objects.count() == 1


def test_upload_named_again_is_not_held_back(client: Client, partner: Headers, settings: Settings) -> None:
    settings.COHORTS_AT_ONCE = 1
    first = named(client, partner)

    assert named(client, partner).content == first.content
    problem_of(named(client, partner, name="another"), 429)


@pytest.mark.parametrize(
    ("body", "kind"),
    [(as_jsonl(applicants(2)), "application/jsonl"), (BODY + b"\n", "application/jsonl"), (BODY, "text/csv")],
)
def test_upload_named_again_with_another_body_conflicts(
    client: Client, partner: Headers, body: bytes, kind: str
) -> None:
    named(client, partner)

    problem_of(named(client, partner, body, kind=kind), 409)

    assert Cohort.objects.count() == 1


def test_upload_name_is_each_keys_own(client: Client, partner: Headers, key_headers: KeyMaker) -> None:
    other = key_headers(name="another", scopes=["cohorts"])

    assert named(client, partner)["Location"] != named(client, other)["Location"]


def test_upload_that_was_refused_may_use_its_name_again(client: Client, partner: Headers) -> None:
    problem_of(named(client, partner, b"[", kind="application/json"), 400)

    assert named(client, partner).status_code == 202


def test_upload_name_stays_while_the_cancelled_cohort_is_told_of(client: Client, partner: Headers) -> None:
    first = named(client, partner)
    client.delete(first["Location"], headers=partner)

    assert named(client, partner).content == first.content
    Cohort.objects.all().delete()
    assert named(client, partner)["Location"] != first["Location"]


def test_upload_without_a_name_makes_a_cohort_each_time(client: Client, partner: Headers) -> None:
    assert send(client, partner, BODY)["Location"] != send(client, partner, BODY)["Location"]


@pytest.mark.parametrize("name", ["", " ", "a b", "a" * 256])
def test_upload_refuses_what_is_no_name(client: Client, partner: Headers, name: str) -> None:
    problem_of(named(client, partner, name=name), 400)

    assert not Cohort.objects.exists()


def uploads_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of a crowd have staged their uploads before the first of them is opened."""
    barrier, stage = threading.Barrier(CROWD, timeout=30), staging.cohort_stage

    def stage_and_meet(**values: Any) -> Any:
        staged = stage(**values)
        barrier.wait()
        return staged

    monkeypatch.setattr(taking, "cohort_stage", stage_and_meet)


def same_at_once(headers: Headers) -> None:
    """Everybody sends the same by one name: one cohort, one answer."""
    answers = at_once(lambda _: named(Client(), headers))

    assert {answer.status_code for answer in answers} == {202}, [answer.content for answer in answers]
    assert len({answer.content for answer in answers}) == 1
    assert len({answer["Location"] for answer in answers}) == 1
    assert (Cohort.objects.count(), CohortChunk.objects.count()) == (1, 1)
    assert named(Client(), headers).content == answers[0].content


def other_at_once(headers: Headers) -> None:
    """Half of them send something else by it: they are in conflict, and nothing of theirs is kept."""
    answers = at_once(lambda number: named(Client(), headers, BODY + b"\n" * (number % 2)))

    assert sorted(answer.status_code for answer in answers) == [202] * (CROWD // 2) + [409] * (CROWD // 2)
    assert (Cohort.objects.count(), CohortChunk.objects.count()) == (1, 1)


def room_for_two(headers: Headers) -> None:
    """Each has a name of its own, and room was seen by all: as many get in as may be at once."""
    answers = at_once(lambda number: named(Client(), headers, name=f"class-{number}"))

    assert sorted(answer.status_code for answer in answers) == [202, 202] + [429] * (CROWD - 2)
    assert (Cohort.objects.count(), CohortChunk.objects.count()) == (2, 2)


AT_ONCE = (same_at_once, other_at_once, room_for_two)


@pytest.mark.parametrize("act", AT_ONCE, ids=lambda act: act.__name__)
def test_uploads_at_once(
    partner: Headers, settings: Settings, monkeypatch: pytest.MonkeyPatch, act: Callable[[Headers], None]
) -> None:
    settings.COHORTS_AT_ONCE = 2
    uploads_meet(monkeypatch)
    act(partner)
