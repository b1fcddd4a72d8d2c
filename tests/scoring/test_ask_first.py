"""Whom to write to first, held beside picking the whole list anew for every answer."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.scoring.applicant import Applicant, Options
from matching.scoring.ask_facts import OpenFact, counts_learned
from matching.scoring.ask_first import Listed, Margin
from matching.scoring.columns import Flags
from matching.scoring.draws import Floats
from matching.scoring.luck import luck_nodes
from matching.scoring.score import score
from tests.scoring.made_catalogue import (
    EVERYTHING,
    MadeFact,
    MadeTrack,
    columns_of,
    model_now,
    plain_applicant,
    track_make,
)
from tests.scoring.made_strategies import FEW, applicants, catalogues

NODES = luck_nodes(16)
WILLING = 0.2


def worth(p_z: Floats, in_la: Flags, chosen: tuple[int, ...], la_weight: float) -> float:
    """The objective of a list, from its definition."""
    missed = 1.0 - WILLING * p_z[list(chosen)]
    away = np.where(in_la[list(chosen), None], missed, 1.0)
    both = (1.0 - missed.prod(axis=0)) + la_weight * (1.0 - away.prod(axis=0))
    return float(both @ NODES.weight)


def best(p_z: Floats, in_la: Flags, size: int, la_weight: float) -> tuple[float, tuple[int, ...]]:
    lists = combinations(range(len(p_z)), size)
    return max((worth(p_z, in_la, chosen, la_weight), chosen) for chosen in lists)


def chances(odds: Floats) -> Floats:
    return 1.0 / (1.0 + np.exp(-(odds[:, None] + NODES.z)))


@st.composite
def markets(draw: st.DrawFn) -> tuple[Floats, Flags, int, float]:
    count = draw(st.integers(4, 7))
    odds = np.array(draw(st.lists(st.floats(-4, 0), min_size=count, max_size=count, unique=True)))
    in_la = np.array(draw(st.lists(st.booleans(), min_size=count, max_size=count)))
    return chances(odds), in_la, draw(st.integers(2, count - 1)), draw(st.sampled_from([0.0, 0.15]))


def answers(p_z: Floats, share: float) -> tuple[Floats, Floats]:
    """Open or closed, and their chances, so that nothing is promised on average."""
    return np.stack([p_z / (1.0 - share), np.zeros_like(p_z)]), np.array([1.0 - share, share])


@given(markets(), st.floats(0.05, 0.3))
def test_no_gain_is_above_that_of_picking_the_list_anew_and_most_are_all_of_it(
    market: tuple[Floats, Flags, int, float], share: float
) -> None:
    p_z, in_la, size, la_weight = market
    p_z = np.minimum(p_z, 1.0 - share)
    now, chosen = best(p_z, in_la, size, la_weight)
    listed = np.array(chosen)
    others = np.setdiff1d(np.arange(len(p_z)), listed)
    fixed = np.zeros(size, dtype=bool)
    listing = Listed(listed, others, fixed, in_la[listed], in_la[others], WILLING, la_weight, NODES.weight)
    margin = Margin(listing, p_z[listed])
    margin.nearest(p_z[others])
    for row in range(len(p_z)):
        after, weight = answers(p_z[row], share)
        fact = OpenFact("", np.array([0]), after[None], weight[None])
        place = np.flatnonzero(listed == row)
        at = place if len(place) else np.array([-1])
        gain = float(margin.gains(fact, at, in_la[[row]])[0])
        anew = -now
        for chance, told in zip(weight, after, strict=True):
            known = p_z.copy()
            known[row] = told
            anew += chance * best(known, in_la, size, la_weight)[0]
        assert -1e-12 <= gain <= anew + 1e-9
        # One place is changed here, several there: what is lost by that is small beside the largest gains.
        assert gain >= anew - 1e-4


def test_a_program_that_must_be_on_the_list_is_not_worth_a_letter() -> None:
    p_z = chances(np.array([-1.0, -2.0, -3.0]))
    la = np.zeros(2, dtype=bool)
    listing = Listed(
        np.arange(2), np.array([2]), np.array([True, False]), la, la[:1], WILLING, 0.0, NODES.weight
    )
    margin = Margin(listing, p_z[:2])
    margin.nearest(p_z[2:])
    after, weight = answers(p_z[0] * 0.6, 0.3)
    fact = OpenFact("", np.array([0]), after[None], weight[None])
    assert margin.gains(fact, np.array([0]), la[:1])[0] == 0.0
    assert margin.gains(fact, np.array([1]), la[:1])[0] > 0.0


@given(st.floats(0.01, 0.99), st.floats(1, 40), st.floats(1, 100), st.floats(1, 100))
def test_more_residents_teach_more(mean: float, prior_n: float, few: float, more: float) -> None:
    learned = counts_learned(np.array([mean]), prior_n, 1.0 * few)[0]
    assert 0.0 < learned < 1.0
    assert counts_learned(np.array([mean]), prior_n, few + more)[0] > learned


@FEW
@given(catalogues(), applicants())
def test_nothing_known_is_asked_for_and_no_program_twice(
    tracks: tuple[MadeTrack, ...], applicant: Applicant
) -> None:
    columns = columns_of(*tracks)
    asks = score(applicant, EVERYTHING, columns, model_now()).asks
    assert len(asks.row) == len(set(asks.row.tolist())) <= 10
    assert (np.diff(asks.gain) <= 0).all()
    assert (asks.gain > 0).all()
    by_id = {track.id: track for track in tracks}
    for row, field in zip(asks.row.tolist(), asks.field, strict=True):
        fact = by_id[columns.ids[row]].facts.get(field)
        assert fact is None or fact.value is None or fact.conflicts or field.startswith("residents")


@pytest.mark.parametrize(
    ("facts", "applicant_type", "field"),
    [
        ({}, "us_img", "residents_us_img"),
        ({}, "non_us_img", "residents_img"),
        ({"residents_us_img": 3.0, "residents_total": 30.0}, "us_img", None),
        ({}, "us_md", None),
    ],
)
def test_counts_are_asked_for_where_they_are_not_known(
    facts: dict[str, float], applicant_type: str, field: str | None
) -> None:
    columns = columns_of(*(track_make(number, facts=facts) for number in range(1, 6)))
    applicant = plain_applicant(applicant_type=applicant_type)
    asks = score(applicant, Options(max_applications=3), columns, model_now()).asks
    assert set(asks.field) == ({field} if field else set())


RULE = "ecfmg_required_at"
PROSE = MadeFact(None, as_stated="in due time")


@pytest.mark.parametrize(
    ("fact", "asked"),
    [
        (None, True),
        (PROSE, True),
        (replace(PROSE, strictness="preference"), False),
        (MadeFact("application", "preference", others=(MadeFact("start"),)), False),
        (MadeFact("start", others=(MadeFact("application"),)), True),
        (MadeFact("start"), False),
    ],
)
def test_a_rule_is_asked_for_where_the_program_leaves_open_what_would_close_it(
    fact: MadeFact | None, asked: bool
) -> None:
    """Whether she will hold it by a time that is stated no program can say."""
    counted = {"residents_us_img": 3.0, "residents_total": 30.0, "program_type": "community"}
    stated = [track_make(number, facts={**counted, RULE: "application"}) for number in range(1, 40)]
    facts = counted if fact is None else {**counted, RULE: fact}
    columns = columns_of(*stated, *(track_make(number, facts=facts) for number in range(41, 46)))
    applicant = plain_applicant(ecfmg_certified=False)
    asks = score(applicant, Options(max_applications=3), columns, model_now()).asks
    assert set(asks.field) == ({RULE} if asked else set())


def test_a_list_that_holds_everything_leaves_nothing_to_ask() -> None:
    columns = columns_of(*(track_make(number) for number in range(1, 6)))
    assert len(score(plain_applicant(), Options(), columns, model_now()).asks.row) == 0
    assert (
        len(
            score(plain_applicant(), Options(max_applications=3, ranges=False), columns, model_now()).asks.row
        )
        == 0
    )
