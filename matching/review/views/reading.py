"""The page of one's own list with an advisor: where it stands, what is proposed, or how to send it."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from matching.models import Review, SavedList
from matching.review.changed import changed_since
from matching.review.forms import MessageForm, SendForm
from matching.review.owned import reviews_of_list
from matching.review.page import Trouble, review_page
from matching.review.panel import ask_of, empty_of
from matching.review.selectors import events_for_owner, patches_for_owner
from matching.review.states import may
from matching.views.access import list_or_404


@never_cache
@require_safe
def review(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    return review_drawn(request, list_or_404(request, list_id))


def review_drawn(
    request: HttpRequest,
    saved_list: SavedList,
    *,
    form: SendForm | None = None,
    again: MessageForm | None = None,
    trouble: Trouble | None = None,
) -> HttpResponse:
    """``form``, ``again``, ``trouble``: what was sent and could not be taken, with what is wrong."""
    reviews, code = reviews_of_list(saved_list), request.GET.get("code", "")
    latest = reviews[0] if reviews else None
    kept = next((each for each in reviews if each.code == code), latest)
    earlier = [each for each in reviews if each is not kept]
    context: dict[str, Any] = {
        "saved_list": saved_list,
        "review": kept,
        "earlier": earlier,
        "trouble": trouble,
    }
    if kept is not None:
        context |= _of_review(saved_list, kept, again)
    if latest is None or (kept is latest and latest.state == Review.State.WITHDRAWN):
        context["ask"] = ask_of(request.user, empty=empty_of(saved_list), form=form)
    bad = trouble or (form and form.errors) or (again and again.errors)
    return render(request, "review/review.html", context, status=422 if bad else 200)


def _of_review(saved_list: SavedList, kept: Review, again: MessageForm | None) -> dict[str, Any]:
    patches = patches_for_owner(kept).select_related("program__specialty", "other")
    page = review_page(kept, patches, events_for_owner(kept))
    sendable = may(kept.state, "resubmit") and (kept.state != Review.State.APPROVED or kept.stale_since)
    return {
        "page": page,
        "withdrawable": may(kept.state, "withdraw"),
        "again": (again or MessageForm()) if sendable else None,
        "changes": changed_since(kept, saved_list) if sendable else None,
    }
