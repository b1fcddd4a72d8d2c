"""A session ends so many days after the last visit, not after the last change: once a day it begins anew."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

SESSION_KEY = "day"


class SessionRenewalMiddleware:
    """Notes the day of the visit in a session that holds something already; never makes one.

    One write a day for each browser. A session that is not read by the page costs nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        if not session.accessed or session.is_empty():
            return response
        today, noted = timezone.now().date().isoformat(), session.get(SESSION_KEY)
        # A session that was never noted is noted when it is written anyway.
        if noted != today and (noted is not None or session.modified):
            session[SESSION_KEY] = today
        return response
