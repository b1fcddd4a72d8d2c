"""The same input has the same address, and any other input another."""

import re
from typing import Any

import orjson
import pytest

from applicants.schema import ProfileDocument
from matching.schema import MatchOptions
from matching.services.digest import RunInput, run_input

PROFILE = {
    "applicant_type": "us_img",
    "graduation_year": 2025,
    "step2ck": {"status": "pass", "score": 224, "attempts": 1},
    "specialties": ["internal-medicine"],
}


def source(
    profile: dict[str, Any] | None = None, options: dict[str, Any] | None = None, **versions: str
) -> RunInput:
    return run_input(
        profile=ProfileDocument.model_validate({**PROFILE, **(profile or {})}),
        options=MatchOptions.model_validate(options or {}),
        **{"season": "2027", "model_version": "m1", "data_version": "d1", **versions},
    )


def test_digest_is_sha256_in_hex() -> None:
    assert re.fullmatch("[0-9a-f]{64}", source().digest())


def test_digest_same_for_the_same_input() -> None:
    assert source().digest() == source().digest()


def test_digest_same_for_unknown_said_or_left_out() -> None:
    assert source({"visa_needed": None, "step3": None}).digest() == source().digest()
    assert source({}, {"max_usd": None, "max_applications": 80}).digest() == source().digest()


def test_digest_unknown_is_not_none() -> None:
    assert source({"letters": []}).digest() != source({"letters": None}).digest()


def test_digest_same_however_much_is_shown() -> None:
    assert source(options={"explain": 3}).digest() == source(options={"explain": 200}).digest()
    assert "explain" not in source(options={"explain": 3}).options


@pytest.mark.parametrize(
    "other",
    [
        source({"graduation_year": 2024}),
        source({"step2ck": {"status": "pass", "score": 225, "attempts": 1}}),
        source({"wishes": {"ring": "los-angeles"}}),
        source(options={"max_applications": 81}),
        source(options={"top": 100}),
        source(options={"rings": ["los-angeles"]}),
        source(season="2028"),
        source(model_version="m2"),
        source(data_version="d2"),
    ],
)
def test_digest_other_for_other_input(other: RunInput) -> None:
    assert other.digest() != source().digest()


def test_input_counts_time_to_the_day_applications_open() -> None:
    assert source(season="2027").as_of.isoformat() == "2026-09-01"


def test_input_reads_back_as_the_same_values() -> None:
    """What the run keeps is what the core is given: nothing is lost on the way through the database."""
    original = source({"languages": ["en", "es"]}, {"la_weight": 0.5, "must_include": ["sp01402"]})
    profile = orjson.loads(orjson.dumps(original.profile))
    options = orjson.loads(orjson.dumps(original.options))

    again = run_input(
        profile=ProfileDocument.model_validate(profile),
        options=MatchOptions.model_validate(options),
        season="2027",
        model_version="m1",
        data_version="d1",
    )

    assert again == original
    assert again.digest() == original.digest()


def test_digest_apart_is_another_for_each() -> None:
    digests = {source().digest(), source().digest(apart="key a"), source().digest(apart="key b")}

    assert len(digests) == 3
    assert source().digest(apart="") == source().digest()
