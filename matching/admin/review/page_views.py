"""What is done on the page of a review. Each view answers with the part that changed, or with the whole page
where no part is asked for."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from matching.access import OPENED, access_note
from matching.caseload import reviews_visible
from matching.models import Review, ReviewPatch
from matching.review.faults import PatchInvalid, ReviewNotPossible
from matching.review.services import patch_add, patch_change, patch_withdraw

from .page import frame, page_response
from .page_access import ReviewMoved, advisor_of, as_drawn, on_review, review_or_404
from .page_acts import ActInvalid, act
from .page_choices import programs_found
from .page_effects import effect_told
from .page_form import Typed, programs_meant
from .page_frozen import frozen_page
from .page_parts import PARTS, done_response, form_response, kept_response
from .page_told import Notice, moved_notice

SAVED = "Saved as a draft. The applicant sees it once you send."
GONE = (
    "That draft is gone: it was sent or withdrawn meanwhile. Saved as it stands here, it would be a new one."
)


@on_review("POST")
def propose(request: HttpRequest, review: Review) -> HttpResponse:
    """The form about another program, a draft or a search. Whatever was typed stays in it."""
    typed = Typed.of(request.POST)
    if (draft := request.POST.get("draft", "")).isdecimal():
        typed = Typed.of_patch(get_object_or_404(review.patches, pk=int(draft), state="draft"))
    elif program := request.POST.get("pick"):
        typed = typed.about(program)
    return form_response(request, review, typed)


@on_review("POST")
def patch_save(request: HttpRequest, review: Review) -> HttpResponse:
    typed = Typed.of(request.POST)
    try:
        with as_drawn(review, request.POST.get("revision", "")):
            patch = _written(request, review, typed)
    except ReviewMoved as moved:
        return kept_response(request, review, typed, notice=moved_notice(moved.events), status=409)
    except PatchInvalid as invalid:
        return kept_response(request, review, typed, errors=invalid.errors)
    except ReviewNotPossible as refused:
        return kept_response(request, review, typed, notice=Notice(refused.words))
    return done_response(request, review, patch, SAVED)


def _written(request: HttpRequest, review: Review, typed: Typed) -> ReviewPatch:
    members: dict[str, Any] = programs_meant(typed)
    members |= {"kind": typed.kind, "advisor": advisor_of(request), "now": timezone.now()}
    if not typed.patch:
        return patch_add(review=review, **members)
    draft = review.patches.filter(pk=int(typed.patch), state="draft").first()
    if draft is None:
        raise ReviewNotPossible(GONE)
    return patch_change(patch=draft, **members)


@on_review("POST")
def patch_drop(request: HttpRequest, review: Review, patch_id: int) -> HttpResponse:
    """Withdraw a draft, take back what was sent, end what an accepted one holds."""
    patch = get_object_or_404(review.patches, pk=patch_id)
    try:
        with as_drawn(review, request.POST.get("revision", "")):
            patch_withdraw(patch=patch, advisor=advisor_of(request), now=timezone.now())
    except ReviewMoved as moved:
        return kept_response(request, review, Typed(), notice=moved_notice(moved.events), status=409)
    except ReviewNotPossible as refused:
        return kept_response(request, review, Typed(), notice=Notice(refused.words))
    return done_response(request, review, patch, "Withdrawn.")


@on_review("POST")
def move(request: HttpRequest, review: Review) -> HttpResponse:
    """Claim, send, approve and whatever else is offered at the head."""
    faults, notice, status = {}, None, 422
    try:
        with as_drawn(review, request.POST.get("revision", "")):
            words = act(review, request.POST, advisor=advisor_of(request), now=timezone.now())
    except ReviewMoved as moved:
        notice, status = moved_notice(moved.events), 409
    except ActInvalid as invalid:
        faults = invalid.faults
    except ReviewNotPossible as refused:
        notice = Notice(refused.words)
    else:
        messages.success(request, words)
        return _onwards(request, review)
    review = review_or_404(request, review.pk)
    return page_response(request, review, sent=request.POST, faults=faults, notice=notice, status=status)


def _onwards(request: HttpRequest, review: Review) -> HttpResponse:
    """To the page again, or to the queue where it is no longer hers to open."""
    if reviews_visible(request.user).filter(pk=review.pk).exists():
        return redirect("admin:matching_review_change", review.pk)
    return redirect("admin:matching_review_changelist")


@on_review("POST")
def preview(request: HttpRequest, review: Review) -> HttpResponse:
    """What the list would bring with what is typed, saved or not. Nothing is written."""
    return render(request, f"{PARTS}_effect.html", {"effect": effect_told(review, Typed.of(request.POST))})


@on_review("POST")
def find(request: HttpRequest, review: Review) -> HttpResponse:
    typed = Typed.of(request.POST)
    context = {"typed": typed, "found": programs_found(review, typed.query)}
    return render(request, f"{PARTS}_found.html", context)


@on_review("GET")
def version(request: HttpRequest, review: Review, number: int) -> HttpResponse:
    """A frozen version as it was read then."""
    kept = get_object_or_404(review.versions, number=number)
    access_note(request, OPENED, review, subject=review.saved_list.owner)
    return render(request, f"{PARTS}version.html", frame(request, review) | frozen_page(kept))
