"""A line of a cohort gets what a match of its own gets; a bad one says what a match would say."""

import zlib
from typing import Any

import orjson
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from applicants.personas import PERSONAS
from applicants.schema import ProfileDocument
from matching.catalogue import LoadedCatalogue, catalogue_get
from matching.cohorts import results, scoring
from matching.cohorts.faults import ModelChanged
from matching.cohorts.line import Line, entries_pack, entry_of
from matching.models import Cohort
from matching.reference import model_for
from matching.schema import MatchOptions
from tests.api.bodies import GOOD
from tests.matching.catalogue import catalogue_make
from tests.matching.cohorts.applicants import SEASON, agree, chunk_of, options, profiles, refusal
from tests.real_catalogue import real_catalogue_load
from tests.scoring.made_strategies import FEW

pytestmark = pytest.mark.django_db  # to load the catalogues once

SHARED = settings(FEW, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def small(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> LoadedCatalogue:
    """A dozen programs, kept in memory."""
    with django_db_blocker.unblock(), transaction.atomic():
        catalogue = catalogue_get(catalogue_make().version)
        transaction.set_rollback(True)
    return catalogue


@pytest.fixture(scope="module")
def real(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> LoadedCatalogue:
    with django_db_blocker.unblock():
        return real_catalogue_load()


@pytest.fixture
def held(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> LoadedCatalogue:
    """The catalogue of the test's module, found under its version though no table holds it."""
    catalogue: LoadedCatalogue = request.getfixturevalue(request.param)
    monkeypatch.setattr("matching.catalogue.catalogue_get", lambda version: catalogue)
    return catalogue


def cohort_of(catalogue: LoadedCatalogue) -> Cohort:
    return Cohort(season=SEASON, model_version=model_for(SEASON).version, data_version=catalogue.version)


def score(lines: list[dict[str, Any]], catalogue: LoadedCatalogue) -> tuple[list[Any], list[Any]]:
    """Results and errors as they are written out."""
    done = scoring.chunk_score(chunk_input=chunk_of(lines), cohort=cohort_of(catalogue))
    written = b"".join(results.results_jsonl([done.result], data_version=catalogue.version)).splitlines()
    errors = b"".join(results.errors_jsonl([done.errors])).splitlines()
    assert (done.scored, done.rejected) == (len(written), len(errors))
    return [orjson.loads(line) for line in written], [orjson.loads(line) for line in errors]


@SHARED
@pytest.mark.parametrize("held", ["small"], indirect=True)
@given(asked=st.lists(st.tuples(profiles, options), min_size=1, max_size=4))
def test_one_of_a_cohort_gets_what_she_gets_alone(held: LoadedCatalogue, asked: list[Any]) -> None:
    lines = [
        {
            "reference": f"r{place}",
            "profile": {**profile, "specialties": ["internal-medicine"]},
            "options": chosen,
        }
        for place, (profile, chosen) in enumerate(asked)
    ]
    told, errors = score(lines, held)
    by_line = {one["line"]: one for one in (*told, *errors)}
    assert sorted(by_line) == list(range(1, len(lines) + 1))
    for number, line in enumerate(lines, start=1):
        if (refused := refusal(line, held)) is not None:
            assert by_line[number]["errors"] == refused
        else:
            agree(by_line[number], line, held)


@pytest.mark.parametrize("held", ["real"], indirect=True)
def test_one_of_a_cohort_gets_what_she_gets_alone_of_the_whole_catalogue(held: LoadedCatalogue) -> None:
    ways: list[dict[str, Any]] = [
        {},
        {"top": 500},
        {"rings": ["california"], "tracks": ["categorical"]},
        {"max_applications": 30},
        {"top": 1, "tracks": ["preliminary", "advanced"]},
    ]
    strong = {"applicant_type": "us_md", "graduation_year": 2027, "specialties": ["psychiatry", "pathology"]}
    people = [
        *(one.document for one in PERSONAS),
        {},
        {"specialties": ["pathology"], "languages": ["es"]},
        {**strong, "step2ck": {"status": "pass", "score": 270, "attempts": 1}, "red_flags": []},
    ]
    lines = [
        {"reference": f"p{i}-{j}", "profile": person, "options": ways[j]}
        for i, person in enumerate(people)
        for j in {0, 1 + i % 4}
    ]
    told, errors = score(lines, held)
    assert not errors
    for one, line in zip(told, lines, strict=True):
        agree(one, line, held)
    assert any(row["interview"]["probability"] is None for one in told for row in one["list"])  # abstained
    assert any(row["tier"] == "target" for one in told for row in one["list"])


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)
PROFILE = st.dictionaries(st.sampled_from(sorted(ProfileDocument.model_fields)), JUNK, max_size=2)
OPTIONS = st.dictionaries(st.sampled_from(sorted(MatchOptions.model_fields)), JUNK, max_size=2)
ANYTHING: dict[str, st.SearchStrategy[Any]] = {
    "profile": PROFILE | profiles | JUNK,
    "options": OPTIONS | options | JUNK,
    "store": JUNK,
    "judge": JUNK,
    "zzz": JUNK,
}
BAD: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({"profile": {"step2_ck": {}}}, [("/profile/step2_ck", "unknown_member")]),
    ({"profil": {}}, [("/profile", "required"), ("/profil", "unknown_member")]),
    ({"profile": {}, "options": {"tops": 1}}, [("/options/tops", "unknown_member")]),
    ({"profile": {}, "options": {"explain": 5}}, [("/options/explain", "not_in_cohorts")]),
    (
        {"profile": {}, "store": True, "advise": True, "judge": ["sp00001"], "options": {"ranges": True}},
        [
            ("/store", "not_in_cohorts"),
            ("/advise", "not_in_cohorts"),
            ("/judge", "not_in_cohorts"),
            ("/options/ranges", "not_in_cohorts"),
        ],
    ),
    ({"profile": {}, "options": {"max_usd": 100}}, [("/options/max_usd", "impossible")]),
    ({"profile": {}, "options": {"must_include": ["sp00001"]}}, [("/options/must_include", "too_long")]),
    (
        {"profile": {}, "options": {"must_include": ["sp99999"], "max_applications": 5}},
        [("/options/must_include/0", "invalid_choice")],
    ),
    (
        {
            "profile": {"specialties": ["internal-medicine"]},
            "options": {"must_include": ["sp00012"], "rings": ["los-angeles"], "max_applications": 5},
        },
        [("/options/must_include/0", "impossible")],
    ),
]


@pytest.mark.parametrize("held", ["small"], indirect=True)
def test_a_bad_line_says_all_that_is_wrong_and_sinks_no_other(held: LoadedCatalogue) -> None:
    good = {"reference": "good", "profile": {}}
    lines = [line for i, (bad, _) in enumerate(BAD) for line in ({"reference": f"b{i}", **bad}, {**good})]
    told, errors = score(lines, held)
    assert [one["line"] for one in told] == list(range(2, len(lines) + 1, 2))
    assert [(one["line"], one["reference"]) for one in errors] == [
        (2 * i + 1, f"b{i}") for i in range(len(BAD))
    ]
    for one, (bad, wanted) in zip(errors, BAD, strict=True):
        assert sorted((fault["pointer"], fault["code"]) for fault in one["errors"]) == sorted(wanted), bad
        assert all(fault["detail"] for fault in one["errors"])


@pytest.mark.parametrize("held", ["small"], indirect=True)
def test_a_bad_line_is_told_what_a_match_is_told(held: LoadedCatalogue) -> None:
    profile = {**GOOD["profile"], "graduation_year": 1900, "step1": {"status": "not_taken", "attempts": 3}}
    line = {"profile": profile, "options": {"top": 0, "rings": ["california", "california"]}}
    _, (error,) = score([{"reference": "x", **line}], held)
    assert error["errors"] == refusal(line, held)
    assert len(error["errors"]) >= 3


@pytest.mark.parametrize("held", ["small"], indirect=True)
def test_a_repeated_member_and_what_is_nested_too_deep_are_bad_lines(held: LoadedCatalogue) -> None:
    raw = [
        b'{"reference":"a","profile":{},"profile":{}}',
        b'{"reference":"b","profile":' + b"[" * 40 + b"]" * 40 + b"}",
    ]
    chunk = entries_pack(entry_of(Line(i, text)) for i, text in enumerate(raw))
    done = scoring.chunk_score(chunk_input=chunk, cohort=cohort_of(held))
    found = [
        (one["reference"], one["errors"][0]["code"]) for one in orjson.loads(zlib.decompress(done.errors))
    ]
    assert (done.scored, found) == (0, [("a", "invalid_json"), ("b", "invalid_json")])


@SHARED
@pytest.mark.parametrize("held", ["small"], indirect=True)
@given(bodies=st.lists(st.fixed_dictionaries({}, optional=ANYTHING), min_size=1, max_size=5))
def test_whatever_a_line_says_it_is_scored_or_told_why_not(held: LoadedCatalogue, bodies: list[Any]) -> None:
    lines = [{"reference": f"a{place}", **body} for place, body in enumerate(bodies)]
    told, errors = score(lines, held)
    assert sorted(one["reference"] for one in (*told, *errors)) == sorted(line["reference"] for line in lines)
    assert all(fault["code"] for one in errors for fault in one["errors"])


@pytest.mark.parametrize("held", ["small"], indirect=True)
def test_the_same_chunk_gives_the_same_bytes(held: LoadedCatalogue) -> None:
    lines = [
        {"reference": f"s{i}", "profile": GOOD["profile"], "options": {"max_applications": i % 2}}
        for i in range(4)
    ]
    first, second = (
        scoring.chunk_score(chunk_input=chunk_of(lines), cohort=cohort_of(held)) for _ in range(2)
    )
    assert first == second
    assert first.scored == 4


@pytest.mark.parametrize("held", ["small"], indirect=True)
def test_another_model_is_not_scored_by(held: LoadedCatalogue) -> None:
    cohort = cohort_of(held)
    cohort.model_version = "1.another"
    with pytest.raises(ModelChanged):
        scoring.chunk_score(chunk_input=chunk_of([{"reference": "a", "profile": {}}]), cohort=cohort)


def test_giving_up_rejects_every_line_by_its_reference() -> None:
    chunk = chunk_of([{"reference": "a", "profile": {}}, {"reference": "b", "profile": {}}])
    done = scoring.chunk_give_up(chunk_input=chunk, first_line=1)
    errors = orjson.loads(zlib.decompress(done.errors))
    assert [(one["line"], one["reference"], one["errors"][0]["code"]) for one in errors] == [
        (1, "a", "not_scored"),
        (2, "b", "not_scored"),
    ]
    assert (done.scored, done.rejected) == (0, 2)
    assert b"".join(results.errors_jsonl([done.errors], after=1)).count(b"\n") == 1
