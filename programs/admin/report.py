from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import Truncator

from programs.admin.base import DeskAdmin
from programs.admin.fact_words import fact_says
from programs.fact_fields import FACT_FIELDS
from programs.models import FactReport
from programs.presentation import web_host


@admin.register(FactReport)
class FactReportAdmin(DeskAdmin[FactReport]):
    """What readers say is wrong. The desk records what is right as a fact and says here what came of it."""

    list_display = ("program", "about", "in_short", "state", "created_at")
    list_filter = ("state", "field")
    list_select_related = ("program", "fact")
    search_fields = ("program__search_text",)
    search_help_text = "The program: name, institution, city or code."
    readonly_fields = ("program", "about", "held", "said", "where", "created_at")
    fields = (*readonly_fields, "state")
    actions = ("accept", "decline")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="about", ordering="field")
    def about(self, report: FactReport) -> str:
        return FACT_FIELDS[report.field].label if report.field else "the program itself"

    @admin.display(description="what we hold")
    def held(self, report: FactReport) -> str:
        return fact_says(report.fact) if report.fact else "no statement named"

    @admin.display(description="said")
    def in_short(self, report: FactReport) -> str:
        return Truncator(report.said).chars(120)

    @admin.display(description="where it can be read")
    def where(self, report: FactReport) -> str:
        if not web_host(report.url):
            return report.url or "not said"
        return format_html('<a href="{}" rel="noreferrer noopener nofollow">{}</a>', report.url, report.url)

    @admin.action(description="Accept: the catalogue was put right", permissions=["change"])
    def accept(self, request: HttpRequest, queryset: QuerySet[FactReport]) -> None:
        queryset.update(state=FactReport.State.ACCEPTED)

    @admin.action(description="Decline: the catalogue stays as it is", permissions=["change"])
    def decline(self, request: HttpRequest, queryset: QuerySet[FactReport]) -> None:
        queryset.update(state=FactReport.State.DECLINED)
