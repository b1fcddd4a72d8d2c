"""What the queue can be narrowed by. Each is a member of the address, so a view can be kept."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from matching.models import AdvisorGroup, Membership, Review
from matching.review.queue.rows import MINE, OPEN, ORGANISATION, POOL, Desk, awake, desk_of, snoozed
from matching.review.queue.words import NEAR_DAYS, NONE_LIKELY, SOON_DAYS

Lookups = Iterable[tuple[Any, str]]
Rows = QuerySet[Review]
VIEW = "view"
VIEW_TITLES = {MINE: "Mine", POOL: "Waiting for an advisor", ORGANISATION: "My organisation"}


def today() -> date:
    return timezone.now().date()


def desk(request: HttpRequest) -> Desk:
    """Asked for by the list, its filters and its actions, looked up once a request."""
    kept: Any = request
    if not hasattr(kept, "review_desk"):
        kept.review_desk = desk_of(cast(User, request.user))
    return cast(Desk, kept.review_desk)


def view_of(request: HttpRequest) -> str:
    return desk(request).view_named(request.GET.get(VIEW, ""))


class QueueFilter(admin.SimpleListFilter):
    """``any_words``: what the list holds while nothing is chosen."""

    any_words = "any"

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        value = self.value()
        known = {str(key) for key, _ in self.lookup_choices}
        condition = self.condition(value) if value and value in known else self.unless_chosen()
        return queryset.filter(condition)

    def condition(self, value: str) -> Q:
        raise NotImplementedError

    def unless_chosen(self) -> Q:
        return Q()


class FlagFilter(QueueFilter):
    """One box: only those of which something holds."""

    is_flag = True
    holds = Q()

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        return [("1", str(self.title))]

    def condition(self, value: str) -> Q:
        return self.holds


class ViewFilter(QueueFilter):
    """Whose rows: the list itself begins from them, so nothing is left to leave out. The tabs show it."""

    title, parameter_name = "view", VIEW

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        return [(view, VIEW_TITLES[view]) for view in desk(request).views]

    def condition(self, value: str) -> Q:
        return Q()


class StateFilter(QueueFilter):
    title, parameter_name = "state", "state"
    any_words = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        return [*((state.value, str(state.label)) for state in Review.State), ("all", "every state")]

    def condition(self, value: str) -> Q:
        return Q() if value == "all" else Q(state=value)

    def unless_chosen(self) -> Q:
        return OPEN


class DeadlineFilter(QueueFilter):
    title, parameter_name = "deadline", "deadline"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        return [
            (str(SOON_DAYS), f"within {SOON_DAYS} days"),
            (str(NEAR_DAYS), f"within {NEAR_DAYS} days"),
            ("passed", "passed"),
        ]

    def condition(self, value: str) -> Q:
        if value == "passed":
            return Q(deadline__lt=today())
        return Q(deadline__range=(today(), today() + timedelta(days=int(value))))


class SnoozedFilter(QueueFilter):
    title, parameter_name = "snoozed", "snoozed"
    any_words = "out of sight"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        return [("too", "shown too"), ("only", "only these")]

    def condition(self, value: str) -> Q:
        return snoozed(today()) if value == "only" else Q()

    def unless_chosen(self) -> Q:
        return awake(today())


class NoneFilter(FlagFilter):
    title, parameter_name, holds = "no interview 50% or more", "none", Q(p_none__gte=NONE_LIKELY)


class StrictFilter(FlagFilter):
    title, parameter_name, holds = "strict fails", "strict", Q(strict_fails__gt=0)


class SignalsFilter(FlagFilter):
    title, parameter_name, holds = "unused signals", "signals", Q(unused_signals__gt=0)


class BudgetFilter(FlagFilter):
    title, parameter_name, holds = "over budget", "budget", Q(over_budget_usd__gt=0)


class MissingFilter(FlagFilter):
    title, parameter_name, holds = "missing facts", "missing", Q(missing_facts__gt=0)


class StaleFilter(FlagFilter):
    title, parameter_name, holds = "approval out of date", "stale", Q(stale_since__isnull=False)


class AdvisorFilter(QueueFilter):
    """For leads, in the view of their organisation."""

    title, parameter_name = "advisor", "advisor"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        if view_of(request) != ORGANISATION:
            return []
        members = Membership.objects.select_related("user").order_by("user__first_name", "user__username")
        leads = desk(request).leads
        if leads is not None:
            members = members.filter(organisation__in=leads)
        names = {str(row.user_id): row.user.get_full_name() or row.user.get_username() for row in members}
        return [("nobody", "nobody yet"), *names.items()]

    def condition(self, value: str) -> Q:
        return Q(advisor__isnull=True) if value == "nobody" else Q(advisor=int(value))


class GroupFilter(QueueFilter):
    title, parameter_name = "group", "group"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        found = AdvisorGroup.objects.order_by("organisation", "name")
        ids = desk(request).member_of
        if ids is not None:
            found = found.filter(organisation__in=ids)
        return [(str(pk), name) for pk, name in found.values_list("pk", "name")]

    def condition(self, value: str) -> Q:
        return Q(group=int(value))


class SeasonFilter(QueueFilter):
    """The season the site works for, and those beside it: no query looks for what else there was."""

    title, parameter_name = "season", "season"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        now = int(settings.SEASON)
        return [(str(year), str(year)) for year in (now + 1, now, now - 1, now - 2)]

    def condition(self, value: str) -> Q:
        return Q(saved_list__match__run__season=value)


FILTERS = (
    ViewFilter, StateFilter, DeadlineFilter, SnoozedFilter, AdvisorFilter, GroupFilter, SeasonFilter,
    NoneFilter, StrictFilter, SignalsFilter, BudgetFilter, MissingFilter, StaleFilter,
)  # fmt: skip
# What a kept view is made of, beside the order of its columns.
KEPT = (*(filter_.parameter_name for filter_ in FILTERS), "o")
