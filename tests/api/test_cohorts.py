"""Many applicants of one partner: sent, followed, listed, taken back; and nobody else's to see."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from matching.api.cohorts import taking
from matching.cohorts import staging
from matching.models import ApiKey, Cohort, CohortChunk
from tests.api.cohort_calls import COHORTS, Headers, applicants, send, sent, work
from tests.api.conftest import KeyMaker, problem_of, row_counts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def partner(key_headers: KeyMaker) -> Headers:
    return key_headers(scopes=["cohorts"])


@pytest.fixture
def stranger(key_headers: KeyMaker) -> Headers:
    return key_headers(name="another", scopes=["cohorts"])


def test_cohort_is_taken_scored_and_told_of(client: Client, partner: Headers) -> None:
    response = send(client, partner, applicants(3, bad=[2]))

    queued = response.json()
    address = f"{COHORTS}{queued['id']}/"
    assert (response.status_code, response["Location"]) == (202, address)
    assert (queued["state"], queued["total"], queued["scored"], queued["eta_seconds"]) == (
        "queued",
        3,
        0,
        None,
    )
    assert (queued["results"], queued["errors"]) == (f"{address}results/", f"{address}errors/")

    work()
    done = client.get(address, headers=partner).json()

    assert (done["state"], done["total"], done["scored"], done["rejected"]) == ("done", 3, 2, 1)
    assert (done["eta_seconds"], done["reason"]) == (0, None)
    assert done["finished_at"] < done["erased_at"]
    assert done["created_at"].endswith("Z")


def test_cohort_in_work_says_when_to_ask_again(client: Client, partner: Headers) -> None:
    address = sent(client, partner, applicants(2))
    begun = timezone.now() - timedelta(seconds=10)
    Cohort.objects.update(state="running", started_at=begun, weight=100, weight_done=50)

    running = client.get(address, headers=partner)

    assert 10 <= running.json()["eta_seconds"] <= 12
    assert running["Retry-After"] == str(running.json()["eta_seconds"])
    Cohort.objects.update(weight=100_000)
    assert client.get(address, headers=partner)["Retry-After"] == "30"


def test_cohort_unchanged_is_not_told_again(client: Client, partner: Headers) -> None:
    address = sent(client, partner, applicants(1))
    first = client.get(address, headers=partner)

    again = client.get(address, headers={**partner, "if-none-match": first["ETag"]})
    work()
    changed = client.get(address, headers={**partner, "if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert (changed.status_code, changed.json()["state"]) == (200, "done")
    assert "Retry-After" not in changed


def test_cohort_without_applicants_is_done_at_once(client: Client, partner: Headers) -> None:
    for body, kind in ((b"", "application/jsonl"), (b"[]", "application/json")):
        told = send(client, partner, body, kind=kind).json()
        assert (told["state"], told["total"], told["eta_seconds"]) == ("done", 0, 0)


def test_cohort_failed_says_why(client: Client, partner: Headers) -> None:
    address = sent(client, partner, applicants(1))
    Cohort.objects.update(model_version="earlier")

    work()

    told = client.get(address, headers=partner).json()
    assert told["state"] == "failed"
    assert "model changed" in told["reason"]
    assert told["results"].startswith(address)


def test_cohorts_listed_newest_first_by_page(client: Client, partner: Headers, stranger: Headers) -> None:
    addresses = [sent(client, partner, applicants(1)) for _ in range(3)]
    sent(client, stranger, applicants(1))

    first = client.get(f"{COHORTS}?page_size=2", headers=partner).json()
    second = client.get(first["next"], headers=partner).json()

    listed = [f"{COHORTS}{one['id']}/" for one in (*first["results"], *second["results"])]
    assert listed == addresses[::-1]
    assert (first["previous"], second["next"]) == (None, None)
    assert client.get(second["previous"], headers=partner).json()["results"] == first["results"]


@pytest.mark.parametrize("method", ["get", "delete"])
def test_cohort_refuses_parameters(client: Client, partner: Headers, method: str) -> None:
    address = sent(client, partner, applicants(1))

    problem_of(getattr(client, method)(f"{address}?states=all", headers=partner), 400)

    assert Cohort.objects.get().state == "queued"


def test_cohorts_still_received_are_nobodys(client: Client, partner: Headers) -> None:
    address = sent(client, partner, applicants(1))
    Cohort.objects.update(state="receiving")

    assert client.get(COHORTS, headers=partner).json()["results"] == []
    problem_of(client.get(address, headers=partner), 404)


@pytest.mark.parametrize("query", ["page_size=0", "cursor=x", "state=done"])
def test_cohorts_list_refuses_what_it_does_not_know(client: Client, partner: Headers, query: str) -> None:
    problem = problem_of(client.get(f"{COHORTS}?{query}", headers=partner), 400)

    assert [fault["pointer"] for fault in problem["errors"]] == [f"/{query.split('=', maxsplit=1)[0]}"]


@pytest.mark.parametrize("worked", [False, True])
def test_cohort_deleted_is_erased_and_says_so(client: Client, partner: Headers, worked: bool) -> None:
    address = sent(client, partner, applicants(3, bad=[3]))
    if worked:
        work()

    answers = [client.delete(address, headers=partner) for _ in "ab"]

    assert [(one.status_code, one.content) for one in answers] == [(204, b""), (204, b"")]
    told = client.get(address, headers=partner).json()
    assert (told["state"], told["results"], told["errors"]) == ("cancelled", None, None)
    assert told["erased_at"] > told["created_at"]
    assert not CohortChunk.objects.exists()
    for part in ("results/", "errors/"):
        problem = problem_of(client.get(f"{address}{part}", headers=partner), 404)
        assert "cancelled" in problem["detail"]
    work()
    assert client.get(address, headers=partner).json() == told


ASKED: list[tuple[str, str]] = [
    ("get", ""),
    ("delete", ""),
    ("get", "results/"),
    ("get", "errors/"),
    ("get", "results/?after=1"),
]


@pytest.mark.parametrize(("method", "part"), ASKED)
def test_cohort_of_another_is_as_if_it_were_not(
    client: Client, partner: Headers, stranger: Headers, method: str, part: str
) -> None:
    address = sent(client, partner, applicants(2, bad=[1]))
    work()
    before = row_counts()

    theirs = problem_of(getattr(client, method)(f"{address}{part}", headers=stranger), 404)
    none = problem_of(getattr(client, method)(f"{COHORTS}{uuid.uuid4()}/{part}", headers=stranger), 404)

    changing = ("instance", "request_id")
    assert {k: v for k, v in theirs.items() if k not in changing} == {
        k: v for k, v in none.items() if k not in changing
    }
    assert row_counts() == before
    assert Cohort.objects.get().state == "done"


def outsider(key_headers: KeyMaker, who: str) -> Headers:
    if who == "nobody":
        return {}
    if who == "wrong":
        return {"authorization": f"Api-Key {'a' * 8}.{'b' * 32}"}
    scopes = ["programs:read", "match", "lists:read"] if who == "unscoped" else ["cohorts"]
    return key_headers(name=who, scopes=scopes, networks=["203.0.113.0/24"] if who == "elsewhere" else [])


@pytest.mark.parametrize(("method", "part"), [*ASKED, ("post", "")])
@pytest.mark.parametrize(
    ("who", "status"),
    [("nobody", 401), ("wrong", 401), ("unscoped", 403), ("revoked", 401), ("elsewhere", 403)],
)
def test_cohort_is_closed_to_outsiders(
    client: Client, key_headers: KeyMaker, partner: Headers, method: str, part: str, who: str, status: int
) -> None:
    address = sent(client, partner, applicants(1))
    headers = outsider(key_headers, who)
    ApiKey.objects.filter(name="revoked").update(revoked=True)
    where = COHORTS if method == "post" else f"{address}{part}"
    before = row_counts()

    problem_of(getattr(client, method)(where, headers=headers), status)

    assert row_counts() == before


@pytest.mark.parametrize(
    ("method", "part"), [("post", "results/"), ("patch", ""), ("options", ""), ("delete", "errors/")]
)
def test_cohort_other_methods_are_not_allowed(
    client: Client, partner: Headers, method: str, part: str
) -> None:
    address = sent(client, partner, applicants(1))

    problem_of(getattr(client, method)(f"{address}{part}", headers=partner), 405)


def test_cohorts_at_once_are_held_back(
    client: Client, partner: Headers, stranger: Headers, settings: Settings
) -> None:
    settings.COHORTS_AT_ONCE = 2
    first = sent(client, partner, applicants(1))
    sent(client, partner, applicants(1))

    refused = send(client, partner, applicants(1))

    problem = problem_of(refused, 429)
    assert "2 cohorts" in problem["detail"]
    assert int(refused["Retry-After"]) >= 1
    assert Cohort.objects.count() == 2
    assert send(client, stranger, applicants(1)).status_code == 202
    client.delete(first, headers=partner)
    assert send(client, partner, applicants(1)).status_code == 202


def test_cohort_that_is_one_too_many_by_the_time_it_is_in(
    client: Client, partner: Headers, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two uploads at once both find room when they begin."""
    settings.COHORTS_AT_ONCE = 1
    stage = staging.cohort_stage

    def stage_while_another_comes_in(**values: Any) -> Any:
        monkeypatch.setattr(taking, "cohort_stage", stage)
        sent(client, partner, applicants(1))
        return stage(**values)

    monkeypatch.setattr(taking, "cohort_stage", stage_while_another_comes_in)

    problem_of(send(client, partner, applicants(2)), 429)

    assert Cohort.objects.get().total == 1
    assert CohortChunk.objects.count() == 1
