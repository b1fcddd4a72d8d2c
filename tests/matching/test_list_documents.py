"""Scopes side by side and the signals of a list, as written."""

import math
from dataclasses import replace

import numpy as np
import pytest

from matching.list_documents import level_name, match_document, scope_document, signals_document
from matching.scoring.answer import Range, ScopeAnswer, SignalUse

NATION = ScopeAnswer(
    ring=3,
    rows=np.arange(80),
    cost_usd=1260,
    expected=6.3,
    none=0.03,
    match=Range(0.5, 0.3, 0.7),
    p_los_angeles=0.1,
    stop_line=60,
    signals=np.array([0, 1, 1] + [-1] * 77),
)
ANGELES = replace(NATION, ring=0, rows=np.arange(40), cost_usd=440, expected=2.2, match=Range(0.2, 0.1, 0.3))


def test_a_scope_tells_what_staying_within_it_costs() -> None:
    told = scope_document(ANGELES, NATION)
    assert told["interviews_per_100_usd"] == pytest.approx(0.5)
    assert told["match_lost"] == pytest.approx(0.3)
    assert (told["applications"], told["signals"]) == (40, 3)
    assert scope_document(NATION, NATION)["match_lost"] == 0
    assert scope_document(replace(ANGELES, cost_usd=0), NATION)["interviews_per_100_usd"] is None


def test_a_match_without_ranges_has_none() -> None:
    bare = replace(NATION, match=Range(0.5, math.nan, math.nan))
    assert match_document(bare) == {"probability": 0.5, "low": None, "high": None}


def test_signals_tell_their_season_and_only_levels_there_are() -> None:
    use = SignalUse("internal-medicine", 2025, "AAMC", (3, 12, 0), (3, 10, 0))
    told = signals_document(use, "2027")
    assert (told["season"], told["of_this_season"], told["source"]) == ("2025", False, "AAMC")
    assert told["levels"] == [
        {"level": "gold", "available": 3, "placed": 3},
        {"level": "silver", "available": 12, "placed": 10},
    ]
    assert signals_document(use, "2025")["of_this_season"]


def test_a_row_names_its_signal_or_none() -> None:
    assert [level_name(code) for code in (-1, 0, 1, 2)] == [None, "gold", "silver", "single"]
