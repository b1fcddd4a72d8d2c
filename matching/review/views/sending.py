"""Sending one's own list to an organisation, sending it again, taking it back."""

import uuid

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from matching.models import Review, SavedList
from matching.review.forms import MessageForm, SendForm
from matching.review.selectors import review_of_list
from matching.review.services import ReviewNotPossible, review_resubmit, review_submit, review_withdraw
from matching.views.access import list_or_404

from .reading import review_drawn

ACCOUNT_NEEDED = "You need an account to send a list. Your list stays as it is, and you come back here."


@require_POST
def send(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    """The first time to whom is chosen; after that to the same ones again."""
    saved_list = list_or_404(request, list_id)
    if not isinstance(request.user, AbstractBaseUser) or saved_list.owner_id != request.user.pk:
        messages.info(request, ACCOUNT_NEEDED)
        return redirect("matching:review", list_id)
    review = review_of_list(saved_list)
    if review is not None:
        return _send_again(request, request.user, saved_list, review)
    form = SendForm(request.POST)
    if not form.is_valid():
        return review_drawn(request, saved_list, form=form)
    try:
        review_submit(saved_list=saved_list, actor=request.user, now=timezone.now(), **form.cleaned_data)
    except ReviewNotPossible as why:
        messages.error(request, why.words)
    else:
        messages.success(request, f"Sent to {form.cleaned_data['organisation']}.")
    return redirect("matching:review", list_id)


def _send_again(
    request: HttpRequest, actor: AbstractBaseUser, saved_list: SavedList, review: Review
) -> HttpResponse:
    form = MessageForm(request.POST)
    if not form.is_valid():
        return review_drawn(request, saved_list, again=form)
    try:
        review_resubmit(review=review, message=form.cleaned_data["message"], actor=actor, now=timezone.now())
    except ReviewNotPossible as why:
        messages.error(request, why.words)
    else:
        messages.success(request, "Sent again. Your advisor sees what changed.")
    return redirect("matching:review", saved_list.pk)


@require_POST
def withdraw(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    saved_list = list_or_404(request, list_id)
    review = review_of_list(saved_list)
    if review is None or not isinstance(request.user, AbstractBaseUser):
        raise Http404("This list is with no advisor.")
    try:
        review_withdraw(review=review, actor=request.user, now=timezone.now())
    except ReviewNotPossible as why:
        messages.error(request, why.words)
    else:
        messages.success(request, "Taken back. The list is yours alone again.")
    return redirect("matching:review", list_id)
