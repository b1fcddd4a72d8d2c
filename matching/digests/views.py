import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from matching.digests.mailing import MailImpossible, choice_of, digests_ask, digests_stop
from matching.digests.services import digest_newest, digest_seen
from matching.digests.taking import TakingImpossible, digest_take
from matching.models import DigestChoice, ListDigest, SavedList
from matching.services import ListNotReady
from matching.views.access import list_or_404
from matching.views.links import told_to_nobody

TAKEN = "The list is judged by the data of today. "
WAIT = "The new answer is being worked out. Press the button again in a moment."


@require_POST
def seen(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    """Puts the card away; the data of the list stays what it was."""
    saved_list = list_or_404(request, list_id)
    digest_seen(digest=_digest_or_404(saved_list), now=timezone.now())
    messages.success(request, "Put away. The list stays as it is, with the chances it had.")
    return redirect("matching:list", saved_list.pk)


@require_POST
def take(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    """Judges the list by the data of today, and leads to the receipt of what that changed."""
    saved_list = list_or_404(request, list_id)
    digest = _digest_or_404(saved_list)
    try:
        taken = digest_take(saved_list=saved_list, digest=digest, now=timezone.now())
    except (TakingImpossible, ListNotReady) as impossible:
        messages.warning(request, str(impossible))
        return redirect("matching:list", saved_list.pk)
    if taken is None:
        messages.info(request, WAIT)
    elif taken.receipt is None:
        messages.success(request, TAKEN)
    else:
        url = reverse("matching:receipt", args=[taken.before.pk, taken.after.pk])
        said = format_html('{}<a href="{}">The receipt says why your odds changed.</a>', TAKEN, url)
        messages.success(request, said)
    return redirect("matching:list", saved_list.pk)


@login_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Ask for mail about news, or stop it."""
    user = request.user
    assert isinstance(user, User)
    if request.POST.get("mail") != "1":
        if choice := choice_of(user):
            digests_stop(choice=choice)
        messages.success(request, "Stopped. You get no more mail about changes.")
        return _back(request)
    try:
        digests_ask(user=user, now=timezone.now())
    except MailImpossible:
        messages.error(request, "We can only write to a confirmed e-mail address of an account.")
    else:
        messages.success(request, "Done. We write once a week at most, and only when your lists have news.")
    return _back(request)


@csrf_exempt  # no cookie decides here but the words of the address, and mail programs post without a page
@told_to_nobody
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The way out of the mails, for whoever holds one: no login. A GET changes nothing: mail is scanned.

    RFC 8058: the mail program posts ``List-Unsubscribe=One-Click``; the page's button posts nothing. A link
    that was used already stops nothing any more, and says so.
    """
    choice = DigestChoice.objects.filter(stop_token=token).first()
    if choice is None:
        return render(request, "digests/stop.html", {"stands": "unknown"}, status=404)
    if request.method == "POST":
        digests_stop(choice=choice)
        return render(request, "digests/stop.html", {"stands": "stopped"})
    return render(request, "digests/stop.html", {"stands": "asked"})


def _digest_or_404(saved_list: SavedList) -> ListDigest:
    digest = digest_newest(saved_list)
    if digest is None:
        raise Http404("There is no news of this list.")
    return digest


def _back(request: HttpRequest) -> HttpResponse:
    """To the page the form stood on: a list's or the account's."""
    there = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(there, allowed_hosts=None) and there.startswith("/")
    return redirect(there if safe else "matching:me")
