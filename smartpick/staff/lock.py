"""The desk locked: who was away proves again that it is her, and goes on with what she was about to send."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import stash_and_reauthenticate
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

LOCKED = "staff_locked"  # the page that asks says why
RESUME = "smartpick.staff.lock.resume"
KEPT_MOST = 500_000  # characters of a form that a session is asked to hold
FILE_AGAIN = "The desk was locked before the file arrived. Choose it once more; nothing was written."
TYPE_AGAIN = (
    "The desk was locked, and a password is kept nowhere: type the form once more. Nothing was written."
)
TOO_LONG = (
    "The desk was locked and the form was too long to keep. Go back in the browser: it stands there still."
)


def lock(request: HttpRequest) -> HttpResponse:
    """To the page that asks for the password or the code; a form that was being sent is kept meanwhile."""
    if not get_adapter().get_reauthentication_methods(request.user):
        logout(request)  # nothing to prove herself with again: she logs in anew
        return redirect(f"{reverse('login')}?{urlencode({'next': request.path})}")
    request.session[LOCKED] = True
    page = _page(request)
    htmx = getattr(request, "htmx", None)
    if htmx and request.method == "GET":
        return HttpResponse(status=204)  # the page stays as it is, with what is typed on it
    if request.method != "POST":
        asked: HttpResponse = redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': page})}")
    else:
        state = {"path": request.get_full_path(), "body": _body(request), "page": page, "why": _lost(request)}
        asked = stash_and_reauthenticate(request, state, RESUME)
    # htmx would put the page that asks into the middle of the other: it is told to open it.
    return HttpResponse(status=204, headers={"HX-Redirect": asked["Location"]}) if htmx else asked


def resume(request: HttpRequest, state: dict[str, Any]) -> HttpResponse:
    """Sends what was kept, as if it came now. Called in the request that brought the right password."""
    if state["why"]:
        messages.warning(request, state["why"])
        return redirect(state["page"])
    path, _mark, query = state["path"].partition("?")
    view = resolve(path)
    request.path = request.path_info = path
    request.resolver_match = view
    request.META["QUERY_STRING"] = query
    request.GET, request.POST = QueryDict(query), QueryDict(state["body"])
    answer: HttpResponse = view.func(request, *view.args, **view.kwargs)
    # Part of a page would stand alone in the window.
    return redirect(state["page"]) if state["page"] != state["path"] else answer


def _page(request: HttpRequest) -> str:
    """Where she is: for a part that htmx asked for, the page around it."""
    htmx = getattr(request, "htmx", None)
    path = htmx.current_url_abs_path if htmx else None
    safe = path and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return str(path) if safe else request.get_full_path()


def _body(request: HttpRequest) -> str:
    return "" if _lost(request) else request.POST.urlencode()


def _lost(request: HttpRequest) -> str:
    """Why a form cannot be kept; empty where it is."""
    long = int(request.META.get("CONTENT_LENGTH") or 0) > KEPT_MOST
    if request.content_type == "multipart/form-data" and (long or request.FILES):  # a long one is not read
        return FILE_AGAIN
    if any("password" in name for name in request.POST):
        return TYPE_AGAIN
    return TOO_LONG if len(request.POST.urlencode()) > KEPT_MOST else ""
