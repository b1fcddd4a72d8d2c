"""Private links: their owner makes and revokes them, whoever holds one reads what it shows."""

import uuid
from datetime import datetime
from functools import wraps
from typing import Any, Protocol

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matching.link_form import LinkForm
from matching.models import ListLink, SavedList
from matching.presentation.numbers import counted
from matching.presentation.share_panel import SharePanel, share_panel
from matching.selectors import link_for_token
from matching.services.links import (
    MOST_OPEN,
    LinkEndPast,
    LinkLimit,
    link_create,
    link_revoke,
    links_revoke,
    season_end,
)

from .access import list_or_404
from .sharing import file_response, shared_of


class View(Protocol):
    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse: ...


def told_to_nobody(view: View) -> View:
    """No cache keeps the answer, no search engine lists it, no other site learns the address from it."""

    @wraps(view)
    def quiet(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return never_cache(quiet)


def link_or_404(token: str) -> ListLink:
    """Never made, ended and revoked are one answer: nobody learns which."""
    try:
        return link_for_token(token, now=timezone.now())
    except ListLink.DoesNotExist:
        raise Http404("No such list.") from None


@told_to_nobody
@require_safe
def private(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the link reads what it shows of the list, and nothing else."""
    link = link_or_404(token)
    context = {"shared": shared_of(link.saved_list, link.mode), "expires_at": link.expires_at}
    return render(request, "matching/list_private.html", context)


@told_to_nobody
@require_safe
def private_file(request: HttpRequest, token: str, extension: str) -> HttpResponse:
    link = link_or_404(token)
    return file_response(shared_of(link.saved_list, link.mode), extension, timezone.now())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    """The private links of one's own list; sent, the form makes one more."""
    saved_list, now = list_or_404(request, list_id), timezone.now()
    form = link_form(saved_list, now, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _made(form, saved_list, now):
        return redirect("matching:links", saved_list.pk)
    context = {"saved_list": saved_list, "share": share_of(request, saved_list, form=form)}
    return render(request, "matching/links.html", context, status=422 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, list_id: uuid.UUID, link_id: int) -> HttpResponse:
    saved_list = list_or_404(request, list_id)
    link = saved_list.links.filter(pk=link_id).first()
    if link is None:
        raise Http404("No such link of this list.")
    link_revoke(link=link, now=timezone.now())
    messages.success(request, "Revoked. Whoever opens that link now finds nothing.")
    return redirect("matching:links", saved_list.pk)


@require_POST
def revoke_all(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    saved_list = list_or_404(request, list_id)
    count = links_revoke(saved_list=saved_list, now=timezone.now())
    messages.success(request, f"Revoked {counted(count, 'link')}. None leads to this list any more.")
    return redirect("matching:links", saved_list.pk)


def link_form(saved_list: SavedList, now: datetime, data: Any = None) -> LinkForm:
    last = season_end(saved_list.match.run.season)
    return LinkForm(data, season_open=last is not None and last > now)


def share_of(request: HttpRequest, saved_list: SavedList, *, form: LinkForm | None = None) -> SharePanel:
    """What ``matching/_list_share.html`` shows, as ``share``: one query."""
    now = timezone.now()
    return share_panel(
        saved_list.links.all(),
        form=form or link_form(saved_list, now),
        now=now,
        address_of=lambda link: request.build_absolute_uri(
            reverse("matching:list_private", args=[link.token])
        ),
    )


def _made(form: LinkForm, saved_list: SavedList, now: datetime) -> bool:
    """Makes the link; False, with the form saying why, where there can be none."""
    try:
        link_create(
            saved_list=saved_list, mode=form.cleaned_data["mode"], end=form.cleaned_data["end"], now=now
        )
    except LinkLimit:
        form.add_error(None, f"A list has at most {MOST_OPEN} open links. Revoke one you no longer need.")
    except LinkEndPast:
        form.add_error("end", "The season is over. Choose another end.")
    return not form.errors
