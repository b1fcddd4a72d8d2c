from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.presentation.compare import Block, Cell, Line, Side, compare_blocks, differences, line
from matching.presentation.compare_choice import MOST, ids_of
from matching.program_answer import Listed
from programs.snapshot import FactValue, TrackRow

GATE = {
    "gate": "min_step2ck",
    "label": "Lowest Step 2 CK",
    "verdict": "fail",
    "strictness": "strict",
    "required": 230,
    "yours": 224,
}


def fact(field: str, value: float | str | None, as_stated: str = "", **members: Any) -> FactValue:
    told = {
        "id": 1, "field": field, "value": value, "as_stated": as_stated, "strictness": "strict",
        "url": "https://program.example/", "source_kind": "program_page", "page_year": 2025,
        "observed_on": None, "confidence": "high", "conflicts": 0, **members,
    }  # fmt: skip
    return FactValue(**told)


def track(number: int, *facts: FactValue, **members: Any) -> TrackRow:
    told = {
        "id": f"sp0000{number}", "program_key": f"sp0000{number}", "acgme_id": None, "nrmp_code": None,
        "specialty": "surgery", "track": "categorical", "name": f"Program {number}", "institution": "Harbor",
        "city": "Torrance", "county": "Los Angeles", "state": "CA", "latitude": 33.8, "longitude": -118.3,
        "last_listed_year": 2026, "listing_status": "current", "ring": "los-angeles",
        "in_los_angeles_county": True, "same_as": None, "facts": {each.field: each for each in facts},
        **members,
    }  # fmt: skip
    return TrackRow(**told)


def side(number: int, *facts: FactValue, row: dict[str, Any] | None = None, **members: Any) -> Side:
    listed = Listed(gain=0.01, usd=30, asked=True, selected=False) if row else None
    return Side(track(number, *facts, **members), "Surgery", 15.0, row, listed)


def scored(**members: Any) -> dict[str, Any]:
    interview = {"probability": 0.1, "low": 0.05, "high": 0.2}
    return {"tier": "reach", "fit": 80, "interview": interview, "gates": [], "closed": False, **members}


def closed() -> dict[str, Any]:
    return {"tier": None, "closed": True, "interview": {"probability": None}, "gates": [GATE]}


def found(blocks: tuple[Block, ...], label: str) -> Line:
    return next(each for block in blocks for each in block.lines if each.label == label)


def words(each: Line) -> list[str]:
    return [cell.words for cell in each.cells]


def test_odds_stand_first_and_closed_programs_have_none() -> None:
    blocks = compare_blocks([side(1, row=scored()), side(2, row=closed())])
    assert blocks[0].title == "Your odds"
    assert words(found(blocks, "Tier")) == ["reach", "closed to you"]
    assert found(blocks, "Tier").says == "differs"
    assert words(found(blocks, "Chance of an interview")) == ["5–20%", "not known"]
    assert words(found(blocks, "Adds to your chance of a match")) == ["+1.0 for $30", "not known"]


def test_odds_are_left_out_where_there_is_no_answer() -> None:
    assert [block.title for block in compare_blocks([side(1), side(2)])] == ["Place and kind"]


def test_rule_of_one_stands_beside_no_rule_known_of_the_other() -> None:
    blocks = compare_blocks([side(1, row=scored()), side(2, row=closed())])
    rule = found(blocks, "Lowest Step 2 CK")
    assert words(rule) == ["no such rule known", "asks 230, you have 224"]
    assert rule.cells[1].mark == "✕"
    assert rule.says == ""


def test_facts_differ_or_agree_and_carry_their_source() -> None:
    blocks = compare_blocks(
        [
            side(1, fact("visa_j1", "yes"), fact("positions_pgy1", 8.0)),
            side(2, fact("visa_j1", "yes", conflicts=1), fact("positions_pgy1", 12.0)),
            side(3),
        ]
    )
    visa, places = found(blocks, "J-1 visa"), found(blocks, "First-year positions")
    assert (words(visa), visa.says) == (["Yes", "Yes", "not known"], "same")
    assert (words(places), places.says) == (["8 positions", "12 positions", "not known"], "differs")
    assert visa.cells[1].fact is not None
    assert visa.cells[1].fact["conflicts"] == 1
    assert visa.cells[1].fact["source_kind_words"] == "program's page"


def test_a_rule_told_as_a_rule_is_not_told_again_as_a_fact() -> None:
    blocks = compare_blocks([side(1, fact("min_step2ck", 230.0), row=closed()), side(2, row=scored())])
    labels = [each.label for block in blocks for each in block.lines]
    assert labels.count("Lowest Step 2 CK") == 1
    assert "Lowest Step 2 CK score" not in labels


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ([Cell("a"), Cell("a")], "same"),
        ([Cell("a"), Cell("b")], "differs"),
        ([Cell("a"), Cell("not known", known=False)], ""),
        ([Cell("a"), Cell("b"), Cell("not known", known=False)], "differs"),
        ([Cell("a")], ""),
    ],
)
def test_line_says_differs_only_of_what_is_known(cells: list[Cell], says: str) -> None:
    assert line("Label", cells).says == says
    assert differences([Block("Title", (line("Label", cells),))]) == (says == "differs")


@given(st.lists(st.text(max_size=20) | st.from_regex(r"sp[0-9]{5}", fullmatch=True), max_size=40))
def test_ids_of_are_ids_each_once_in_order(values: list[str]) -> None:
    ids = ids_of(values)
    assert len(set(ids)) == len(ids) <= 4 * MOST
    assert all(each.startswith("sp") and len(each) == 7 for each in ids)


def test_ids_of_may_be_joined_by_commas() -> None:
    assert ids_of(["sp00002,sp00001", "sp00002", "x", "sp1"]) == ("sp00002", "sp00001")
