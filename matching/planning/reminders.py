"""Mail about steps that fall due: only for an account that asked, with a proven address, weekly at most."""

import logging
import secrets
from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.mail import EmailMessage
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from pydantic import ValidationError

from matching.models import Plan
from matching.planning.neutral_words import title_of
from matching.planning.selectors import StepTold, plan_read, steps_told

logger = logging.getLogger(__name__)

AHEAD_DAYS = 14  # a step is told of when its latest start comes within
EVERY_DAYS = 7
MOST_STEPS = 10
SUBJECT = "Dates in your plan for the next two weeks"


class RemindersImpossible(Exception):
    """The site sends no mail, or the account has no proven address."""


def reminders_work() -> bool:
    """Whether this site can send them: it needs mail, and its own address for the links in it."""
    return bool(settings.MAIL_WORKS and settings.SITE_URL)


def address_proven(user: AbstractBaseUser) -> str:
    """The account's proven address, "" where it has none."""
    rows = EmailAddress.objects.filter(user_id=user.pk, verified=True).order_by("-primary", "pk")
    return str(rows.values_list("email", flat=True).first() or "")


def reminders_ask(*, plan: Plan, now: datetime) -> None:
    """From now on she is written to. Raises RemindersImpossible."""
    if plan.owner is None or not reminders_work() or not address_proven(plan.owner):
        raise RemindersImpossible
    Plan.objects.filter(pk=plan.pk).update(remind=True, stop_token=secrets.token_urlsafe(24))


def reminders_stop(*, plan: Plan) -> None:
    """Her link in an older mail goes on saying that they are stopped."""
    Plan.objects.filter(pk=plan.pk).update(remind=False)


def plan_for_stop(token: str) -> Plan | None:
    return Plan.objects.filter(stop_token=token).first()


def reminders_send(*, now: datetime) -> int:
    """Write to everybody whose turn it is. How many mails.

    A second call on the same day, or another worker at the same time, finds the turn taken.
    """
    if not reminders_work():
        return 0
    plans = _turn(now.date()).select_related("owner").prefetch_related("steps").order_by("pk")
    sent = sum(_remind(plan, now.date()) for plan in plans.iterator(chunk_size=100))
    logger.info("plan reminders: %s sent", sent)
    return sent


def steps_due(plan: Plan, *, today: date) -> list[StepTold]:
    """Steps still to do whose latest start comes within two weeks, the first one first."""
    told = steps_told(plan, plan_read(plan), today=today)
    last = today + timedelta(days=AHEAD_DAYS)
    due = [each for each in told if each.state == "open" and today <= each.step.start <= last]
    return sorted(due, key=lambda each: (each.step.start, each.step.code))


def _turn(today: date) -> QuerySet[Plan]:
    proven = EmailAddress.objects.filter(user=OuterRef("owner"), verified=True)
    long_ago = Q(reminded_on__isnull=True) | Q(reminded_on__lte=today - timedelta(days=EVERY_DAYS))
    return Plan.objects.filter(Exists(proven), long_ago, remind=True, stop_token__isnull=False)


def _remind(plan: Plan, today: date) -> int:
    try:
        due = steps_due(plan, today=today)
    except ValidationError:
        return 0  # reckoned by an earlier edition: she is told when she next opens the plan
    if not due or not _turn(today).filter(pk=plan.pk).update(reminded_on=today):
        return 0
    try:
        _mail(plan, due).send()
    except OSError as error:  # smtplib's errors are OSErrors too
        Plan.objects.filter(pk=plan.pk, reminded_on=today).update(reminded_on=plan.reminded_on)
        logger.error("a reminder could not be sent (%s)", type(error).__name__)
        return 0
    return 1


def _mail(plan: Plan, due: list[StepTold]) -> EmailMessage:
    assert plan.owner is not None  # the database holds it
    stop = settings.SITE_URL + reverse("matching:plan_stop", args=[plan.stop_token])
    # Two programs to work at are one line: programs are not named in mail.
    told = list(dict.fromkeys((each.step.start, title_of(each.step)) for each in due))
    context = {
        "steps": told[:MOST_STEPS],
        "more": max(0, len(told) - MOST_STEPS),
        "plan_url": settings.SITE_URL + reverse("matching:plan"),
        "stop_url": stop,
    }
    # RFC 8058: the mail program itself can stop them with one POST, without a page and without a login.
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    body = render_to_string("plan/email/reminder.txt", context)
    return EmailMessage(SUBJECT, body, None, [address_proven(plan.owner)], headers=headers)
