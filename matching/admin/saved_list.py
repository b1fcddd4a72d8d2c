from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse

from applicants.portrait import portrait
from applicants.selectors import specialty_names
from matching.admin.caseload import desk_link, owner_words, review_link
from matching.admin.filters import SeasonFilter
from matching.admin.people import PeopleAdmin
from matching.caseload import lists_visible
from matching.models import SavedList
from matching.presentation.options import option_lines
from matching.presentation.review_page import review_page
from matching.presentation.tiers import TIERS
from matching.selectors import MatchNotReady, list_entries, match_document
from matching.services import list_delete


@admin.register(SavedList)
class SavedListAdmin(PeopleAdmin[SavedList]):
    """Lists under reviews one sees. The private link's token and the visitor's identifier are not shown."""

    list_display = ("name", "whose", "season", "programs", "tiers", "created_at")
    visible = staticmethod(lists_visible)
    list_filter = (SeasonFilter.of("match__run__season"),)
    date_hierarchy = "created_at"
    list_select_related = ("owner", "match__run")
    search_fields = ("name", "owner__username", "owner__first_name", "owner__last_name")
    search_help_text = "The list's name or the account's."
    change_form_template = "admin/matching/savedlist/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[SavedList]:
        per_tier = {f"{tier}_count": Count("entries", filter=Q(entries__tier=tier)) for tier in TIERS}
        rows = super().get_queryset(request).annotate(entry_count=Count("entries"), **per_tier)
        return rows.defer(
            "match__run__result", "match__run__whole", "match__run__profile", "match__run__options"
        )

    def get_fieldsets(self, request: HttpRequest, obj: SavedList | None = None) -> Any:
        return []  # the template writes the page

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        saved_list = context["original"]
        match = saved_list.match
        try:
            document = match_document(match, explain=0)
        except MatchNotReady as fault:
            document = None
            context["not_ready"] = fault.reason or fault.state
        context |= {
            "page": review_page(list(list_entries(saved_list)), document, saved_list.figures),
            "lines": portrait(match.run.profile, specialties=specialty_names()),
            "options": option_lines(match.run.options),
            "whose": owner_words(saved_list),
            "review_link": review_link(request, saved_list),
            "match_link": desk_link(request, match, "The match"),
            "profile_link": desk_link(request, match.profile, "The profile now") if match.profile else "",
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def delete_model(self, request: HttpRequest, obj: SavedList) -> None:
        list_delete(saved_list=obj)

    @admin.display(description="account", ordering="owner__username")
    def whose(self, saved_list: SavedList) -> str:
        return owner_words(saved_list)

    @admin.display(description="season", ordering="match__run__season")
    def season(self, saved_list: SavedList) -> str:
        return saved_list.match.run.season

    @admin.display(description="programs", ordering="entry_count")
    def programs(self, saved_list: SavedList) -> int:
        return int(getattr(saved_list, "entry_count", 0))

    @admin.display(description="tiers")
    def tiers(self, saved_list: SavedList) -> str:
        counts = ((tier, getattr(saved_list, f"{tier}_count", 0)) for tier in TIERS)
        return " · ".join(f"{count} {tier}" for tier, count in counts if count) or "no odds"
