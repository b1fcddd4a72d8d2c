"""Small views beside the queue: take one out of the pool, and keep, rename and delete one's own views."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from matching.models import Review, SavedFilter
from matching.review.faults import ReviewNotPossible
from matching.review.queue.rows import POOL, queue_rows
from matching.review.queue.saved import (
    FilterNotKept,
    filter_delete,
    filter_keep,
    filter_rename,
    query_kept,
)
from matching.review.services import review_claim

from .queue_actions import user_of
from .queue_filters import KEPT, desk
from .queue_list import back_to


@require_POST
def claim(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """One of the pool. Whoever comes second is told so, and reads nothing of it."""
    if not request.user.has_perm("matching.change_review"):
        raise PermissionDenied
    review = queue_rows(desk(request), POOL).filter(pk=review_id).first()
    if review is None:
        messages.error(request, "That review is not waiting any more: another advisor may have taken it.")
        return redirect(back_to(request))
    try:
        review_claim(review=review, advisor=user_of(request), now=timezone.now())
    except ReviewNotPossible as fault:
        messages.error(request, f"Not claimed: {review.code}. {fault.words}")
    else:
        page = reverse("admin:matching_review_change", args=[review.pk])
        messages.success(request, format_html('Claimed: <a href="{}">{}</a>.', page, review.code))
    return redirect(back_to(request))


@require_POST
def view_keep(request: HttpRequest) -> HttpResponse:
    query = query_kept(request.POST.get("query", ""), KEPT)
    try:
        kept = filter_keep(user=user_of(request), name=request.POST.get("name", ""), query=query)
    except FilterNotKept as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, f"Kept as a view: {kept.name}.")
    return redirect(reverse("admin:matching_review_changelist") + f"?{query}")


def views_kept(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    rows = desk(request).user.saved_filters.all()
    more = {"title": "Views you keep", "rows": rows, "opts": Review._meta}
    return TemplateResponse(request, "admin/matching/review/queue_views.html", context | more)


@require_POST
def view_rename(request: HttpRequest, filter_id: int) -> HttpResponse:
    kept = get_object_or_404(SavedFilter, pk=filter_id, user=user_of(request))
    try:
        filter_rename(kept=kept, name=request.POST.get("name", ""))
    except FilterNotKept as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, f"It is called {kept.name} now.")
    return redirect("admin:matching_review_views")


@require_POST
def view_delete(request: HttpRequest, filter_id: int) -> HttpResponse:
    kept = get_object_or_404(SavedFilter, pk=filter_id, user=user_of(request))
    filter_delete(kept=kept)
    messages.success(request, f"Deleted: {kept.name}. The reviews in it are as they were.")
    return redirect("admin:matching_review_views")
