"""Cohorts of partners at the desk: how far they are and whose they are. Nothing of an applicant is shown."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from matching.cohorts.running import cohort_cancel
from matching.models import Cohort
from programs.admin.base import NoDelete, ReadOnlyAdmin


@admin.register(Cohort)
class CohortAdmin(NoDelete, ReadOnlyAdmin[Cohort]):
    """Its chunks hold what was sent and answered; they are nowhere on the desk. Cancelling erases them."""

    list_display = (
        "id", "state", "api_key", "total", "scored", "rejected", "created_at", "finished_at", "erase_at",
    )  # fmt: skip
    list_filter = ("state", "season")
    list_select_related = ("api_key",)
    search_fields = ("=id", "api_key__name", "api_key__prefix")
    date_hierarchy = "created_at"
    fields = (
        ("state", "reason"), "api_key", ("total", "scored", "rejected"), ("weight", "weight_done"),
        ("season", "model_version", "data_version"), ("created_at", "started_at", "served_at", "rung_at"),
        ("finished_at", "erase_at"),
    )  # fmt: skip
    actions = ("cancel",)

    def has_cancel_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("matching.change_cohort")

    @admin.action(description="Cancel selected cohorts and erase what they hold", permissions=["cancel"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Cohort]) -> None:
        # One that is still being received has nobody's eye on it yet: it ends by itself.
        cohorts = list(queryset.exclude(state__in=(Cohort.State.CANCELLED, Cohort.State.RECEIVING)))
        for cohort in cohorts:
            cohort_cancel(cohort=cohort, now=timezone.now())
            self.log_change(request, cohort, "Cancelled.")
        self.message_user(request, f"Cancelled: {len(cohorts)}. What they held is erased.")
