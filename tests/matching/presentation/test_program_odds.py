from typing import Any

import pytest

from matching.presentation.program_odds import (
    NOT_NOW,
    OPENS,
    WAIVER,
    closed_view,
    gain_words,
    gates_shown,
    odds_view,
    old_words,
    signal_words,
    unasked_words,
)
from matching.scoring.registry import GATES

FACT = {"url": "https://www.program.example/apply", "source_kind": "program_page", "page_year": 2015}


def gate_of(name: str = "min_step2ck", verdict: str = "fail", **members: Any) -> dict[str, Any]:
    return {
        "gate": name,
        "label": "Lowest Step 2 CK",
        "verdict": verdict,
        "strictness": "strict",
        "waived": False,
        "required": 240.0,
        "yours": 224,
        "fact": FACT,
        "conflicting": [],
        **members,
    }


def row_of(**members: Any) -> dict[str, Any]:
    return {
        "tier": "reach",
        "interview": {"probability": 0.05, "low": 0.02, "high": 0.12, "cause": {"detail": "it is so"}},
        "base": -3.0,
        "fit": 70,
        "confidence": "low",
        "factors": [
            {"label": "Family in California", "contribution": 0.4},
            {"label": "Step 2 CK 224", "contribution": -0.3},
        ],
        "gates": [],
        "flips": [],
        **members,
    }


def test_odds_view_adds_up() -> None:
    odds = odds_view(row_of())
    assert odds.bars is not None
    assert (odds.bars.start, odds.bars.total) == ("−30.0", "−29.0")
    assert [bar.value for bar in odds.bars.rows] == ["+4.0", "−3.0"]
    assert odds.scale_words == "The line runs from 0 to 20% interview."
    assert odds.cause == "Wide mostly because it is so."


def test_odds_view_without_a_number_has_no_bars() -> None:
    nothing = {"probability": None, "low": None, "high": None, "cause": None}
    odds = odds_view(row_of(interview=nothing, base=None))
    assert (odds.chance, odds.bars, odds.cause) == (None, None, "")


def test_gates_shown_name_the_host_and_ask_in_one_sentence() -> None:
    question = {"to": "program", "text": "I would like to apply to St. Mary (surgery). Do you take IMGs?"}
    (line,) = gates_shown([gate_of(verdict="unknown", question=question)])
    assert line.ask == "Do you take IMGs?"
    assert line.fact is not None
    assert line.fact["host"] == "program.example"
    yours = {"to": "you", "text": "You have not taken it. Tell us the result once you have it."}
    (line,) = gates_shown([gate_of(verdict="unknown", question=yours, fact=None)])
    assert (line.ask, line.fact) == (yours["text"], None)


def test_gates_shown_tell_a_conflict_once_and_link_to_no_address_that_runs() -> None:
    fact = {**FACT, "url": "javascript:alert(1)", "conflicts": 1}
    other = {"verdict": "pass", "required": 210.0}
    told, counted = gates_shown([gate_of(fact=fact, conflicting=[other]), gate_of(fact=fact)])
    assert told.fact is not None
    assert counted.fact is not None
    assert (told.fact["conflicts"], counted.fact["conflicts"]) == (0, 1)
    assert told.conflicts == ("Another source says 210, which you would meet",)
    assert told.fact["url"] == ""


def test_closed_view_says_what_opens_it_once() -> None:
    closed = closed_view(
        {"gates": [gate_of(), gate_of("min_step1"), gate_of("military_service"), gate_of(verdict="pass")]},
        30,
        2026,
    )
    assert closed.opens == (WAIVER, NOT_NOW)
    assert [line.verdict for line in closed.gates] == ["fail"] * 3
    assert closed.saves == "$30"


@pytest.mark.parametrize(("usd", "kept", "saves"), [(None, 11, "$11"), (None, None, ""), (0, 11, "")])
def test_closed_view_money(usd: int | None, kept: int | None, saves: str) -> None:
    assert closed_view({"gates": [gate_of()], "saves_usd": kept}, usd, 2026).saves == saves


def test_opens_speaks_of_waivers_only_where_a_rule_may_be_waived() -> None:
    waivable = {gate.name for gate in GATES if gate.waivable}
    assert {name for name, words in OPENS.items() if words == WAIVER} <= waivable
    assert set(OPENS) <= {gate.name for gate in GATES}


def test_old_words_only_where_every_rule_is_old() -> None:
    fresh = gate_of(fact={**FACT, "page_year": 2025})
    undated = gate_of(fact={**FACT, "page_year": None})
    assert "a page of 2015" in old_words([gate_of()], 2026)
    assert old_words([gate_of(), fresh], 2026) == old_words([undated], 2026) == old_words([], 2026) == ""


@pytest.mark.parametrize(
    ("level", "without", "words"),
    [
        ("gold", 0.04, "sends a gold signal here, and the chance counts it. Without it: about 4% interview."),
        ("single", None, "sends a signal here, and the chance counts it."),
        (None, None, ""),
        ("", None, ""),
    ],
)
def test_signal_words(level: str | None, without: float | None, words: str) -> None:
    assert signal_words(level, without).removeprefix("Your recommended list ") == words


@pytest.mark.parametrize(
    ("gain", "selected", "words"),
    [
        (0.0112, True, "Having it there brings a match in about 11 more of 1,000 seasons"),
        (0.0031, False, "Adding it would bring a match in about 3 more of 1,000"),
        (0.0001, False, "fewer than 1 more of 1,000"),
        (0.0, False, "It is not on your recommended list."),
    ],
)
def test_gain_words(gain: float, selected: bool, words: str) -> None:
    assert words in gain_words(gain, selected=selected)


def test_unasked_words_name_the_specialty() -> None:
    profile = {"specialties": ["internal-medicine"]}
    assert "did not choose general surgery" in unasked_words(profile, "surgery", "General surgery")
    assert "of this kind" in unasked_words(profile, "internal-medicine", "Internal medicine")
