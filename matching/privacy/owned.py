"""Which rows are a visitor's, what says that she was here, and how to ask for either in one query."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Model, Q, QuerySet

from applicants.models import Profile, ProfileDraft
from matching.models import (
    AdvisorMark,
    ChanceBefore,
    IdempotencyKey,
    ListDigest,
    ListEntry,
    ListLink,
    ListVersion,
    Match,
    Outcome,
    OutcomeReport,
    Plan,
    PlanStep,
    Review,
    ReviewEvent,
    ReviewPatch,
    ReviewVersion,
    SavedList,
    Scenario,
)
from programs.models import FactReport

# What a visitor owns, children before what they stand on, with the way to whose it is. Only an account's list
# is ever in a review; the rows are swept all the same, as whatever hangs on a list is.
OWNED: tuple[tuple[type[Model], str], ...] = (
    (AdvisorMark, "saved_list__visitor"),
    (ReviewEvent, "review__saved_list__visitor"),
    (ReviewPatch, "review__saved_list__visitor"),
    (ReviewVersion, "review__saved_list__visitor"),
    (Review, "saved_list__visitor"),
    (ListDigest, "saved_list__visitor"),
    (Outcome, "report__saved_list__visitor"),
    (OutcomeReport, "saved_list__visitor"),
    (ChanceBefore, "saved_list__visitor"),
    (ListEntry, "saved_list__visitor"),
    (ListVersion, "saved_list__visitor"),
    (ListLink, "saved_list__visitor"),
    (SavedList, "visitor"),
    (PlanStep, "plan__visitor"),
    (Plan, "visitor"),
    (Scenario, "match__visitor"),
    (IdempotencyKey, "match__visitor"),
    (Match, "visitor"),
    (ProfileDraft, "visitor"),
    (Profile, "visitor"),
)
# What says that a visitor did something, and when.
CHANGES: tuple[tuple[type[Model], str, str], ...] = (
    (Profile, "visitor", "updated_at"),
    (ProfileDraft, "visitor", "updated_at"),
    (Match, "visitor", "created_at"),
    (SavedList, "visitor", "updated_at"),
    (ListLink, "saved_list__visitor", "created_at"),
    (OutcomeReport, "saved_list__visitor", "updated_at"),
    (Plan, "visitor", "updated_at"),
    (PlanStep, "plan__visitor", "updated_at"),
    (Scenario, "match__visitor", "updated_at"),
    (FactReport, "reporter", "created_at"),
)
# Where visitors are named. All else hangs on one of these.
HOLDERS: tuple[tuple[type[Model], str], ...] = (
    (Profile, "visitor"),
    (ProfileDraft, "visitor"),
    (Match, "visitor"),
    (SavedList, "visitor"),
    (Plan, "visitor"),
    (FactReport, "reporter"),
)


def visitors_after(last: uuid.UUID | None, size: int) -> list[uuid.UUID]:
    """The next visitors of whom anything is kept, in the order of their ids: one query."""
    own = {"gt": last} if last is not None else {"isnull": False}
    ((lookup, value),) = own.items()
    parts = [_whose(model, path, Q(**{f"{path}__{lookup}": value})) for model, path in HOLDERS]
    return list(parts[0].union(*parts[1:]).order_by("whose")[:size])


def visitors_in_use(visitors: Iterable[uuid.UUID], *, now: datetime, keep: timedelta) -> frozenset[uuid.UUID]:
    """Those of ``visitors`` who changed anything lately, or gave a link that is still to end: one query."""
    visitors = list(visitors)
    parts = [
        _whose(model, path, Q(**{f"{path}__in": visitors, f"{when}__gt": now - keep}))
        for model, path, when in CHANGES
    ]
    promised: tuple[tuple[type[Model], str, Q], ...] = (
        (ListLink, "saved_list__visitor", Q(expires_at__gt=now, revoked_at__isnull=True)),
        (Scenario, "match__visitor", Q(shared_until__gt=now)),
    )
    parts += [
        _whose(model, path, condition & Q(**{f"{path}__in": visitors})) for model, path, condition in promised
    ]
    return frozenset(parts[0].union(*parts[1:]))


def _whose(model: type[Model], path: str, condition: Q) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = model._default_manager.filter(condition).order_by()
    named: QuerySet[Any, Any] = rows.annotate(whose=F(path)).values_list("whose", flat=True)
    return named
