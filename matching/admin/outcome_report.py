from datetime import date
from io import StringIO
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from matching.access import EXPORTED, access_note
from matching.admin.caseload import desk_link, owner_words
from matching.admin.people import PeopleAdmin
from matching.caseload import reports_visible
from matching.models import OutcomeReport
from matching.presentation.numbers import average
from matching.reporting.desk import desk_lines, pooled
from matching.reporting.exporting import exported_words, outcomes_export
from matching.reporting.held import held_of
from matching.reporting.selectors import report_rows
from matching.reporting.services import report_witness
from matching.reporting.timing import season_times

SEEN = "Marked as seen: the applicant's proof was looked at"


@admin.register(OutcomeReport)
class OutcomeReportAdmin(PeopleAdmin[OutcomeReport]):
    """What applicants told and let us count, held against what was expected. What is theirs alone is not
    shown to anybody."""

    list_display = ("list_name", "whose", "season", "applications", "expected", "came", "proof", "updated_at")
    visible = staticmethod(reports_visible)
    list_filter = ("season", "evidence")
    list_select_related = ("saved_list__owner", "seen_by")
    search_fields = ("saved_list__name", "saved_list__owner__username")
    search_help_text = "The list's name or the account's."
    change_form_template = "admin/matching/outcomereport/change_form.html"
    change_list_template = "admin/matching/outcomereport/change_list.html"
    actions = ("witness", "export")

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutcomeReport]:
        return super().get_queryset(request).filter(consented_at__isnull=False)

    def subjects(self, obj: OutcomeReport) -> list[User | None]:
        return [obj.saved_list.owner]

    def get_fieldsets(self, request: HttpRequest, obj: OutcomeReport | None = None) -> Any:
        return []  # the template writes the page

    def has_witness_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("matching.witness_outcomereport")

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("matching.export_outcomereport")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """All the reports the filters leave, taken together above them."""
        response = super().changelist_view(request, extra_context)
        listed = getattr(response, "context_data", {}).get("cl")
        if listed is not None:
            response.context_data["pooled"] = pooled(listed.queryset)  # type: ignore[attr-defined]
        return response

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        report: OutcomeReport = context["original"]
        rows, times = report_rows(report), season_times(report.season)
        over = times.over(today())
        counted = sum(cell[0] for cell in report.tally.values())
        context |= {
            "held": held_of(report.forecast, rows, over=over, counted_rows=counted),
            "lines": desk_lines(rows),
            "over": over,
            "whose": owner_words(report.saved_list),
            "list_link": desk_link(request, report.saved_list, report.saved_list.name),
            "may_witness": self.has_witness_permission(request) and report.evidence == "said",
            "actions_address": reverse("admin:matching_outcomereport_changelist"),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.action(description="Mark as seen by me (I looked at proof of it)", permissions=["witness"])
    def witness(self, request: HttpRequest, queryset: QuerySet[OutcomeReport]) -> None:
        assert isinstance(request.user, User)
        for report in queryset.filter(evidence=OutcomeReport.Evidence.SAID):
            report_witness(report=report, advisor=request.user, now=timezone.now())
            self.log_change(request, report, SEEN)
            messages.success(request, f"Marked as seen by you: {report.saved_list.name}.")

    @admin.action(description="Export as CSV for the calibration", permissions=["export"])
    def export(self, request: HttpRequest, queryset: QuerySet[OutcomeReport]) -> HttpResponse:
        assert isinstance(request.user, User)
        out = StringIO(newline="")
        words = exported_words(outcomes_export(queryset, out, today=today()))
        access_note(request, EXPORTED, OutcomeReport, rows=queryset.count())
        LogEntry.objects.create(
            user=request.user,
            content_type=ContentType.objects.get_for_model(OutcomeReport),
            object_repr="outcomes.csv",
            action_flag=CHANGE,
            change_message=f"Exported: {words}",
        )
        name = f"outcomes-{today():%Y-%m-%d}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)

    @admin.display(description="list", ordering="saved_list__name")
    def list_name(self, report: OutcomeReport) -> str:
        return report.saved_list.name

    @admin.display(description="account", ordering="saved_list__owner__username")
    def whose(self, report: OutcomeReport) -> str:
        return owner_words(report.saved_list)

    @admin.display(description="applications")
    def applications(self, report: OutcomeReport) -> str:
        return str(report.forecast["applications"]) if report.forecast else "no chance kept"

    @admin.display(description="interviews expected")
    def expected(self, report: OutcomeReport) -> str:
        found = report.forecast
        return f"{average(found['expected'])} ({found['p10']} to {found['p90']})" if found else ""

    @admin.display(description="came")
    def came(self, report: OutcomeReport) -> str:
        return str(report.forecast["came"]) if report.forecast else ""

    @admin.display(description="evidence", ordering="evidence")
    def proof(self, report: OutcomeReport) -> str:
        if report.evidence == OutcomeReport.Evidence.SAID or report.seen_at is None:
            return "as the applicant says"
        who = report.seen_by.get_username() if report.seen_by else "an account that is gone"
        return f"seen by {who}, {report.seen_at:%-d %B %Y}"


def today() -> date:
    return timezone.now().date()
