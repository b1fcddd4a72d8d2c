"""Which reviews stand in the queue: her own, the pool she may take from, or her organisation's."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from matching.caseload import organisations_led, organisations_of, reviews_pool, reviews_visible
from matching.models import Review

MINE, POOL, ORGANISATION = "mine", "pool", "organisation"
State = Review.State
IN_WORK = (State.SUBMITTED, State.IN_REVIEW, State.CHANGES_ASKED)
# What waits for somebody: all but what was taken back and what is approved and still fits.
OPEN = Q(state__in=(*IN_WORK, State.APPROVED)) & (~Q(state=State.APPROVED) | Q(stale_since__isnull=False))


@dataclass(frozen=True, slots=True)
class Desk:
    """Who looks, and the ids of organisations: hers, and those she leads. None: a superuser, all."""

    user: User
    member_of: tuple[int, ...] | None
    leads: tuple[int, ...] | None

    @property
    def is_lead(self) -> bool:
        return self.leads is None or bool(self.leads)

    @property
    def views(self) -> tuple[str, ...]:
        return (MINE, POOL, ORGANISATION) if self.is_lead else (MINE, POOL)

    def view_named(self, name: str) -> str:
        """Nobody opens a view that is not hers; a lead begins with all of her organisation."""
        return name if name in self.views else self.views[-1] if self.is_lead else MINE


def desk_of(user: User) -> Desk:
    """Two queries, none for a superuser."""
    if user.is_superuser:
        return Desk(user, None, None)
    leads = tuple(organisations_led(user).order_by("pk").values_list("pk", flat=True))
    return Desk(user, tuple(organisations_of(user).order_by("pk").values_list("pk", flat=True)), leads)


def queue_rows(desk: Desk, view: str) -> QuerySet[Review]:
    """The caseload decides; the ids beside it are what the indexes are asked for."""
    if view == POOL:
        return _within(reviews_pool(desk.user), desk.member_of)
    visible = reviews_visible(desk.user)
    return visible.filter(advisor=desk.user) if view == MINE else _within(visible, desk.leads)


def _within(rows: QuerySet[Review], organisations: tuple[int, ...] | None) -> QuerySet[Review]:
    return rows if organisations is None else rows.filter(organisation__in=organisations)


def snoozed(today: date) -> Q:
    return Q(snoozed_until__gt=today)


def awake(today: date) -> Q:
    return Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=today)


def queue_counts(desk: Desk, today: date) -> dict[str, int]:
    """How many open reviews that nobody put off each view holds, a query each."""
    return {view: queue_rows(desk, view).filter(OPEN, awake(today)).count() for view in desk.views}
