"""The sandbox: sample applicants over a frozen catalogue, the same to the byte, and errors on request."""

import gzip
import hashlib
from typing import Any

import orjson
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from applicants.personas import PERSONAS
from applicants.services import profile_validate
from matching.api.sandbox.answering import sandbox_answer
from matching.api.sandbox.frozen import VERSION, HandMade, frozen_bytes, frozen_catalogue, frozen_path
from tests.api.bodies import GOOD, changed
from tests.api.conftest import KeyMaker, problem_of, row_counts
from tests.golden.sandbox import answer_hash, hashes, hashes_kept
from tests.matching.digests.made import rule_publish
from tests.matching.factories import program_make
from tests.smartpick.processes import python

PERSONAS_PATH, MATCHES, COHORTS = "/api/v1/sandbox/personas/", "/api/v1/matches/", "/api/v1/cohorts/"
SLUG = "los-angeles-224"
AGAIN = (
    "partners see this: if it is meant, write `.venv/bin/python -m tests.golden.write_sandbox`, "
    "and say in fixtures/api_changes.csv that the sandbox's answers changed"
)
IN_ANOTHER_PROCESS = """
import hashlib, os, django, orjson
os.environ["DJANGO_SETTINGS_MODULE"] = "smartpick.settings"
django.setup()
from applicants.personas import persona_get
from matching.api.sandbox.answering import sandbox_answer
print(hashlib.sha256(orjson.dumps(sandbox_answer({}, persona_get("los-angeles-224")))).hexdigest())
"""


def post(client: Client, body: Any = None, *, persona: str = SLUG, **headers: str) -> Any:
    """``headers``: with _ for -."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    content = orjson.dumps({} if body is None else body)
    sent = {"x-sandbox": persona, **named} if persona else named
    return client.post(MATCHES, content, content_type="application/json", headers=sent)


def test_personas_are_listed_without_a_key_and_each_is_a_valid_profile(client: Client, db: None) -> None:
    response = client.get(PERSONAS_PATH)

    listed = response.json()["results"]
    assert response.status_code == 200
    assert [each["slug"] for each in listed] == [persona.slug for persona in PERSONAS]
    for each in listed:
        assert profile_validate(each["profile"], season=settings.SEASON).specialties
        assert each["title"]
        assert each["story"]
    again = client.get(PERSONAS_PATH, headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


def test_personas_refuse_a_wrong_key_and_take_one_of_any_scope(client: Client, key_headers: KeyMaker) -> None:
    problem_of(client.get(PERSONAS_PATH, headers={"authorization": "Api-Key no.key"}), 401)
    assert client.get(PERSONAS_PATH, headers=key_headers(scopes=["lists:read"])).status_code == 200
    problem_of(client.get(PERSONAS_PATH, {"page": "2"}), 400)


def test_sandbox_answers_as_the_golden_hashes_say(db: None) -> None:
    found, kept = hashes(), hashes_kept()

    assert found["model_version"] == kept["model_version"], f"the model changed: {AGAIN}"
    moved = [slug for slug, digest in kept["sha256"].items() if found["sha256"].get(slug) != digest]
    assert not moved, f"{', '.join(moved)} changed without a change of the model: {AGAIN}"
    assert found == kept, AGAIN


def test_sandbox_answers_over_http_what_the_hash_is_of(client: Client, db: None) -> None:
    response = post(client)

    assert response.status_code == 200, response.content
    assert response["X-Sandbox"] == SLUG
    answer = response.json()
    assert answer["id"] is None
    assert answer["data_version"] == VERSION
    assert answer["created_at"] == frozen_catalogue().at.isoformat().replace("+00:00", "Z")
    assert answer["summary"]["applications"] > 0
    assert answer["list"][0]["factors"]
    assert answer_hash(answer) == hashes_kept()["sha256"][SLUG]


def test_sandbox_asks_no_database_and_loads_its_file_once(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        first, second = post(client), post(client)

    assert first.content == second.content
    assert frozen_catalogue() is frozen_catalogue()


def test_sandbox_stays_when_the_catalogue_changes(client: Client, catalogue: list[str]) -> None:
    before = post(client)
    program_make("sp09999")
    rule_publish(catalogue[0])

    after = post(client)

    assert before.content == after.content


def test_sandbox_says_the_same_bytes_in_another_process(client: Client, db: None) -> None:
    there = python("-c", IN_ANOTHER_PROCESS, DEBUG="1", DATABASE_URL="sqlite:////nowhere/none.sqlite3")

    assert there.returncode == 0, there.stderr
    assert hashlib.sha256(post(client).content).hexdigest() == there.stdout.strip()


def test_sandbox_says_the_same_bytes_packed(client: Client, db: None) -> None:
    packed = post(client, accept_encoding="gzip")

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == post(client).content


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.slug)
def test_sandbox_scores_the_persona_whatever_profile_is_sent(client: Client, db: None, persona: Any) -> None:
    sent = {name: value for name, value in GOOD.items() if name != "options"}

    assert post(client, sent, persona=persona.slug).content == post(client, persona=persona.slug).content


def test_sandbox_options_are_those_sent(client: Client, db: None) -> None:
    options = {"top": 5, "explain": 1, "max_applications": 3}

    rows = post(client, {"options": options}).json()["list"]

    assert len(rows) == 5
    assert sum(row["selected"] for row in rows) == 3
    assert [("factors" in row) for row in rows] == [True, False, False, False, False]


def test_sandbox_plan_and_repair_hang_on_no_day_of_ours(client: Client, db: None) -> None:
    judged = [track.id for track in frozen_catalogue().catalogue.tracks[60:66]]
    body = {"advise": True, "judge": judged, "options": {"top": 5}}

    response = post(client, body)

    assert response.status_code == 200, response.content
    assert response.json()["plan"]["actions"]
    assert response.json()["repair"]
    assert response.content == post(client, body).content


def test_sandbox_asks_for_a_body(client: Client, db: None) -> None:
    response = client.generic("POST", MATCHES, b"", content_type="", headers={"x-sandbox": SLUG})

    assert "{}" in problem_of(response, 400)["detail"]


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        (changed(("/profile/step2ck/score", 301)), "/profile/step2ck/score", "max_value"),
        ({"options": {"top": 0}}, "/options/top", "min_value"),
        ({"profiel": {}}, "/profiel", "unknown_member"),
        ({"store": True}, "/store", "impossible"),
        ({"options": {"must_include": ["sp99999"]}}, "/options/must_include/0", "invalid_choice"),
        ({"profile": None}, "/profile", "invalid_type"),
    ],
)
def test_sandbox_refuses_what_is_refused_always(
    client: Client, db: None, body: Any, pointer: str, code: str
) -> None:
    before = row_counts()

    problem = problem_of(post(client, body), 422)

    assert (pointer, code) in [(fault["pointer"], fault["code"]) for fault in problem["errors"]]
    assert row_counts() == before


def test_sandbox_refuses_a_body_that_is_no_object(client: Client, db: None) -> None:
    problem_of(post(client, [1]), 422)


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("los-angeles-242", 'Did you mean "los-angeles-224"?'),
        ("nobody-at-all-xyz", "sandbox/personas/"),
        (" ", "sandbox/personas/"),
    ],
)
def test_sandbox_of_an_unknown_persona_is_refused_with_the_near_one(
    client: Client, db: None, slug: str, said: str
) -> None:
    problem = problem_of(post(client, persona=slug), 400)

    assert "X-Sandbox" in problem["detail"]
    assert said in problem["detail"]


def test_forced_429_is_what_a_real_one_is(client: Client, db: None, settings: Settings) -> None:
    forced = post(client, x_sandbox_error="429")
    settings.API_ANONYMOUS_RATES = {**settings.API_ANONYMOUS_RATES, "match": "1/min"}
    cache.clear()
    post(client)
    real = post(client)

    for response in (forced, real):
        problem = problem_of(response, 429)
        assert response["RateLimit-Remaining"] == "0"
        assert 1 <= int(response["Retry-After"]) <= int(response["RateLimit-Reset"]) <= 60
        assert f"available in {response['Retry-After']} second" in problem["detail"]
    assert forced["RateLimit-Limit"] == "60"
    assert forced.json().keys() == real.json().keys()
    assert forced.headers.keys() == real.headers.keys()


def test_forced_503_is_what_a_real_one_is(client: Client, db: None) -> None:
    forced = post(client, persona="", x_sandbox_error="503")
    real = post(client, GOOD, persona="")  # nothing is published

    for response in (forced, real):
        problem_of(response, 503)
        assert int(response["Retry-After"]) > 0
    assert forced.json().keys() == real.json().keys()
    assert forced.headers.keys() == real.headers.keys()


@pytest.mark.parametrize("wanted", ["500", "", "429,503", "four"])
def test_forced_error_that_is_none_is_refused(client: Client, db: None, wanted: str) -> None:
    assert "X-Sandbox-Error: 429 or 503" in problem_of(post(client, x_sandbox_error=wanted), 400)["detail"]


def test_forced_errors_come_after_key_and_scope(client: Client, key_headers: KeyMaker) -> None:
    wrong = {"authorization": "Api-Key no.key"}

    problem_of(post(client, x_sandbox_error="503", **wrong), 401)
    problem_of(post(client, x_sandbox_error="503", **key_headers(scopes=["programs:read"])), 403)


def test_sandbox_counts_against_the_rate(client: Client, key_headers: KeyMaker) -> None:
    headers = key_headers(rate="3/min")

    left = [post(client, **headers)["RateLimit-Remaining"] for _ in range(2)]
    forced = post(client, x_sandbox_error="503", **headers)

    assert [*left, forced["RateLimit-Remaining"]] == ["2", "1", "0"]
    problem_of(post(client, **headers), 429)


def test_cohorts_force_errors_and_have_no_sandbox(client: Client, key_headers: KeyMaker) -> None:
    headers = key_headers(scopes=["cohorts"])
    before = row_counts()

    def send(**more: str) -> Any:
        sent = {**headers, **{name.replace("_", "-"): value for name, value in more.items()}}
        return client.post(COHORTS, b"[]", content_type="application/json", headers=sent)

    for status in (429, 503):
        assert int(send(x_sandbox_error=str(status))["Retry-After"]) > 0
        problem_of(send(x_sandbox_error=str(status)), status)
    assert "no sandbox here" in problem_of(send(x_sandbox=SLUG), 400)["detail"]
    assert row_counts() == before


def test_frozen_file_reads_back_and_writes_the_same() -> None:
    frozen = frozen_catalogue()
    content = frozen_path(VERSION).read_bytes()

    assert len(content) <= 300_000
    assert frozen_bytes(frozen.catalogue.snapshot, version=VERSION, at=frozen.at) == content


def test_frozen_catalogue_serves_every_persona() -> None:
    tracks = frozen_catalogue().catalogue.tracks

    assert {"los-angeles", "california", "west-coast", "national"} == {track.ring for track in tracks}
    for persona in PERSONAS:
        answer = sandbox_answer({"options": {"top": 1}}, persona)
        assert answer["summary"]["applications"] >= 50, persona.slug
        assert answer["screened_out"] or persona.slug == "strong-245", persona.slug


def test_freezing_never_overwrites_and_ships_no_fact_of_others(
    catalogue: list[str], tmp_path: Any, settings: Settings
) -> None:
    with pytest.raises(CommandError, match="take a new name"):
        call_command("sandbox_freeze", VERSION)
    settings.FIXTURES_DIR = tmp_path
    rule_publish(catalogue[0])
    with pytest.raises(CommandError, match="not from fixtures"):
        call_command("sandbox_freeze", "sandbox-9")
    assert not list(tmp_path.rglob("*.json"))
    assert issubclass(HandMade, ValueError)
