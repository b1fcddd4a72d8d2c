"""Scoring one applicant: the answer is what the schema says, and only a key's own is stored and read."""

import json
import math
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from matching.models import ApiKey, Match, MatchRun
from matching.services import run_score
from programs.models import Specialty
from programs.services import data_version_publish
from smartpick.api_docs import openapi_document
from tests.api.bodies import GOOD, changed
from tests.api.conftest import KeyMaker, problem_of, row_counts
from tests.matching import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("catalogue")]

MATCHES = "/api/v1/matches/"


def post(client: Client, body: Any = GOOD, **headers: str) -> Any:
    return client.post(MATCHES, json.dumps(body), "application/json", headers=headers)


def check(answer: Any, name: str = "MatchAnswer") -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": openapi_document()["components"]}
    Draft202012Validator(json.loads(orjson.dumps(schema))).validate(answer)


def test_matches_answer_is_as_described(client: Client) -> None:
    response = post(client)

    answer = response.json()
    assert response.status_code == 200
    check(answer)
    assert answer["id"] is None
    assert {row["program"]["id"] for row in answer["list"]} <= {f"sp0000{number}" for number in range(1, 7)}
    assert [row["rank"] for row in answer["list"]] == list(range(1, len(answer["list"]) + 1))


def test_matches_give_a_plan_on_request_and_keep_none(client: Client) -> None:
    answer = post(client, {**GOOD, "advise": True}).json()

    check(answer)
    assert {"opens", "actions", "cannot_change"} == set(answer["plan"])
    assert {fixed["code"] for fixed in answer["plan"]["cannot_change"]} >= {"step2ck_score", "school"}
    refused = post(client, {**GOOD, "advise": True, "store": True})
    assert refused.status_code == 422
    assert "/advise" in refused.content.decode()


def test_matches_judge_and_better_a_list_that_is_given(client: Client) -> None:
    first = post(client).json()["list"]
    given = [row["program"]["id"] for row in first if row["selected"]][-2:]
    answer = post(client, {**GOOD, "judge": given}).json()

    check(answer)
    repair = answer["repair"]
    assert len(repair["programs"]) == len(given)
    assert set(repair["programs"]) == set(given) - set(repair["removed"]) | set(repair["added"])
    assert repair["after"]["value_of_best"] >= repair["before"]["value_of_best"]


@pytest.mark.parametrize(
    ("more", "pointer", "code"),
    [
        ({"judge": ["sp00001", "sp99999"]}, "/judge/1", "invalid_choice"),
        ({"judge": ["sp00001", "sp00001"]}, "/judge/1", "duplicate"),
        ({"judge": ["sp00001"], "store": True}, "/judge", "impossible"),
    ],
)
def test_matches_judge_only_what_is_a_list(
    client: Client, more: dict[str, Any], pointer: str, code: str
) -> None:
    refused = post(client, {**GOOD, **more})

    assert refused.status_code == 422
    assert (pointer, code) in [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]]


def test_matches_contributions_add_up(client: Client) -> None:
    for row in post(client).json()["list"]:
        p = row["interview"]["probability"]
        total = row["base"] + sum(factor["contribution"] for factor in row["factors"])
        assert total == pytest.approx(math.log(p / (1 - p)), abs=1e-6)


@pytest.mark.parametrize(
    "change",
    [
        ("/profile", {}),
        ("/profile", {"specialties": ["internal-medicine"]}),
        ("/profile/applicant_type", None),
        ("/profile", {**GOOD["profile"], "step1": {"status": "fail"}, "ecfmg_certified": False}),
        ("/profile/experience", None),
        ("/profile/wishes", None),
        ("/options", {}),
        ("/options/rings", ["los-angeles"]),
        ("/options/rings", ["national", "los-angeles"]),
        ("/options/tracks", ["preliminary", "transitional", "unknown", "advanced"]),
        ("/options/max_usd", 0),
        ("/options/max_applications", 1),
        ("/options/must_include", ["sp00003"]),
        ("/options/must_exclude", ["sp00001", "sp00002", "sp00003", "sp00004", "sp00005", "sp00006"]),
        ("/options/la_weight", 1),
        ("/options/la_weight", 0),
    ],
    ids=lambda change: f"{change[0]}={change[1]}"[:60],
)
def test_matches_answers_whatever_is_valid(client: Client, change: tuple[str, Any]) -> None:
    """However little is known and however little is left to choose from."""
    response = post(client, changed(change))

    assert response.status_code == 200, response.content
    check(response.json())


def test_matches_stores_nothing_unasked(client: Client, key_headers: KeyMaker) -> None:
    headers = key_headers()
    before = row_counts()

    assert post(client).status_code == 200
    assert post(client, **headers).status_code == 200

    assert row_counts() == before


def test_matches_same_input_same_bytes(client: Client) -> None:
    first, second = post(client).json(), post(client).json()

    for answer in (first, second):
        del answer["created_at"]
    assert orjson.dumps(first) == orjson.dumps(second)


def test_matches_top_and_explain(client: Client) -> None:
    answer = post(client, changed(("/options/top", 3), ("/options/explain", 1))).json()

    assert ["factors" in row for row in answer["list"]] == [True, False, False]
    assert ["gates" in row for row in answer["list"]] == [True, False, False]


def test_matches_explain_left_out_fits_top(client: Client) -> None:
    body = {"profile": GOOD["profile"], "options": {"top": 2}}

    assert ["factors" in row for row in post(client, body).json()["list"]] == [True, True]


def test_matches_must_exclude_is_excluded(client: Client) -> None:
    answer = post(client, changed(("/options/must_exclude", ["sp00002"]))).json()

    assert "sp00002" not in [row["program"]["id"] for row in answer["list"] if row["selected"]]


@pytest.mark.parametrize(
    ("changes", "pointer", "words"),
    [
        ([("/options/max_usd", 0)], "/options/must_include", "$"),
        ([("/options/tracks", ["advanced"])], "/options/must_include/0", "its track"),
        ([("/profile/specialties", ["pediatrics"])], "/options/must_include/0", "its specialty"),
        ([("/options/must_include/0", "sp00007")], "/options/must_include/0", "listing is old"),
        (
            [("/options/must_include/0", "sp00008"), ("/options/rings", ["los-angeles"])],
            "/options/must_include/0",
            "a ring",
        ),
    ],
)
def test_matches_that_cannot_be_met_is_refused(
    client: Client, key_headers: KeyMaker, changes: list[tuple[str, Any]], pointer: str, words: str
) -> None:
    """What must be on the list and cannot be is said, not passed over; and nothing is stored."""
    factories.program_make("sp00007", listing_status="old")
    factories.program_make("sp00008", state="NY", county="Kings")
    Specialty.objects.create(slug="pediatrics", name="Pediatrics", application_service="eras")
    data_version_publish()
    headers = key_headers()
    before = row_counts()

    for store in (False, True):
        body = changed(("/options/must_include", ["sp00001"]), *changes, ("/store", store))
        problem = problem_of(post(client, body, **headers), 422)
        (fault,) = problem["errors"]
        assert (fault["pointer"], fault["code"]) == (pointer, "impossible")
        assert words in fault["detail"]

    assert row_counts() == before


def test_matches_store_is_created_and_read_again(client: Client, key_headers: KeyMaker) -> None:
    headers = key_headers()

    created = post(client, changed(("/store", True)), **headers)
    answer = created.json()
    read = client.get(created["Location"], headers=headers)

    assert created.status_code == 201
    check(answer)
    check(answer, "StoredMatch")
    assert created["Location"] == f"{MATCHES}{answer['id']}/"
    assert (read.status_code, read.content) == (200, created.content)
    assert Match.objects.get().api_key is not None


def test_matches_store_gives_the_numbers_of_the_answer_not_stored(
    client: Client, key_headers: KeyMaker
) -> None:
    body = changed(("/options/top", 4), ("/options/explain", 2))
    unstored = post(client, body).json()
    stored = post(client, {**body, "store": True}, **key_headers()).json()

    for answer in (unstored, stored):
        del answer["id"], answer["created_at"]
    assert orjson.dumps(stored) == orjson.dumps(unstored)


def test_matches_stored_by_another_is_not_found(client: Client, key_headers: KeyMaker) -> None:
    """Also where both asked the same. No run is shared: one ready sooner would tell that another asked."""
    mine, theirs = key_headers(), key_headers()
    location = post(client, changed(("/store", True)), **mine)["Location"]
    post(client, changed(("/store", True)), **theirs)

    problem_of(client.get(location, headers=theirs), 404)
    problem_of(client.get(location), 401)
    assert client.get(location, headers=mine).status_code == 200
    assert (MatchRun.objects.count(), Match.objects.count()) == (2, 2)


@pytest.mark.parametrize(
    ("state", "status"),
    [(MatchRun.State.QUEUED, 202), (MatchRun.State.RUNNING, 202), (MatchRun.State.FAILED, 200)],
)
def test_match_without_an_answer_says_so(
    client: Client, key_headers: KeyMaker, state: str, status: int
) -> None:
    headers = key_headers()
    runs: dict[str, Callable[[], MatchRun]] = {
        "queued": factories.run_make,
        "running": lambda: factories.run_running_make(claimed_until=factories.NOW),
        "failed": lambda: factories.run_make(state="failed", reason="It broke.", finished_at=factories.NOW),
    }
    match = factories.match_make(api_key=ApiKey.objects.get(), run=runs[state]())

    response = client.get(f"{MATCHES}{match.pk}/", headers=headers)

    assert response.status_code == status
    check(response.json(), "MatchState")
    assert response.json() == {
        "id": str(match.pk),
        "state": state,
        "reason": "It broke." if state == "failed" else None,
    }


def test_matches_store_with_workers_elsewhere(
    client: Client, key_headers: KeyMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stored at once, scored when a worker gets to it."""
    monkeypatch.setattr("matching.services.bell._ring", lambda run_id: None)  # the message is under way
    headers = key_headers()

    created = post(client, changed(("/store", True)), **headers)
    waiting = client.get(created["Location"], headers=headers)
    run_score(MatchRun.objects.get().pk)
    done = client.get(created["Location"], headers=headers)

    assert [one.status_code for one in (created, waiting, done)] == [201, 202, 200]
    assert created.json() == waiting.json()
    assert created.json()["state"] == "queued"
    check(created.json(), "StoredMatch")
    check(done.json())
    assert done.json()["id"] == created.json()["id"]


def test_match_answers_304_to_who_has_it(client: Client, key_headers: KeyMaker) -> None:
    headers = key_headers()
    location = post(client, changed(("/store", True)), **headers)["Location"]
    tag = client.get(location, headers=headers)["ETag"]

    again = client.get(location, headers={**headers, "if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")


def test_matches_without_a_catalogue_is_unavailable(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.catalogue.version_current", lambda: None)

    response = post(client)

    problem_of(response, 503)
    assert response["Retry-After"]


def test_matches_without_a_list_and_without_ranges_are_as_described(client: Client) -> None:
    asked = {"max_applications": 0, "ranges": False, "top": 5, "explain": 0}
    response = post(client, changed(("/options", asked)))

    answer = response.json()
    assert response.status_code == 200, answer
    check(answer)
    assert answer["summary"]["applications"] == answer["summary"]["cost_usd"] == 0
    assert answer["summary"]["match"] == {
        "probability": 0.0,
        "low": None,
        "high": None,
        "cause": None,
    }
    assert answer["list"]
    assert not any(row["selected"] for row in answer["list"])
    assert {(row["interview"]["low"], row["interview"]["high"]) for row in answer["list"]} == {(None, None)}
    assert all(0 < row["interview"]["probability"] < 1 for row in answer["list"])
