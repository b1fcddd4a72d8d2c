import hashlib

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from pydantic import ValidationError

from matching.models import Plan
from matching.planning.feed import calendar_bytes, feed_make, feed_revoke, plan_for_feed
from matching.planning.reminders import RemindersImpossible, plan_for_stop, reminders_ask, reminders_stop
from matching.planning.selectors import plan_for_request, plan_read
from matching.views.access import asking
from matching.views.links import told_to_nobody

FRESH_SECONDS = 60 * 60


def own_plan(request: HttpRequest) -> Plan:
    plan = plan_for_request(**asking(request))
    if plan is None:
        raise Http404("You have no plan.")
    return plan


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar fetches now and then. Never made, renewed and revoked are one answer."""
    plan = plan_for_feed(token)
    if plan is None:
        raise Http404("No such calendar.")
    response = _calendar(plan)
    response["Cache-Control"] = f"private, max-age={FRESH_SECONDS}"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The same once, as a file: no link is made."""
    response = _calendar(own_plan(request))
    response["Content-Disposition"] = 'attachment; filename="smartpick-plan.ics"'
    return response


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    plan = own_plan(request)
    renewed = plan.feed_token is not None
    feed_make(plan=plan)
    said = "Made anew. The old calendar link is dead." if renewed else "Made. Add the link to your calendar."
    messages.success(request, said)
    return _back()


@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    feed_revoke(plan=own_plan(request))
    messages.success(request, "Ended. Calendars that had the link find nothing any more.")
    return _back()


@require_POST
def remind(request: HttpRequest) -> HttpResponse:
    """Ask for mail, or stop it."""
    plan = own_plan(request)
    if request.POST.get("remind") != "1":
        reminders_stop(plan=plan)
        messages.success(request, "Stopped. You get no more of these mails.")
        return _back()
    try:
        reminders_ask(plan=plan, now=timezone.now())
    except RemindersImpossible:
        messages.error(request, "We can only write to a confirmed e-mail address of an account.")
    else:
        messages.success(request, "Done. We write once a week at most, and only when a step is near.")
    return _back()


@csrf_exempt  # no cookie decides here but the words of the address, and mail programs post without a page
@told_to_nobody
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The way out of the mails, for whoever holds one: no login. A GET changes nothing: mail is scanned.

    RFC 8058: the mail program posts ``List-Unsubscribe=One-Click``; the page's button posts nothing.
    """
    plan = plan_for_stop(token)
    if plan is None:
        raise Http404("No such mail.")
    if request.method == "POST":
        reminders_stop(plan=plan)
        plan.remind = False
    return render(request, "plan/stop.html", {"stopped": not plan.remind})


def _calendar(plan: Plan) -> HttpResponse:
    try:
        content = calendar_bytes(plan, plan_read(plan), today=timezone.now().date())
    except ValidationError:  # reckoned by an earlier edition: a calendar keeps what it has and asks again
        return HttpResponse(status=503, headers={"Retry-After": "86400"})
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    return response


def _back() -> HttpResponse:
    return redirect(f"{reverse('matching:plan')}#calendar")
