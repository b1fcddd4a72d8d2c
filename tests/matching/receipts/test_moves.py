import math
from typing import Any

import pytest

from matching.receipts.moves import KEPT_ODDS, State, moves_of

REACH, TARGET = 0, 1
BASE: dict[str, Any] = {
    "row": 0,
    "p": 0.05,
    "tier": REACH,
    "listed": True,
    "closed": False,
    "asked": True,
}


def state(**values: Any) -> State:
    return State(**{**BASE, **values})


def group_of(before: State | None, after: State | None) -> str:
    found = moves_of({"a": before} if before else {}, {"a": after} if after else {})
    return next(iter(found.groups), "")


@pytest.mark.parametrize(
    ("before", "after", "group"),
    [
        (None, state(), "new"),
        (state(), None, "gone"),
        (None, state(asked=False, listed=False), ""),
        (state(), state(closed=True, p=0.0, tier=-1, listed=False), "closed"),
        (state(closed=True, p=0.0, tier=-1, listed=False), state(), "opened"),
        (state(listed=False), state(), "entered"),
        (state(), state(listed=False), "left"),
        (state(), state(listed=False, asked=False), "left"),
        (state(), state(tier=TARGET, p=0.2), "tier"),
        (state(listed=False, asked=False), state(listed=False, asked=False, tier=TARGET, p=0.3), ""),
        (state(), state(p=0.06), "odds"),
        (state(), state(p=0.051), ""),
        (state(p=math.nan, tier=-1), state(p=math.nan, tier=-1), ""),
    ],
)
def test_move_belongs_to_one_group(before: State | None, after: State | None, group: str) -> None:
    assert group_of(before, after) == group


def test_moves_count_what_they_do_not_keep() -> None:
    first = {str(n): state(listed=False) for n in range(KEPT_ODDS + 5)}
    last = {str(n): state(listed=False, p=0.06 + n / 100) for n in range(KEPT_ODDS + 5)}
    kept, count = moves_of(first, last).groups["odds"]
    assert (len(kept), count) == (KEPT_ODDS, KEPT_ODDS + 5)
    assert kept[0].size == max(move.size for move in kept)


def test_moves_put_those_on_a_list_first() -> None:
    first = {"far": state(listed=False), "near": state()}
    last = {"far": state(listed=False, p=0.5), "near": state(p=0.06)}
    kept, _ = moves_of(first, last).groups["odds"]
    assert [move.id for move in kept] == ["near", "far"]


def test_moves_count_what_stayed_on_both_lists() -> None:
    assert moves_of({"a": state()}, {"a": state()}).same == 1
    assert moves_of({"a": state(listed=False)}, {"a": state(listed=False)}).same == 0
