"""What each proposed change would bring: as judging the changed list says, and without writing anything."""

import pytest
from pytest_django import DjangoAssertNumQueries

from matching.models import ListEntry, ReviewEvent
from matching.review.diffs import figures_of
from matching.review.effects import review_effects
from matching.services import list_remove
from matching.services.list_judging import list_judged, list_summaries
from matching.services.list_writing import list_state
from programs.models import Program
from tests.matching.lists import ids_of, off_list
from tests.matching.review.conftest import Desk
from tests.matching.review.proposing import draft, other_tier, send, settle, signals_of


def kept(desk: Desk) -> tuple[float, float, int, int]:
    desk.saved_list.refresh_from_db()
    figures = desk.saved_list.figures
    assert figures is not None
    return (
        figures["interviews"]["none"],
        figures["match"]["probability"],
        figures["cost_usd"],
        figures["applications"],
    )


def test_base_is_the_list_as_it_stands(desk: Desk) -> None:
    base = review_effects(desk.review).base
    assert (base.p_none, base.p_match, base.cost_usd, base.applications) == pytest.approx(kept(desk))


def test_summaries_are_as_judging_the_list(desk: Desk) -> None:
    state = list_state(desk.saved_list)
    states = [state, state[1:], ()]
    for each, found in zip(states, list_summaries(desk.saved_list, states), strict=True):
        figures = list_judged(desk.saved_list, each).figures
        assert figures is not None
        assert figures_of(found) == pytest.approx(figures_of(figures), abs=1e-12)


def test_effects_come_true_when_the_changes_are_accepted(desk: Desk) -> None:
    """Each as alone, and all together, to the last figure."""
    first = ids_of(desk.saved_list)[0]
    gold = next(name for name, signal in signals_of(desk).items() if signal == "gold" and name != first)
    silver = next(name for name, signal in signals_of(desk).items() if signal == "silver" and name != first)
    removed = draft(desk, "remove", first)
    added = draft(desk, "add", off_list(desk.saved_list)[0])
    traded = draft(desk, "signal", silver, other=Program.objects.get(pk=gold), signal="gold")
    foretold = review_effects(desk.review)
    send(desk)
    for patch in (removed, added, traded):
        settle(desk, patch)
    together = foretold.together
    assert (together.p_none, together.p_match, together.cost_usd, together.applications) == pytest.approx(
        kept(desk)
    )
    assert foretold.each[removed.pk].applications == 3
    assert foretold.each[added.pk].applications == 5
    assert foretold.each[traded.pk].cost_usd == foretold.base.cost_usd


def test_effects_of_what_moves_no_chance(desk: Desk) -> None:
    first = ids_of(desk.saved_list)[0]
    patches = [
        draft(desk, "tier", first, tier=other_tier(desk, first), reason="knows"),
        draft(desk, "lock", first),
        draft(desk, "note", text="Apply early."),
        draft(desk, "ask", field="letters"),
    ]
    effects = review_effects(desk.review)
    assert [effects.each[patch.pk] for patch in patches] == [effects.base] * 4
    assert effects.together == effects.base


def test_effects_of_a_change_that_does_not_fit_any_more(desk: Desk) -> None:
    first = ids_of(desk.saved_list)[0]
    patch = draft(desk, "signal", first, signal="")
    list_remove(saved_list=desk.saved_list, programs=[first])
    effects = review_effects(desk.review)
    assert effects.each[patch.pk] == effects.base


def test_effects_write_nothing_and_ask_the_same_number_of_queries(
    desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    draft(desk, "remove", ids_of(desk.saved_list)[0])
    review_effects(desk.review)  # loads what a process keeps
    before = (ListEntry.objects.count(), ReviewEvent.objects.count(), kept(desk))
    with django_assert_num_queries(3):
        review_effects(desk.review)
    for name in off_list(desk.saved_list)[:5]:
        draft(desk, "add", name)
    with django_assert_num_queries(3):
        effects = review_effects(desk.review)
    assert len(effects.each) == 6
    after = (ListEntry.objects.count(), ReviewEvent.objects.count() - 5, kept(desk))
    assert after == before


def test_effects_of_a_list_that_cannot_be_judged(desk: Desk) -> None:
    run = desk.saved_list.match.run
    type(run).objects.filter(pk=run.pk).update(profile={"of": "another edition"})
    patch = draft(desk, "note", text="Apply early.")
    effects = review_effects(desk.review)
    assert effects.base.p_none is None
    assert effects.each[patch.pk] == effects.base
