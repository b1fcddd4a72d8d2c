from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from matching.accounts.second_factor import has_second_factor
from smartpick.staff.idle import idle, seen
from smartpick.staff.lock import LOCKED, lock

OPEN = {"login", "logout", "jsi18n"}  # pages of the desk that show nothing of it
SET_UP = "The desk opens with a second factor. Set it up here once; it takes two minutes."


class StaffMiddleware:
    """Before each page of the desk: is it still her, and has she a second factor where one is asked for?

    It stands after the check of a form's token: what is kept over a lock was really sent by our page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        desk = match is not None and "admin" in match.app_names and match.url_name not in OPEN
        user = request.user
        if not desk or not isinstance(user, User) or not user.is_staff:
            return None
        if settings.STAFF_TWO_FACTOR and not has_second_factor(user):
            messages.info(request, SET_UP)
            return redirect("mfa_activate_totp")
        if idle(request):
            return lock(request)
        if not _asks_by_itself(request):
            seen(request)
        if LOCKED in request.session:
            del request.session[LOCKED]
        return None


def _asks_by_itself(request: HttpRequest) -> bool:
    """A page left open asks how far an import is: nobody sits there for that."""
    return request.method == "GET" and bool(getattr(request, "htmx", None))
