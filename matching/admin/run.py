from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse

from applicants.portrait import portrait
from applicants.selectors import specialty_names
from matching.admin.people import PeopleAdmin
from matching.caseload import runs_visible
from matching.models import MatchRun
from matching.presentation.options import option_lines
from programs.admin.base import NoDelete


@admin.register(MatchRun)
class MatchRunAdmin(NoDelete, PeopleAdmin[MatchRun]):
    """Immutable, and gone with its last match. The claim's token stays out of sight."""

    visible = staticmethod(runs_visible)
    list_display = (
        "id", "state", "season", "model_version", "data_version", "attempts", "owners", "created_at",
        "finished_at",
    )  # fmt: skip
    list_filter = ("state", "season", "data_version")
    date_hierarchy = "created_at"
    fields = (
        "state", "reason", ("season", "as_of"), ("model_version", "data_version"), ("attempts", "owners"),
        ("created_at", "finished_at"), ("rung_at", "claimed_until"),
    )  # fmt: skip
    readonly_fields = ("owners",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[MatchRun]:
        return super().get_queryset(request).defer("result", "whole").annotate(match_count=Count("matches"))

    def subjects(self, obj: MatchRun) -> list[User | None]:
        """A run may be shared: each whose answer it is."""
        owners = User.objects.filter(matches__run=obj).distinct()
        return list(owners) or [None]

    @admin.display(description="matches", ordering="match_count")
    def owners(self, run: MatchRun) -> int:
        return int(getattr(run, "match_count", 0))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        run = context["original"]
        context["lines"] = portrait(run.profile, specialties=specialty_names())
        context["options"] = option_lines(run.options)
        return super().render_change_form(request, context, *args, **kwargs)
