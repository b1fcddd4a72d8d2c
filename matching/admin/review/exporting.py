"""People out of the queue, as a table: only with a permission of its own, and noted for each of them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from matching.access import export_note
from matching.admin.caseload import owner_words
from matching.caseload import reviews_visible
from matching.exporting.columns import Cell, Column, Table, file_name
from matching.exporting.csv import csv_bytes
from matching.models import Review

COLUMNS = (
    ("review", 9), ("applicant", 24), ("list", 30), ("state", 20), ("organisation", 24), ("group", 16),
    ("advisor", 20), ("submitted", 12), ("programs", 9), ("strict rules broken", 9),
    ("chance of no interview", 9), ("chance of a match", 9), ("next deadline", 12), ("cost in USD", 9),
)  # fmt: skip


class ExportsPeople:
    """An action of the queue. Who lacks the permission is not offered it; sent by hand it does nothing."""

    def has_export_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("matching.export_people"))

    @admin.action(description="Export as CSV (it is written down who did)", permissions=["export"])
    def export_people(self, request: HttpRequest, queryset: QuerySet[Review]) -> HttpResponse:
        """No e-mail address and nothing of the profile: who it is, where it stands, how it looks."""
        chosen = reviews_visible(request.user).filter(pk__in=queryset.order_by().values("pk"))
        rows = list(chosen.select_related("saved_list__owner", "organisation", "group", "advisor"))
        export_note(request, Review, [review.saved_list.owner for review in rows])
        columns = tuple(Column(name, width) for name, width in COLUMNS)
        name = file_name("reviews", f"{timezone.now():%Y-%m-%d}", "csv")
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        body = csv_bytes(Table(columns, tuple(_cells(review) for review in rows)))
        return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=headers)


def _cells(review: Review) -> tuple[Cell, ...]:
    return (
        review.code,
        owner_words(review.saved_list),
        review.saved_list.name,
        review.get_state_display(),
        review.organisation.name,
        review.group.name if review.group else "",
        (review.advisor.get_full_name() or review.advisor.get_username()) if review.advisor else "",
        f"{review.submitted_at:%Y-%m-%d}",
        review.programs,
        review.strict_fails,
        review.p_none,
        review.p_match,
        f"{review.deadline:%Y-%m-%d}" if review.deadline else "",
        review.cost_usd,
    )
