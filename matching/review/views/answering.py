"""What the applicant says to each proposed change: taken or left."""

import uuid

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from matching.models import Review, ReviewPatch, SavedList
from matching.presentation.numbers import counted
from matching.review.forms import AnswerForm
from matching.review.page import Trouble
from matching.review.selectors import patches_for_owner, review_of_list
from matching.review.services import PatchNoLongerFits, ReviewNotPossible, patch_settle
from matching.views.access import list_or_404

from .reading import review_drawn

PROPOSED = ("add", "remove", "tier", "signal", "lock")


@require_POST
def answer(request: HttpRequest, list_id: uuid.UUID, patch_id: int) -> HttpResponse:
    saved_list, review, actor = _own(request, list_id)
    patch = patches_for_owner(review).filter(pk=patch_id).first()
    if patch is None:
        raise Http404("No such change of this list.")
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _shown_again(request, saved_list, patch, form.words_wrong)
    accept, words = form.cleaned_data["accept"], form.cleaned_data["words"]
    try:
        patch_settle(patch=patch, accept=accept, words=words, actor=actor, now=timezone.now())
    except PatchNoLongerFits as why:
        return _shown_again(request, saved_list, patch, why.words)
    except ReviewNotPossible as why:
        messages.error(request, why.words)
    else:
        messages.success(request, _said(patch, accept=accept))
    return redirect(f"{reverse('matching:review', args=[list_id])}#answers")


@require_POST
def answer_all(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    """Accepts all changes that stood on the page, and none that came since; all of them or nothing."""
    saved_list, review, actor = _own(request, list_id)
    seen = [int(value) for value in request.POST.getlist("change") if value.isdecimal() and len(value) < 19]
    rows = list(patches_for_owner(review).filter(pk__in=seen, state="sent", kind__in=PROPOSED))
    patch, now = None, timezone.now()
    try:
        with transaction.atomic():
            for patch in rows:
                patch_settle(patch=patch, accept=True, actor=actor, now=now)
    except PatchNoLongerFits as why:
        assert patch is not None
        return _shown_again(request, saved_list, patch, f"{why.words} The others wait too.")
    except ReviewNotPossible as why:
        messages.error(request, why.words)
    else:
        messages.success(request, f"Accepted {counted(len(rows), 'change')}. Your list shows them.")
    return redirect(f"{reverse('matching:review', args=[list_id])}#answers")


def _own(request: HttpRequest, list_id: uuid.UUID) -> tuple[SavedList, Review, AbstractBaseUser]:
    saved_list = list_or_404(request, list_id)
    review = review_of_list(saved_list)
    if review is None or not isinstance(request.user, AbstractBaseUser):
        raise Http404("This list is with no advisor.")
    return saved_list, review, request.user


def _shown_again(request: HttpRequest, saved_list: SavedList, patch: ReviewPatch, words: str) -> HttpResponse:
    trouble = Trouble(patch.pk, words, request.POST.get("words", ""))
    return review_drawn(request, saved_list, trouble=trouble)


def _said(patch: ReviewPatch, *, accept: bool) -> str:
    if patch.kind == ReviewPatch.Kind.ASK:
        return "Your advisor reads your answer."
    return "Accepted. Your list shows it." if accept else "Declined. Your list stays as it is."
