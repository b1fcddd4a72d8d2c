from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join

from applicants.portrait import portrait
from applicants.selectors import specialty_names
from matching.admin.caseload import desk_link, owner_words
from matching.admin.filters import SeasonFilter
from matching.admin.people import PeopleAdmin
from matching.caseload import lists_visible, matches_visible
from matching.models import Match
from matching.presentation.options import option_lines
from matching.presentation.review_page import figures
from matching.selectors import MatchNotReady, match_document


@admin.register(Match)
class MatchAdmin(PeopleAdmin[Match]):
    """Whose answer which run is. A session's identifier is not shown; deleting takes the run's last match."""

    list_display = ("created_at", "whose", "state", "season", "model_version", "data_version")
    visible = staticmethod(matches_visible)
    list_filter = ("run__state", SeasonFilter.of("run__season"))
    date_hierarchy = "created_at"
    list_select_related = ("owner", "api_key", "run")
    search_fields = ("owner__username", "api_key__name", "api_key__prefix")
    search_help_text = "The account's name, or the key's."
    change_form_template = "admin/matching/match/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Match]:
        rows = super().get_queryset(request)
        return rows.defer("run__result", "run__whole", "run__profile", "run__options")

    def get_fieldsets(self, request: HttpRequest, obj: Match | None = None) -> Any:
        return []  # the template writes the page

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        match = context["original"]
        try:
            context["figures"] = figures(match_document(match, explain=0)["summary"])
        except MatchNotReady as fault:
            context["not_ready"] = fault.reason or fault.state
        found = lists_visible(request.user).filter(match=match)
        lists = ((desk_link(request, saved_list, saved_list.name),) for saved_list in found)
        context |= {
            "lines": portrait(match.run.profile, specialties=specialty_names()),
            "options": option_lines(match.run.options),
            "whose": owner_words(match),
            "lists": format_html_join(", ", "{}", lists),
            "run_link": desk_link(request, match.run, f"run {match.run_id}"),
            "profile_link": desk_link(request, match.profile, "The profile now") if match.profile else "",
        }
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="whose", ordering="owner__username")
    def whose(self, match: Match) -> str:
        return owner_words(match)

    @admin.display(description="state", ordering="run__state")
    def state(self, match: Match) -> str:
        return match.run.get_state_display()

    @admin.display(description="season", ordering="run__season")
    def season(self, match: Match) -> str:
        return match.run.season

    @admin.display(description="model")
    def model_version(self, match: Match) -> str:
        return match.run.model_version

    @admin.display(description="data")
    def data_version(self, match: Match) -> str:
        return match.run.data_version
