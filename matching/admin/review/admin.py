from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from matching.models import Review

from . import page_views
from .page import page_response
from .page_access import review_or_404
from .page_form import Typed
from .queue import QueueMixin

PAGES = (
    ("change/propose/", page_views.propose, "propose"),
    ("patch/", page_views.patch_save, "patch"),
    ("patch/<int:patch_id>/withdraw/", page_views.patch_drop, "drop"),
    ("move/", page_views.move, "move"),
    ("preview/", page_views.preview, "preview"),
    ("find/", page_views.find, "find"),
    ("version/<int:number>/", page_views.version, "version"),
)


@admin.register(Review)
class ReviewAdmin(QueueMixin):
    """Lists that were sent to be looked at: the queue, and the page where one is worked on."""

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"<uuid:review_id>/{where}", self.admin_site.admin_view(view), name=f"matching_review_{name}"
            )
            for where, view, name in PAGES
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page. What is done there has addresses of its own, so this one only shows."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        review = review_or_404(request, object_id)
        if request.method == "POST":
            return redirect(reverse("admin:matching_review_change", args=[review.pk]))
        kind, program = request.GET.get("kind", ""), request.GET.get("program", "")
        return page_response(request, review, typed=Typed.of({"kind": kind, "program": program}))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What was done to a review is told on its page, not in Django's log."""
        page = reverse("admin:matching_review_change", args=[object_id])
        return redirect(f"{page}#history")
