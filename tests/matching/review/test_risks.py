"""The columns of the queue: from what is kept, written with each change, and refreshed for many at once."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matching.list_state import Edit
from matching.models import ListEntry, MatchRun, Review, SavedList
from matching.review.danger import danger
from matching.review.risk import deadline_next, risk_of, signals_unused
from matching.review.services import review_withdraw, risk_write, risks_refresh
from matching.services import list_add, list_copy, list_edit, list_remove
from programs.models import DataVersion
from tests.matching.lists import ids_of, off_list
from tests.matching.review.conftest import Desk
from tests.matching.review.making import (
    NOW,
    list_of_owner,
    organisation_make,
    owner_make,
    review_make,
)

TODAY = NOW.date()


def test_risk_of_is_read_from_what_is_kept(desk: Desk) -> None:
    figures = desk.saved_list.figures
    assert figures is not None
    risk = risk_of(desk.review, desk.saved_list, TODAY)
    assert risk.p_none == figures["interviews"]["none"]
    assert risk.p_match == figures["match"]["probability"]
    assert (risk.programs, risk.cost_usd) == (4, figures["cost_usd"])
    assert risk.unused_signals == 11  # 3 gold and 12 silver, 4 placed
    assert (risk.strict_fails, risk.over_budget_usd) == (0, 0)
    assert risk.missing_facts > 0
    assert risk.deadline == date(2027, 1, 31)
    assert risk.days == 69


def test_review_is_risky_from_the_moment_it_is_sent(desk: Desk) -> None:
    review = desk.review
    review.refresh_from_db()
    assert review.risk_at is not None
    assert review.danger == pytest.approx(danger(risk_of(review, desk.saved_list, TODAY)))
    assert review.programs == 4


def test_risk_follows_the_list(desk: Desk) -> None:
    list_remove(saved_list=desk.saved_list, programs=ids_of(desk.saved_list)[1:])
    before = desk.review.danger
    desk.review.refresh_from_db()
    assert desk.review.programs == 1
    assert desk.review.danger > before
    list_add(saved_list=desk.saved_list, programs=off_list(desk.saved_list))
    alone = desk.review.danger
    desk.review.refresh_from_db()
    assert desk.review.programs == 12
    assert desk.review.danger < alone


def test_risk_counts_what_strict_rules_close(desk: Desk) -> None:
    entry = desk.saved_list.entries.order_by("position")[0]
    ListEntry.objects.filter(pk=entry.pk).update(shown={**entry.shown, "closed": True})
    assert risk_of(desk.review, desk.saved_list, TODAY).strict_fails == 1


def test_risk_of_a_list_over_budget(small_catalogue: DataVersion) -> None:
    owner = owner_make()
    saved_list = list_of_owner(owner, options={"max_usd": 110})
    list_add(saved_list=saved_list, programs=off_list(saved_list))
    review = review_make(saved_list, organisation_make())
    saved_list.refresh_from_db()
    assert saved_list.figures is not None
    review.refresh_from_db()
    assert review.over_budget_usd == saved_list.figures["cost_usd"] - 110 > 0


@pytest.mark.parametrize(
    ("today", "deadline"),
    [
        (date(2026, 8, 1), date(2026, 9, 1)),
        (date(2026, 9, 1), date(2026, 9, 1)),
        (date(2026, 9, 2), date(2027, 1, 31)),
        (date(2027, 2, 1), date(2027, 3, 1)),
        (date(2027, 3, 2), None),
    ],
)
def test_deadline_next(today: date, deadline: date | None) -> None:
    assert deadline_next("2027", today) == deadline


def test_deadline_of_a_season_without_dates() -> None:
    assert deadline_next("2099", TODAY) is None


def test_signals_too_many_of_one_kind_make_up_for_none_of_another() -> None:
    levels = [{"available": 3, "placed": 5}, {"available": 12, "placed": 10}]
    assert signals_unused({"signals": [{"levels": levels}]}) == 2
    assert signals_unused({}) == 0


def test_risk_of_a_list_that_was_never_judged(desk: Desk) -> None:
    desk.saved_list.figures = None
    risk = risk_of(desk.review, desk.saved_list, TODAY)
    assert (risk.p_none, risk.cost_usd, risk.over_budget_usd) == (None, None, 0)
    assert 0 < danger(risk) < 100


def test_risk_write_is_nobodys_act(desk: Desk) -> None:
    desk.review.refresh_from_db()
    revision, changed, events = desk.review.revision, desk.review.changed_at, desk.review.events.count()
    risk_write(desk.review, NOW + timedelta(days=60))
    desk.review.refresh_from_db()
    assert (desk.review.revision, desk.review.changed_at) == (revision, changed)
    assert desk.review.events.count() == events
    assert desk.review.deadline == date(2027, 1, 31)


def test_refresh_moves_what_days_move(desk: Desk) -> None:
    desk.review.refresh_from_db()
    before, later = desk.review.danger, NOW + timedelta(days=60)
    assert risks_refresh(now=later) == 1
    desk.review.refresh_from_db()
    assert desk.review.danger > before  # nine days to the deadline, not sixty-nine
    assert desk.review.risk_at == later
    assert risks_refresh(now=later) == 0  # fresh


def test_refresh_takes_the_oldest_first_and_no_more_than_asked(desk: Desk) -> None:
    others = [review_make(_copy(desk, n), desk.organisation) for n in range(3)]
    for age, review in enumerate(others):
        Review.objects.filter(pk=review.pk).update(risk_at=NOW - timedelta(days=age + 1))
    Review.objects.filter(pk=desk.review.pk).update(risk_at=NOW)
    assert risks_refresh(now=NOW + timedelta(minutes=1), limit=2) == 2
    stale = Review.objects.filter(risk_at__lt=NOW)
    assert list(stale) == [others[0]]


def test_refresh_leaves_what_was_taken_back(desk: Desk) -> None:
    review_withdraw(review=desk.review, actor=desk.owner, now=NOW)
    assert risks_refresh(now=NOW + timedelta(days=1)) == 0


def test_refresh_asks_as_many_queries_for_many_as_for_one(desk: Desk) -> None:
    def queries() -> int:
        Review.objects.update(risk_at=None)
        with CaptureQueriesContext(connection) as asked:
            assert risks_refresh(now=NOW, limit=Review.objects.count()) == Review.objects.count()
        return len(asked)

    one = queries()
    for number in range(6):
        review_make(_copy(desk, number), desk.organisation)
    assert queries() == one


def test_refresh_loads_no_answer(desk: Desk) -> None:
    """The packed answers are tens of kilobytes each."""
    with CaptureQueriesContext(connection) as asked:
        risks_refresh(now=NOW + timedelta(days=1))
    for name in ("result", "whole"):
        column = f'"{MatchRun._meta.db_table}"."{name}"'
        assert not any(column in query["sql"] for query in asked)


def test_signal_that_is_taken_back_is_unused(desk: Desk) -> None:
    desk.saved_list.refresh_from_db()
    first = ids_of(desk.saved_list)[0]
    list_edit(saved_list=desk.saved_list, version=desk.saved_list.version, sent={first: Edit(signal="")})
    desk.review.refresh_from_db()
    assert desk.review.unused_signals == 12


def _copy(desk: Desk, number: int) -> SavedList:
    return list_copy(saved_list=desk.saved_list, name=f"Copy {number}")
