"""What an advisor's word holds in place: through every judging, until it is withdrawn."""

from collections.abc import Callable
from random import Random

import pytest

from matching.list_state import Edit
from matching.models import AdvisorMark, SavedList
from matching.review.marks import Mark, locked_programs, marks_of
from matching.review.services import patch_withdraw, review_withdraw
from matching.selectors import match_for_request
from matching.services import (
    list_add,
    list_copy,
    list_edit,
    list_rebase,
    list_remove,
    list_sort,
    list_undo,
    match_start,
    run_score,
)
from matching.services.repair import list_repair_apply
from tests.matching.inputs import options_of, profile_of
from tests.matching.lists import ids_of, off_list
from tests.matching.review.conftest import Desk
from tests.matching.review.making import NOW
from tests.matching.review.proposing import other_tier, sent, settle


def moved(desk: Desk, name: str) -> tuple[str, Mark]:
    """The first tier it can be moved to, and the mark that accepting it leaves."""
    tier = other_tier(desk, name)
    settle(desk, sent(desk, "tier", name, tier=tier, reason="knows", text="They rank early."))
    return tier, marks_of(desk.saved_list, desk=False)[name]


def test_marks_of_a_move_that_was_accepted(desk: Desk) -> None:
    first = ids_of(desk.saved_list)[0]
    tier, mark = moved(desk, first)
    assert mark == Mark(tier, False, "They rank early.", "Advisor Hale", False)


def test_marks_of_a_move_that_was_declined(desk: Desk) -> None:
    first = ids_of(desk.saved_list)[0]
    settle(desk, sent(desk, "tier", first, tier=other_tier(desk, first), reason="knows"), accept=False)
    assert marks_of(desk.saved_list, desk=True) == {}


def test_moved_tier_survives_every_writing_of_the_list(desk: Desk) -> None:
    first = ids_of(desk.saved_list)[0]
    tier, _ = moved(desk, first)
    ours = desk.saved_list.entries.get(program=first).tier

    def stands() -> str:
        return marks_of(SavedList.objects.get(pk=desk.saved_list.pk), desk=False)[first].tier

    list_add(saved_list=desk.saved_list, programs=off_list(desk.saved_list)[:2])
    assert stands() == tier
    desk.saved_list.refresh_from_db()
    list_edit(
        saved_list=desk.saved_list, version=desk.saved_list.version, sent={first: Edit(signal="", place=3)}
    )
    assert stands() == tier
    list_sort(saved_list=desk.saved_list, by="odds", words="By odds")
    assert stands() == tier
    for score in (265, 205):
        profile = profile_of(step2ck={"status": "pass", "score": score, "attempts": 1})
        match = match_start(profile=profile, options=options_of(max_applications=4), owner=desk.owner)
        run_score(match.run_id)
        list_rebase(saved_list=desk.saved_list, match=match_for_request(match.pk, user=desk.owner))
        assert stands() == tier
    list_remove(saved_list=desk.saved_list, programs=[first])
    list_undo(saved_list=desk.saved_list)
    assert stands() == tier
    assert desk.saved_list.entries.get(program=first).tier in (ours, "safety", "target", "reach")


@pytest.mark.parametrize("seed", range(2))
def test_marks_stand_through_any_row_of_changes(desk: Desk, seed: int) -> None:
    """Whatever the owner does in whatever order, what her advisor said stays word for word."""
    chance = Random(seed)
    first, second = ids_of(desk.saved_list)[:2]
    moved(desk, first)
    settle(desk, sent(desk, "lock", second))
    marks = marks_of(desk.saved_list, desk=True)

    def act(number: int) -> None:
        listed = SavedList.objects.get(pk=desk.saved_list.pk)
        on, off = ids_of(listed), off_list(listed)
        name = chance.choice(on)
        acts: tuple[Callable[[], object], ...] = (
            lambda: list_add(saved_list=listed, programs=chance.sample(off, min(2, len(off)))),
            lambda: list_remove(saved_list=listed, programs=chance.sample(on, min(2, len(on)))),
            lambda: list_edit(saved_list=listed, version=listed.version, sent={name: Edit(signal="")}),
            lambda: list_sort(saved_list=listed, by=chance.choice(["odds", "name", "wish"]), words="Sorted"),
            lambda: list_repair_apply(saved_list=listed),
            lambda: list_undo(saved_list=listed),
        )
        acts[number]()

    for number in chance.sample(range(6), 6):
        act(number)
        assert marks_of(desk.saved_list, desk=True) == marks
        assert second in ids_of(desk.saved_list)  # it was there before each of them


def test_moved_tier_ends_when_it_is_withdrawn(desk: Desk) -> None:
    first = ids_of(desk.saved_list)[0]
    moved(desk, first)
    patch_withdraw(patch=desk.review.patches.get(kind="tier"), advisor=desk.advisor, now=NOW)
    assert marks_of(desk.saved_list, desk=True) == {}
    assert AdvisorMark.objects.get().withdrawn_at == NOW


def test_later_move_ends_the_one_before(desk: Desk) -> None:
    first = ids_of(desk.saved_list)[0]
    tier, _ = moved(desk, first)
    ours = desk.saved_list.entries.get(program=first).tier
    third = next(name for name in ("safety", "target", "reach") if name not in (tier, ours))
    patch = sent(desk, "tier", first, tier=third, reason="knows")
    assert patch.tier_from == tier  # as it was shown
    settle(desk, patch)
    assert marks_of(desk.saved_list, desk=False)[first].tier == third
    assert AdvisorMark.objects.filter(withdrawn_at=None).count() == 1


def test_marks_end_with_the_review(desk: Desk) -> None:
    first = ids_of(desk.saved_list)[0]
    moved(desk, first)
    settle(desk, sent(desk, "lock", first))
    review_withdraw(review=desk.review, actor=desk.owner, now=NOW)
    assert marks_of(desk.saved_list, desk=True) == {}


def test_copy_of_a_list_stands_on_its_own(desk: Desk) -> None:
    """Nobody reviewed the copy: no advisor's word stands beside it."""
    first = ids_of(desk.saved_list)[0]
    moved(desk, first)
    copied = list_copy(saved_list=desk.saved_list, name="To try out")
    assert marks_of(copied, desk=True) == {}
    assert copied.reviews.count() == 0
    assert first in marks_of(desk.saved_list, desk=False)


def test_locked_program_stays_unless_its_owner_says_so(desk: Desk) -> None:
    first, second = ids_of(desk.saved_list)[:2]
    settle(desk, sent(desk, "lock", first))
    assert locked_programs(desk.saved_list) == {first}

    written = list_remove(saved_list=desk.saved_list, programs=[first, second])
    assert written.locked == {first}
    assert ids_of(desk.saved_list)[0] == first
    assert second not in ids_of(desk.saved_list)

    desk.saved_list.refresh_from_db()
    written = list_edit(saved_list=desk.saved_list, version=desk.saved_list.version, sent={}, remove=first)
    assert written.locked == {first}
    assert written.words == ""

    written = list_edit(
        saved_list=desk.saved_list, version=desk.saved_list.version, sent={}, remove=first,
        though_locked=True,
    )  # fmt: skip
    assert not written.locked
    assert first not in ids_of(desk.saved_list)


def test_repair_keeps_what_is_locked(desk: Desk) -> None:
    weak = off_list(desk.saved_list)[-2:]
    list_remove(saved_list=desk.saved_list, programs=ids_of(desk.saved_list))
    list_add(saved_list=desk.saved_list, programs=weak)
    settle(desk, sent(desk, "lock", weak[0]))
    repaired = list_repair_apply(saved_list=desk.saved_list)
    assert repaired.removed  # there was something to better
    assert weak[0] in ids_of(desk.saved_list)
    assert weak[1] not in ids_of(desk.saved_list)


def test_removal_that_her_advisor_proposes_lifts_the_lock(desk: Desk) -> None:
    first = ids_of(desk.saved_list)[0]
    settle(desk, sent(desk, "lock", first))
    settle(desk, sent(desk, "remove", first))
    assert first not in ids_of(desk.saved_list)
