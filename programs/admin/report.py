from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.views.decorators.http import require_POST

from programs.admin.base import ReadOnlyAdmin
from programs.admin.fact_words import fact_says
from programs.admin.pages import allow, back, strip
from programs.fact_fields import FACT_FIELDS
from programs.models import FactReport
from programs.presentation import web_host
from programs.services.reports import (
    MAY,
    ReportSettled,
    report_assign,
    report_decline,
    report_reopen,
    report_settle,
)

ITSELF = "itself"


class TaskFilter(admin.SimpleListFilter):
    """Whose task it is, and whether it is late. Without a choice: whatever is open."""

    title = "task"
    parameter_name = "task"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("mine", "mine"), ("nobody", "nobody's"), ("overdue", "overdue"), ("settled", "settled")]

    def choices(self, changelist: Any) -> Iterator[Any]:
        for at, choice in enumerate(super().choices(changelist)):
            yield choice if at else {**choice, "display": "open"}

    def queryset(self, request: HttpRequest, queryset: QuerySet[FactReport]) -> QuerySet[FactReport]:
        new = queryset.filter(state=FactReport.State.NEW)
        if self.value() == "settled":
            return queryset.exclude(state=FactReport.State.NEW)
        if self.value() == "mine":
            return new.filter(assigned_to=request.user.pk)
        if self.value() == "nobody":
            return new.filter(assigned_to=None)
        return new.filter(due_on__lt=timezone.localdate()) if self.value() == "overdue" else new


class AboutFilter(admin.SimpleListFilter):
    title = "what it is about"
    parameter_name = "about"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        fields = FactReport.objects.order_by("field").values_list("field", flat=True).distinct()
        return [
            (field or ITSELF, FACT_FIELDS[field].label if field else "the program itself") for field in fields
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[FactReport]) -> QuerySet[FactReport]:
        if not self.value():
            return queryset
        return queryset.filter(field="" if self.value() == ITSELF else self.value())


def may_be_given() -> QuerySet[User]:
    """Who of the staff may settle reports."""
    app, codename = MAY.split(".")
    right = Permission.objects.filter(content_type__app_label=app, codename=codename)
    named = Q(user_permissions__in=right) | Q(groups__permissions__in=right) | Q(is_superuser=True)
    return User.objects.filter(named, is_active=True, is_staff=True).distinct().order_by("username")


class AssignForm(forms.Form):
    assigned_to = forms.ModelChoiceField(
        User.objects.none(), required=False, empty_label="nobody", label="Whose task"
    )
    due_on = forms.DateField(
        required=False, label="Due on", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assigned_to"].queryset = may_be_given()  # type: ignore[attr-defined]


@admin.register(FactReport)
class FactReportAdmin(ReadOnlyAdmin[FactReport]):
    """What readers say is wrong: tasks of the desk. One records what is right, or says why not."""

    list_display = ("program", "about", "in_short", "assigned_to", "due", "state", "created_at")
    list_filter = (TaskFilter, AboutFilter)
    list_select_related = ("program", "fact", "assigned_to")
    search_fields = ("program__search_text",)
    search_help_text = "The program: name, institution, city or code."
    fields = ("program", "about", "held", "said", "where", "created_at", "state")
    readonly_fields = fields
    change_form_template = "admin/programs/factreport/change_form.html"

    def has_delete_permission(self, request: HttpRequest, obj: FactReport | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        task = self.admin_site.admin_view(task_view)
        return [path("<int:report_id>/task/", task, name="programs_factreport_task"), *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        report = self.get_object(request, object_id)
        context = dict(extra_context or {})
        if report is not None:
            first = {"assigned_to": report.assigned_to_id, "due_on": report.due_on}
            context |= {
                "report": report,
                "assign": AssignForm(initial=first),
                "may_settle": request.user.has_perm(MAY),
                "may_record": request.user.has_perm("programs.add_programfact"),
                "strip": strip(request),
                "settled_says": fact_says(report.settled_fact) if report.settled_fact else "",
            }
        return super().change_view(request, object_id, form_url, context)

    @admin.display(description="about", ordering="field")
    def about(self, report: FactReport) -> str:
        return FACT_FIELDS[report.field].label if report.field else "the program itself"

    @admin.display(description="what we hold")
    def held(self, report: FactReport) -> str:
        if report.fact or not report.field:
            return fact_says(report.fact) if report.fact else "no statement named"
        held = report.program.facts.filter(field=report.field).order_by("-is_current", "id")
        return "; ".join(fact_says(fact) for fact in held) or "nothing"

    @admin.display(description="said")
    def in_short(self, report: FactReport) -> str:
        return Truncator(report.said).chars(120)

    @admin.display(description="due", ordering="due_on")
    def due(self, report: FactReport) -> str:
        if report.due_on is None:
            return "–"
        late = report.state == FactReport.State.NEW and report.due_on < timezone.localdate()
        return f"{report.due_on:%-d %b %Y}{', overdue' if late else ''}"

    @admin.display(description="where it can be read")
    def where(self, report: FactReport) -> str:
        if not web_host(report.url):
            return report.url or "not said"
        return format_html('<a href="{}" rel="noreferrer noopener nofollow">{}</a>', report.url, report.url)


@require_POST
def task_view(request: HttpRequest, report_id: int) -> HttpResponse:
    """What is done with a task: given to someone, settled with a note, declined with one, opened again."""
    by, now = allow(request, "change_factreport"), timezone.now()
    report = get_object_or_404(FactReport, pk=report_id)
    note, do = request.POST.get("note", ""), request.POST.get("do", "")
    page = reverse("admin:programs_factreport_change", args=[report.pk])
    try:
        if do == "assign":
            form = AssignForm(request.POST)
            if not form.is_valid():
                raise ValidationError("Choose someone of the data desk, and a day such as 2026-12-01.")
            data = form.cleaned_data
            report_assign(report=report, to=data["assigned_to"], due_on=data["due_on"], by=by)
            messages.success(request, "The task is given.")
            return HttpResponseRedirect(page)
        if do == "reopen":
            report_reopen(report=report, by=by)
            messages.success(request, "It is a task again. What was recorded stays.")
            return HttpResponseRedirect(page)
        if do == "accept":
            report_settle(report=report, note=note, by=by, now=now)
            messages.success(request, "Settled with your note.")
        elif do == "decline":
            report_decline(report=report, note=note, by=by, now=now)
            messages.success(request, "Declined with your note.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(page)
    except ReportSettled:
        messages.info(request, "Another was quicker: it is settled already.")
    return back(request, reverse("admin:programs_factreport_changelist"))
