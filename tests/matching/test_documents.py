import math
from typing import Any

import orjson
import pytest

from matching.api.answer import AnswerRow, ScreenedOut, Summary
from matching.documents import program_document
from matching.engine import answer_document, answer_read
from matching.scoring.registry import FACTORS
from tests.matching.made_snapshot import answer_of, catalogue_of, document_of, fact_make, row_make

CATALOGUE = catalogue_of(
    row_make(1, facts={"min_step2ck": 220.0, "residents_us_img": 9.0, "residents_total": 30.0}),
    row_make(2, ("NY", "Kings"), facts={"program_type": "community", "safety_net": "no"}),
    row_make(3, ("OR", "Lane"), listing_status="old"),
    row_make(4, ("TX", "Harris"), facts={"min_step2ck": 250.0}),
    row_make(5, ("CA", "Fresno"), county=""),
)
LOCAL: dict[str, Any] = {
    "ties": [{"kind": "family", "state": "CA", "ring": "los-angeles"}],
    "languages": ["es"],
}


@pytest.fixture(scope="module")
def written() -> Any:
    return document_of(CATALOGUE, **LOCAL)


def test_the_document_has_the_members_of_the_contract(written: Any) -> None:
    assert list(written) == ["season", "summary", "list", "screened_out"]
    Summary.model_validate(written["summary"])
    for row in written["list"]:
        AnswerRow.model_validate(row)
    for row in written["screened_out"]:
        ScreenedOut.model_validate(row)
    assert orjson.loads(orjson.dumps(written)) == written


def test_what_is_not_built_is_left_out(written: Any) -> None:
    absent = {"advice"}
    assert not absent & set(written)
    assert not absent & set(written["summary"])
    assert not absent & set(written["list"][0])


def test_factors_add_up_to_the_chance_that_is_written(written: Any) -> None:
    shown = [row for row in written["list"] if not row["abstained"]]
    assert len(shown) == 3
    for row in shown:
        p = row["interview"]["probability"]
        total = row["base"] + sum(factor["contribution"] for factor in row["factors"])
        assert total == pytest.approx(math.log(p / (1 - p)), abs=1e-6)
        assert row["interview"]["low"] <= p <= row["interview"]["high"]
        assert row["factors"][-1]["factor"] == "averaging"


def test_every_factor_has_words_and_names_what_it_read(written: Any) -> None:
    known = {factor.name: factor for factor in FACTORS}
    ids = {fact.id for track in CATALOGUE.tracks for fact in track.facts.values()}
    for row in written["list"]:
        assert [factor["factor"] for factor in row["factors"]] == [
            name for name in known if any(f["factor"] == name for f in row["factors"])
        ]
        for factor in row["factors"]:
            assert factor["label"]
            assert factor["contribution"] != 0
            assert set(factor["basis"]["facts"]) <= ids
            assert factor["basis"]["profile"] == list(known[factor["factor"]].members)


def test_an_abstained_row_holds_nulls_is_a_reach_and_is_not_listed(written: Any) -> None:
    (old,) = [row for row in written["list"] if row["program"]["id"] == "sp00003"]
    assert old["abstained"] is True
    assert old["interview"] == {"probability": None, "low": None, "high": None, "cause": None}
    assert old["match_if_interviewed"] is None
    assert old["base"] is None  # with its factors it would tell the number
    assert (old["tier"], old["selected"]) == ("reach", False)


def test_reasons_are_the_two_strongest_and_not_the_averaging(written: Any) -> None:
    for row in written["list"]:
        ranked = sorted(
            (factor for factor in row["factors"] if factor["factor"] != "averaging"),
            key=lambda factor: -abs(factor["contribution"]),
        )
        assert [reason["factor"] for reason in row["reasons"]] == [factor["factor"] for factor in ranked[:2]]
        assert set(row["reasons"][0]) == {"factor", "label", "contribution"}


def test_the_summary_agrees_with_the_list(written: Any) -> None:
    summary = written["summary"]
    chosen = [row for row in written["list"] if row["selected"]]
    assert summary["applications"] == len(chosen)
    assert sum(summary["tiers"].values()) == len(chosen)
    assert sum(summary["tiers_all"].values()) == len(written["list"])
    assert sum(summary["list_by_ring"].values()) == len(chosen)
    assert summary["interviews"]["expected"] == pytest.approx(
        sum(row["interview"]["probability"] for row in chosen)
    )
    assert sum(summary["interviews"]["histogram"]) == pytest.approx(1)
    assert summary["interviews"]["histogram"][0] == summary["interviews"]["none"]
    assert summary["no_true_safety"] is (summary["tiers"]["safety"] == 0)
    assert [scope["scope"] for scope in summary["scopes"]] == list(summary["list_by_ring"])
    assert summary["match"]["probability"] == summary["scopes"][-1]["match"]["probability"]
    assert summary["cost_usd"] == summary["scopes"][-1]["cost_usd"]
    assert list(summary["tiers"]) == ["safety", "target", "reach"]
    assert "letters" in summary["unknown"]


def test_screened_out_programs_tell_the_rule_and_the_money(written: Any) -> None:
    (closed,) = written["screened_out"]
    assert closed["program"]["id"] == "sp00004"
    assert [gate["gate"] for gate in closed["gates"]] == ["min_step2ck"]
    assert closed["saves_usd"] > 0
    by_gate = {
        "gate": "min_step2ck",
        "label": "Lowest Step 2 CK",
        "count": 1,
        "saves_usd": closed["saves_usd"],
    }
    assert written["summary"]["screened_out"] == {
        "count": 1,
        "saves_usd": closed["saves_usd"],
        "by_gate": [by_gate],
    }


EXPLAINED = ("gates", "factors", "flips")


def test_top_and_explain_cut_what_is_written_and_change_nothing_else(written: Any) -> None:
    answer = answer_of(CATALOGUE, **LOCAL)
    short = answer_document(answer, CATALOGUE, explain=1, top=2)
    assert short["summary"] == written["summary"]
    assert short["list"][0] == written["list"][0]
    assert len(short["list"]) == 2
    plain = {name: value for name, value in written["list"][1].items() if name not in EXPLAINED}
    assert short["list"][1] == plain


def test_ranks_count_from_one_and_those_selected_come_first(written: Any) -> None:
    assert [row["rank"] for row in written["list"]] == list(range(1, len(written["list"]) + 1))
    selected = [row["selected"] for row in written["list"]]
    assert selected == sorted(selected, reverse=True)


def test_the_stop_line_is_null_where_every_program_is_worth_its_fee() -> None:
    assert document_of(CATALOGUE)["summary"]["stop_line"] is None
    many = catalogue_of(*(row_make(number, ("NY", "Kings")) for number in range(1, 90)))
    hopeless = document_of(
        many, options={"max_applications": 80}, step2ck={"status": "pass", "score": 218, "attempts": 4}
    )
    line = hopeless["summary"]["stop_line"]
    assert line["applications"] < 80
    assert line["reason"]


@pytest.mark.parametrize(
    ("facts", "kind", "safety_net"),
    [
        ({}, None, None),
        ({"program_type": "community", "safety_net": "yes"}, "community", True),
        ({"safety_net": "no"}, None, False),
        ({"safety_net": None}, None, None),
    ],
)
def test_what_is_not_known_of_a_program_is_null(facts: Any, kind: Any, safety_net: Any) -> None:
    document = program_document(row_make(1, facts=facts, county=""), CATALOGUE.specialty_names)
    assert (document["program_type"], document["safety_net"]) == (kind, safety_net)
    assert document["county"] is None
    assert document["acgme_id"] is None
    assert document["specialty_name"] == "Internal medicine"


def test_who_wishes_for_nothing_has_no_fit() -> None:
    assert [row["fit"] for row in document_of(CATALOGUE, wishes=None)["list"]] == [None] * 4


def test_the_rules_of_the_list_are_counted_by_how_they_stand() -> None:
    wish = fact_make(2, "min_step2ck", 260.0, strictness="preference")
    rows = (
        row_make(1, ("NY", "Kings")),
        row_make(2, ("NY", "Kings"), facts={"min_step2ck": wish}),
        row_make(3, ("NY", "Kings"), facts={"max_years_since_graduation": 5.0, "min_step2ck": 260.0}),
        row_make(4, ("NY", "Kings"), facts={"min_step2ck": 260.0}),
    )
    letter = [{"author": "us_clinical", "program_id": "sp00003"}]
    summary = document_of(catalogue_of(*rows), letters=letter, graduation_year=None)["summary"]
    assert summary["rules"] == {"wishes_not_met": 1, "undecided": 1, "waived": 1, "none_held": 1}
    assert summary["screened_out"]["count"] == 1


def test_californias_rules_are_told_where_a_program_there_is_shown() -> None:
    there = document_of(catalogue_of(row_make(1, ("CA", "Fresno"))))["summary"]["california_licence"]
    assert {rule["value"] for rule in there} >= {"36", "39", "180", "no"}
    assert document_of(catalogue_of(row_make(1, ("NY", "Kings"))))["summary"]["california_licence"] == []


def test_every_program_of_the_list_says_what_its_range_is_wide_because_of(written: Any) -> None:
    for row in written["list"]:
        cause = row["interview"]["cause"]
        assert (cause is not None) is row["selected"]
        if cause:
            assert 0 < cause["share"] <= 1.5
            assert cause["detail"]


def test_answer_read_explains_a_row_as_the_document_does() -> None:
    answer = answer_of(CATALOGUE, **LOCAL)
    whole = answer_document(answer, CATALOGUE, explain=200)
    document, explain = answer_read(answer, CATALOGUE)
    assert document == answer_document(answer, CATALOGUE, explain=0)
    assert [explain(row, True) for row in document["list"]] == whole["list"]
    for row, told in zip(document["list"], whole["list"], strict=True):
        assert explain(row, False) == row | {"gates": told["gates"]}
