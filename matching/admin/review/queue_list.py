"""The queue's list: which rows it begins from, and what stands around it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from matching.models import Review
from matching.review.queue.rows import POOL, queue_counts, queue_rows
from matching.review.queue.saved import query_kept

from .queue_filters import KEPT, VIEW, VIEW_TITLES, FlagFilter, ViewFilter, desk, today, view_of


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    title: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class KeptView:
    name: str
    address: str
    current: bool


class QueueList(ChangeList):
    """The rows of one view. Those of the pool lead nowhere: they are claimed before they are opened."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.view = view_of(request)
        super().__init__(request, *args, **kwargs)
        self.title = "Reviews"
        if self.view == POOL:
            self.list_display_links = cast(Any, None)  # an empty one would still link the first column

    def get_queryset(
        self, request: HttpRequest, exclude_parameters: list[str | None] | None = None
    ) -> QuerySet[Review]:
        self.root_queryset = queue_rows(desk(request), self.view)
        rows: QuerySet[Review] = super().get_queryset(request, exclude_parameters)
        return rows.only(*COLUMNS)

    @property
    def choices(self) -> list[Any]:
        return [spec for spec in self.filter_specs if not isinstance(spec, FlagFilter | ViewFilter)]

    @property
    def flags(self) -> list[Any]:
        return [spec for spec in self.filter_specs if isinstance(spec, FlagFilter)]

    @property
    def query_now(self) -> str:
        """What of the address a view would be kept as."""
        return query_kept(self.get_query_string()[1:], KEPT)

    @property
    def narrowed(self) -> bool:
        return bool(self.query) or any(spec.value() for spec in (*self.choices, *self.flags))


# What a row of the queue is told from: neither the list's own figures nor the answer behind it is fetched.
COLUMNS = (
    "code", "state", "danger", "p_none", "p_match", "strict_fails", "deadline", "unused_signals",
    "over_budget_usd", "missing_facts", "programs", "cost_usd", "submitted_at", "snoozed_until",
    "snooze_note", "stale_since", "stale_reason", "organisation_id", "saved_list__owner__username",
    "saved_list__owner__first_name", "saved_list__owner__last_name", "advisor__username",
    "advisor__first_name", "advisor__last_name", "group__name",
)  # fmt: skip


def tabs(request: HttpRequest) -> Iterator[Tab]:
    here = view_of(request)
    for view, count in queue_counts(desk(request), today()).items():
        yield Tab(view, VIEW_TITLES[view], count, view == here)


def kept_views(request: HttpRequest, query: str) -> list[KeptView]:
    """Hers, by name, and which of them is open."""
    address = reverse("admin:matching_review_changelist")
    rows = desk(request).user.saved_filters.values_list("name", "query")
    return [KeptView(name, f"{address}?{kept}", kept == query) for name, kept in rows]


def back_to(request: HttpRequest) -> str:
    """The queue as it was asked for, as far as a view goes."""
    query = query_kept(request.META.get("QUERY_STRING", ""), KEPT)
    return reverse("admin:matching_review_changelist") + (f"?{query}" if query else "")


__all__ = ["COLUMNS", "VIEW", "KeptView", "QueueList", "Tab", "back_to", "kept_views", "tabs"]
