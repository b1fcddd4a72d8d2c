"""The parts of the page that change when something is pressed: swapped alone, or the whole page without
scripts."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from matching.models import Review, ReviewPatch
from matching.selectors import list_entries

from .page import page_response, panel_context
from .page_access import review_or_404
from .page_form import Typed
from .page_rows import OPEN, pending_of
from .page_told import Notice

PARTS = "admin/matching/review/"


def part_asked(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request"))


def form_response(request: HttpRequest, review: Review, typed: Typed) -> HttpResponse:
    """The form alone, about something else."""
    if not part_asked(request):
        return page_response(request, review, typed=typed)
    context = _context(review, typed) | {"focus": True}
    return render(request, f"{PARTS}_propose.html", context)


def kept_response(
    request: HttpRequest,
    review: Review,
    typed: Typed,
    *,
    errors: Mapping[str, str] | None = None,
    notice: Notice | None = None,
    status: int = 422,
) -> HttpResponse:
    """Nothing was done: what was typed stands there again, with what is in the way of it."""
    review = review_or_404(request, review.pk)
    if not part_asked(request):
        return page_response(request, review, typed=typed, errors=errors, notice=notice, status=status)
    context = _context(review, typed, errors) | {"notice": notice, "focus": True, "moved": status == 409}
    return render(request, f"{PARTS}_panel_swap.html", context, status=status)


def done_response(request: HttpRequest, review: Review, patch: ReviewPatch, words: str) -> HttpResponse:
    """A change was written: an empty form, and what is beside its program in the list."""
    if not part_asked(request):
        messages.success(request, words)
        return redirect(f"{reverse('admin:matching_review_change', args=[review.pk])}#proposed")
    review = review_or_404(request, review.pk)
    program = patch.program_id
    open_now = review.patches.filter(program=program, state__in=OPEN).order_by("id") if program else ()
    context = _context(review) | {
        "notice": Notice(words, good=True),
        "moved": True,
        "program": program if patch.kind != ReviewPatch.Kind.ADD else None,
        "pending": [pending_of(each) for each in open_now],
    }
    return render(request, f"{PARTS}_panel_swap.html", context)


def _context(
    review: Review, typed: Typed | None = None, errors: Mapping[str, str] | None = None
) -> dict[str, object]:
    entries = list(list_entries(review.saved_list))
    return {"review": review, **panel_context(review, entries, typed, errors)}
