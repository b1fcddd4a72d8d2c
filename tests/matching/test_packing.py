import zlib
from dataclasses import fields

import numpy as np
import orjson
import pytest

from matching.engine import answer_document
from matching.packing import answer_pack, answer_unpack
from matching.scoring.registry import FACTOR_INDEX, FACTORS
from tests.matching.made_snapshot import answer_of, catalogue_of, row_make

CATALOGUE = catalogue_of(
    row_make(1, facts={"min_step2ck": 230.0}),
    row_make(2, ("NY", "Kings"), facts={"accepts_img": "yes", "min_step2ck": "none"}),
    row_make(3, ("OR", "Lane"), listing_status="old"),
)
PLACED = {"state": "CA", "ring": "los-angeles"}


def test_an_answer_comes_back_whole() -> None:
    answer = answer_of(
        CATALOGUE,
        experience=[{"kind": "elective", "weeks": 8, **PLACED}],
        letters=[{"author": "us_academic", **PLACED}],
        service=[{"focus": "rural", "months": 2}],
        ties=[{"kind": "family", **PLACED}],
        languages=["es"],
        red_flags=[],
    )
    again = answer_unpack(answer_pack(answer))
    for field in fields(answer):
        one, two = getattr(answer, field.name), getattr(again, field.name)
        if field.name in ("rows", "verdicts", "screened_by"):
            for member in fields(one):
                before, after = getattr(one, member.name), getattr(two, member.name)
                assert np.array_equal(before, after, equal_nan=before.dtype.kind == "f"), member.name
                assert before.dtype == after.dtype, member.name
        elif field.name in ("applicant", "season", "tiers_all", "unknown", "screened_total_usd"):
            assert one == two
    assert answer_pack(again) == answer_pack(answer)
    assert answer_document(again, CATALOGUE, explain=5) == answer_document(answer, CATALOGUE, explain=5)


def test_what_is_not_said_comes_back_unknown() -> None:
    again = answer_unpack(answer_pack(answer_of(CATALOGUE)))
    assert again.applicant.experience is None
    assert again.applicant.letters is None
    assert "letters" in again.unknown


def test_another_format_is_not_read() -> None:
    document = orjson.loads(zlib.decompress(answer_pack(answer_of(CATALOGUE))))
    blob = zlib.compress(orjson.dumps({**document, "format": 0}))
    with pytest.raises(ValueError, match="format 0 is not readable"):
        answer_unpack(blob)


def test_factors_are_kept_by_name_so_that_the_registry_may_grow() -> None:
    answer = answer_of(CATALOGUE)
    document = orjson.loads(zlib.decompress(answer_pack(answer)))
    document["factors"] = document["factors"][::-1]
    document["answer"]["rows"]["contributions"] = [
        row[::-1] for row in document["answer"]["rows"]["contributions"]
    ]
    again = answer_unpack(zlib.compress(orjson.dumps(document)))
    assert np.array_equal(again.rows.contributions, answer.rows.contributions)
    at = FACTOR_INDEX["step2ck"]
    document["factors"] = [factor.name for factor in FACTORS if factor.name != "step2ck"]
    document["answer"]["rows"]["contributions"] = np.delete(answer.rows.contributions, at, axis=1).tolist()
    fewer = answer_unpack(zlib.compress(orjson.dumps(document)))
    assert not fewer.rows.contributions[:, at].any()


def test_an_answer_without_a_row_comes_back_too() -> None:
    closed = catalogue_of(row_make(1, facts={"min_step2ck": 280.0}))
    again = answer_unpack(answer_pack(answer_of(closed)))
    assert len(again.rows.row) == 0
    assert again.rows.contributions.shape == (0, len(FACTORS))
    assert again.screened.tolist() == [0]


def test_causes_and_gates_are_kept_by_name_too() -> None:
    answer = answer_of(CATALOGUE)
    document = orjson.loads(zlib.decompress(answer_pack(answer)))
    codes = document["answer"]["rows"]["cause"]
    document["causes"] = document["causes"][::-1]
    last = len(document["causes"]) - 1
    document["answer"]["rows"]["cause"] = [code if code < 0 else last - code for code in codes]
    again = answer_unpack(zlib.compress(orjson.dumps(document)))
    assert again.rows.cause.tolist() == answer.rows.cause.tolist()
    assert again.match_cause == last - answer.match_cause
    document["causes"] = ["a cause there is no more"] * (last + 1)
    gone = answer_unpack(zlib.compress(orjson.dumps(document)))
    assert set(gone.rows.cause.tolist()) == {-1}
