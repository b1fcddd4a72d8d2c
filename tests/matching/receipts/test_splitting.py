"""The real core over a small catalogue: whatever changed, the shares add up."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.receipts.ends import End, end_score
from matching.receipts.splitting import Split, split_make
from matching.reference import model_with
from tests.matching.made_snapshot import catalogue_of, row_make
from tests.matching.receipts.made import rows_with
from tests.matching.receipts.test_players import PASSED, end_make

SMALL = 1e-9
PLACES = (("CA", "Los Angeles"), ("CA", "Fresno"), ("OR", "Multnomah"), ("NY", "Kings"))
CATALOGUE = catalogue_of(
    *(
        row_make(
            number,
            PLACES[number % 4],
            facts={"min_step2ck": 200.0 + 6 * number} if number % 3 else {"residents_us_img": 4.0},
        )
        for number in range(12)
    )
)
CHANGES: dict[str, Any] = {
    "graduation_year": 2017,
    "step2ck": {"status": "pass", "score": 247, "attempts": 1},
    "step3": PASSED,
    "experience": [{"kind": "sub_internship", "weeks": 8, "ring": "los-angeles"}],
    "letters": [{"author": "us_academic", "ring": "los-angeles"}],
    "ties": [{"kind": "family", "ring": "los-angeles"}],
    "research": {"publications": 12},
    "service": [{"focus": "underserved", "months": 12, "ring": "los-angeles"}],
    "red_flags": ["gap_unexplained"],
    "wishes": {"ring": "national"},
}


def at(catalogue: Any = CATALOGUE, **given: Any) -> End:
    return replace(end_make(**given), catalogue=catalogue)


def adds_up(split: Split) -> None:
    figures = split.last.figures - split.first.figures
    assert np.allclose(split.figures.sum(axis=0), figures, rtol=0, atol=SMALL * 1000)
    rows = [end.columns.row_of for end in (split.before, split.after)]
    first = split.first.p[[rows[0][name] for name in split.ids]]
    last = split.last.p[[rows[1][name] for name in split.ids]]
    assert np.allclose(split.programs.sum(axis=0), last - first, rtol=0, atol=SMALL, equal_nan=True)


@settings(max_examples=12)
@given(st.sets(st.sampled_from(sorted(CHANGES)), max_size=8), st.integers(2, 12))
def test_split_adds_up_whatever_changed(names: set[str], most: int) -> None:
    before = at()
    after = at(**{name: CHANGES[name] for name in names}, options={"max_applications": most})
    adds_up(split_make(before, after))


def test_split_of_one_change_is_the_whole_change() -> None:
    split = split_make(at(), at(step3=PASSED))
    assert split.figures[0] == pytest.approx(split.last.figures - split.first.figures)
    assert split.figures[0, 0] > 0


def test_split_gives_nothing_to_what_moves_nothing() -> None:
    """A wish for program types orders the list and moves no odds."""
    wish = {"ring": "los-angeles", "program_types": ["community"]}
    split = split_make(at(), at(step3=PASSED, wishes=wish))
    wishes = [player.code for player in split.players.each].index("wishes")
    assert np.abs(split.programs[wishes]).max() < SMALL


def test_split_does_not_depend_on_which_end_is_named_first() -> None:
    before, after = at(), at(step3=PASSED, letters=CHANGES["letters"], options={"max_applications": 5})
    there, back = split_make(before, after), split_make(after, before)
    assert np.allclose(there.figures, -back.figures, rtol=0, atol=SMALL * 1000)
    assert np.allclose(there.programs, -back.programs, rtol=0, atol=SMALL)


def test_split_of_data_and_model_adds_up() -> None:
    fewer = catalogue_of(*CATALOGUE.tracks[:-1], row_make(40, facts={"residents_us_img": 9.0}))
    after = replace(at(fewer, step3=PASSED), model=model_with("2027", rows_with(luck__sigma="1.4")))
    split = split_make(at(), after)
    assert [player.code for player in split.players.each] == ["step3", "data", "model"]
    assert len(split.ids) == len(CATALOGUE.tracks) - 1
    adds_up(split)


def test_split_of_a_place_on_the_list_adds_up() -> None:
    before, after = at(options={"max_applications": 8}), at(letters=[], options={"max_applications": 4})
    split = split_make(before, after)
    moved = split.last.whole.selected.astype(float) - split.first.whole.selected
    assert moved.min() == -1
    assert np.allclose(split.listed.sum(axis=0), moved, rtol=0, atol=SMALL)


def test_mixture_does_not_hold_in_what_a_rule_closes_there() -> None:
    """Only her new score opens the program she holds in: the mixture without the score does not hold it."""
    score = {"step2ck": {"status": "pass", "score": 270, "attempts": 1}}
    closed = next(track.id for track in reversed(CATALOGUE.tracks) if "min_step2ck" in track.facts)
    after = at(**score, options={"must_include": [closed]})
    mixed = replace(at(), options=after.options)
    assert closed in [CATALOGUE.tracks[row].id for row in end_score(after).answer.widest.rows]
    assert closed not in [CATALOGUE.tracks[row].id for row in end_score(mixed).answer.widest.rows]
    adds_up(split_make(at(), after))


def test_mixture_may_cost_more_than_she_pays() -> None:
    """Held in by hand, and too dear for the other limit: nothing is held in there."""
    ids = [track.id for track in CATALOGUE.tracks if "min_step2ck" not in track.facts]
    before = at(options={"max_usd": 1})
    after = at(options={"must_include": ids})
    adds_up(split_make(before, after))


def test_closed_program_has_no_chance() -> None:
    scored = end_score(at(step2ck={"status": "pass", "score": 201, "attempts": 1}))
    assert scored.whole.closed.any()
    assert not scored.p[scored.whole.closed].any()
