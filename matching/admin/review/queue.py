"""The queue: reviews the most endangered first."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from matching.access import SEARCHED, access_note
from matching.admin import disagreement
from matching.caseload import reviews_visible
from matching.models import Review
from matching.review.queue.rows import MINE, POOL
from programs.admin.base import NoDelete, ReadOnlyAdmin

from . import queue_views
from .exporting import ExportsPeople
from .queue_actions import QueueActions
from .queue_columns import MINE_COLUMNS, ORGANISATION_COLUMNS, POOL_COLUMNS, QueueColumns
from .queue_filters import FILTERS, view_of
from .queue_list import QueueList, kept_views, tabs

WORDS_SEARCHED = 6
COLUMNS = {MINE: MINE_COLUMNS, POOL: POOL_COLUMNS}
OWNER = "saved_list__owner__"


class QueueMixin(ExportsPeople, QueueActions, QueueColumns, NoDelete, ReadOnlyAdmin[Review]):
    """What the list of reviews shows and does. Its order is the model's: danger, then who waits longest."""

    actions = ("claim", "hand_over", "snooze", "ask", "release", "export_people")
    list_filter = FILTERS
    list_select_related = ("saved_list__owner", "advisor", "group")
    search_fields = ("=code", f"{OWNER}first_name", f"{OWNER}last_name", f"{OWNER}username", f"={OWNER}email")
    search_help_text = "A name, a code, or a whole e-mail address."
    change_list_template = "admin/matching/review/change_list.html"
    preserve_filters = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        return reviews_visible(request.user)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return QueueList

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return COLUMNS.get(view_of(request), ORGANISATION_COLUMNS)

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> tuple[str, ...]:
        return ("applicant",)

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """Who is in the pool is not known to whoever looks into it, and is not to be found out by asking."""
        return ("=code",) if view_of(request) == POOL else self.search_fields

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Review], search_term: str
    ) -> tuple[QuerySet[Review], bool]:
        words = search_term.split()[:WORDS_SEARCHED]  # each is a condition of the query
        return super().get_search_results(request, queryset, " ".join(words))

    def get_actions(self, request: HttpRequest) -> dict[str, tuple[Callable[..., str], str, str] | None]:
        fit = (
            ("claim",)
            if view_of(request) == POOL
            else ("hand_over", "snooze", "ask", "release", "export_people")
        )
        return {name: action for name, action in super().get_actions(request).items() if name in fit}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        response = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", None)
        listed = (context or {}).get("cl")
        if context is None or listed is None:
            return response
        if listed.query:
            access_note(request, SEARCHED, Review, rows=listed.result_count)
        context["tabs"] = list(tabs(request))
        context["kept_views"] = kept_views(request, listed.query_now)
        return response

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view

        def views_kept(request: HttpRequest) -> HttpResponse:
            return queue_views.views_kept(request, self.admin_site.each_context(request))

        def report(request: HttpRequest) -> HttpResponse:
            return disagreement.report(request, self.admin_site.each_context(request))

        def may(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
            def permitted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
                if not self.has_view_permission(request):
                    raise PermissionDenied
                return view(request, *args, **kwargs)

            return wrap(permitted)

        own = [
            path("disagreement/", wrap(report), name="matching_disagreement"),
            path("disagreement.csv", wrap(disagreement.report_csv), name="matching_disagreement_csv"),
            path("views/", may(views_kept), name="matching_review_views"),
            path("views/keep/", may(queue_views.view_keep), name="matching_review_view_keep"),
            path(
                "views/<int:filter_id>/rename/",
                may(queue_views.view_rename),
                name="matching_review_view_rename",
            ),
            path(
                "views/<int:filter_id>/delete/",
                may(queue_views.view_delete),
                name="matching_review_view_delete",
            ),
            path("<uuid:review_id>/claim/", may(queue_views.claim), name="matching_review_claim"),
        ]
        return [*own, *super().get_urls()]
