"""Lines of a cohort: people by hypothesis and by hand, and what a match answers for each of them alone."""

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from matching.api.answering import answer_now, question_of
from matching.api.errors import RequestInvalid
from matching.catalogue import LoadedCatalogue
from matching.cohorts.asked import DEFAULTS
from matching.cohorts.line import Line, entries_pack, entry_of

NOW = datetime(2026, 10, 1, tzinfo=UTC)
SEASON = "2027"
RINGS = ("los-angeles", "california", "west-coast", "national")
TRACKS = ("categorical", "primary-care", "preliminary", "advanced")
MEMBERS = ("rank", "tier", "selected", "signal")


def chunk_of(lines: list[dict[str, Any]]) -> bytes:
    return entries_pack(
        entry_of(Line(place, json.dumps(line).encode())) for place, line in enumerate(lines, start=1)
    )


def alone(line: dict[str, Any], catalogue: LoadedCatalogue) -> dict[str, Any]:
    """What POST matches/ answers with the options a cohort has by default."""
    body = {"profile": line["profile"], "options": {**DEFAULTS, **line.get("options", {})}}
    return answer_now(
        question_of(body, season=SEASON, catalogue=catalogue), season=SEASON, catalogue=catalogue
    )


def refusal(line: dict[str, Any], catalogue: LoadedCatalogue) -> list[dict[str, str]] | None:
    """The faults POST matches/ finds, None where it answers."""
    try:
        alone(line, catalogue)
    except RequestInvalid as invalid:
        return invalid.errors
    return None


def agree(told: dict[str, Any], line: dict[str, Any], catalogue: LoadedCatalogue) -> None:
    """Row for row and digit for digit."""
    answer = alone(line, catalogue)
    assert "errors" not in told, told
    assert told["reference"] == line["reference"]
    assert [row["id"] for row in told["list"]] == [row["program"]["id"] for row in answer["list"]]
    for ours, theirs in zip(told["list"], answer["list"], strict=True):
        assert {name: ours[name] for name in MEMBERS} == {name: theirs[name] for name in MEMBERS}
        assert ours["interview"]["probability"] == theirs["interview"]["probability"]
    with_list = line.get("options", {}).get("max_applications", 0)
    assert told["summary"] == (answer["summary"] if with_list else None)


def _some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


_HERE = {"state": _some(st.just("CA")), "ring": _some(st.sampled_from(RINGS[:3]))}
_EXAM = {"status": st.just("pass"), "attempts": st.integers(1, 4)}

profiles = st.fixed_dictionaries(
    {},
    optional={
        "applicant_type": _some(st.sampled_from(("us_img", "non_us_img", "us_md", "us_do"))),
        "graduation_year": st.integers(2000, 2027),
        "visa_needed": st.just("none"),
        "ecfmg_certified": st.booleans(),
        "step1": st.fixed_dictionaries(_EXAM),
        "step2ck": st.fixed_dictionaries({**_EXAM, "score": st.integers(214, 280)}),
        "experience": st.lists(
            st.fixed_dictionaries(
                {"kind": st.just("sub_internship"), "weeks": st.integers(1, 30), **_HERE},
                optional={"program_id": st.sampled_from(("sp00001", "sp00002"))},
            ),
            max_size=2,
        ),
        "letters": st.lists(st.fixed_dictionaries({"author": st.just("us_academic"), **_HERE}), max_size=3),
        "languages": st.lists(st.sampled_from(("en", "es")), unique=True),
        "ties": st.lists(st.fixed_dictionaries({"kind": st.just("family"), **_HERE}), max_size=1),
        "red_flags": st.just([]) | st.just(["professionalism"]),
        "wishes": st.fixed_dictionaries({"ring": st.sampled_from(RINGS)}),
    },
)
options = st.fixed_dictionaries(
    {},
    optional={
        "rings": st.lists(st.sampled_from(RINGS), min_size=1, unique=True),
        "tracks": st.lists(st.sampled_from(TRACKS), min_size=1, unique=True),
        "top": st.integers(1, 14),
        "max_applications": st.sampled_from((0, 0, 0, 3)),
        "must_exclude": st.just(["sp00003"]),
        "signals": st.booleans(),
    },
)
