"""Who may open a review, and how one that changed meanwhile is noticed."""

import functools
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from matching.access import REFUSED, access_note
from matching.caseload import reviews_visible
from matching.models import Review, ReviewEvent
from matching.review.services.keeping import review_lock

Handler = Callable[..., HttpResponse]


class ReviewMoved(Exception):
    """Something was done to it since the page was drawn; ``events`` say what. Nothing was changed."""

    def __init__(self, events: list[ReviewEvent]) -> None:
        super().__init__(f"{len(events)} changes")
        self.events = events


def review_or_404(request: HttpRequest, review_id: uuid.UUID | str) -> Review:
    """One of hers, with what its page reads. Who may not see it learns nothing, not even that it exists; that
    she tried is noted."""
    rows = reviews_visible(request.user).select_related(
        "saved_list__match__run", "saved_list__match__profile", "saved_list__owner", "organisation", "group",
        "advisor", "approved_version",
    )  # fmt: skip
    rows = rows.defer("saved_list__match__run__result", "saved_list__match__run__whole")
    try:
        wanted = uuid.UUID(str(review_id))
    except ValueError:
        raise Http404 from None
    found = rows.filter(pk=wanted).first()
    if found is None:
        if (other := Review.objects.filter(pk=wanted).only("pk").first()) is not None:
            access_note(request, REFUSED, other, rows=0)
        raise Http404
    return found


def on_review(*methods: str) -> Callable[[Handler], Handler]:
    """A view of one review: of hers, by whoever of the staff may read reviews, or write them."""

    def wrapped(handler: Handler) -> Handler:
        @functools.wraps(handler)
        def view(request: HttpRequest, review_id: uuid.UUID, **more: Any) -> HttpResponse:
            if request.method == "GET" and "GET" not in methods:  # a login or a lock leads back by GET
                return redirect("admin:matching_review_change", review_id)
            right = "view" if request.method in ("GET", "HEAD") else "change"
            if not request.user.has_perm(f"matching.{right}_review"):
                raise PermissionDenied
            review = review_or_404(request, review_id)
            if review.state == Review.State.WITHDRAWN:
                return _taken_back(request, review)
            return handler(request, review, **more)

        return require_http_methods(["GET", *methods])(view)

    return wrapped


def _taken_back(request: HttpRequest, review: Review) -> HttpResponse:
    """The list is its owner's alone again: nothing of it is told any more, and nothing can be done to it."""
    if request.method in ("GET", "HEAD"):
        raise Http404
    page = reverse("admin:matching_review_change", args=[review.pk])
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": page})
    return redirect(page)


def advisor_of(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@contextmanager
def as_drawn(review: Review, revision: str) -> Iterator[None]:
    """A block that writes to a review that stands as the page showed it. Raises ReviewMoved.

    The review is locked first, so that of two who press at once the second is told what the first did.
    """
    with transaction.atomic():
        locked = review_lock(review)
        if str(locked.revision) != revision:
            raise ReviewMoved(events_since(locked, revision))
        yield


def events_since(review: Review, revision: str) -> list[ReviewEvent]:
    """What was done after the page was drawn; a revision that is none was drawn before everything."""
    drawn = int(revision) if revision.isdecimal() and len(revision) < 9 else 0
    return list(review.events.filter(data__revision__gt=drawn).order_by("id"))
