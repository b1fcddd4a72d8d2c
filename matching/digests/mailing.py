"""Mail about changes for an account's lists: only where asked for, to a proven address, weekly at most."""

import logging
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from matching.digests.words import programs_told
from matching.models import DigestChoice, ListDigest
from matching.planning.reminders import address_proven, reminders_work

logger = logging.getLogger(__name__)

EVERY_DAYS = 7
SUBJECT = "News about programs on your lists"
MOST_LISTS = 10


class MailImpossible(Exception):
    """The site sends no mail, or the account has no proven address."""


def digests_ask(*, user: User, now: datetime) -> DigestChoice:
    """From now on she is written to. Raises MailImpossible."""
    if not reminders_work() or not address_proven(user):
        raise MailImpossible
    # Who stops and asks again within the week is not written to twice in it.
    last = ListDigest.objects.filter(saved_list__owner=user.pk).aggregate(last=Max("mailed_at"))["last"]
    choice, _ = DigestChoice.objects.get_or_create(
        user=user,
        defaults={"stop_token": secrets.token_urlsafe(24), "created_at": now, "mailed_at": last},
    )
    return choice


def digests_stop(*, choice: DigestChoice) -> None:
    choice.delete()


def choice_of(user: object) -> DigestChoice | None:
    return DigestChoice.objects.filter(user=user).first() if isinstance(user, User) else None


def digests_send(*, now: datetime) -> int:
    """Write to everybody whose turn it is and for whom there is news. How many mails.

    Another worker at the same time finds the turn taken: it is taken in the database before the mail goes.
    """
    if not reminders_work():
        return 0
    choices = _turn(now).select_related("user").order_by("pk")
    sent = sum(_send(choice, now) for choice in choices.iterator(chunk_size=100))
    logger.info("digests: %s sent", sent)
    return sent


def _turn(now: datetime) -> QuerySet[DigestChoice]:
    proven = EmailAddress.objects.filter(user=OuterRef("user"), verified=True)
    news = _news().filter(saved_list__owner=OuterRef("user"))
    long_ago = Q(mailed_at__isnull=True) | Q(mailed_at__lte=now - timedelta(days=EVERY_DAYS))
    return DigestChoice.objects.filter(Exists(proven), Exists(news), long_ago)


def _news() -> QuerySet[ListDigest]:
    """Not mailed, not put away, and of the data that is current: what was overtaken is told no more."""
    from programs.snapshot import version_current  # noqa: PLC0415

    return ListDigest.objects.filter(mailed_at=None, seen_at=None, after=version_current() or "")


def _send(choice: DigestChoice, now: datetime) -> int:
    news = list(_news().filter(saved_list__owner=choice.user_id).select_related("saved_list"))
    told = [(digest, programs_told(digest.document)) for digest in news]
    told = [(digest, lines) for digest, lines in told if lines]
    if not told or not _turn(now).filter(pk=choice.pk).update(mailed_at=now):
        return 0
    ListDigest.objects.filter(pk__in=[digest.pk for digest, _ in told]).update(mailed_at=now)
    try:
        _mail(choice, told).send()
    except OSError as error:  # smtplib's errors are OSErrors too
        DigestChoice.objects.filter(pk=choice.pk, mailed_at=now).update(mailed_at=choice.mailed_at)
        ListDigest.objects.filter(pk__in=[digest.pk for digest, _ in told]).update(mailed_at=None)
        logger.error("a digest could not be sent (%s)", type(error).__name__)
        return 0
    return 1


def _mail(choice: DigestChoice, told: Sequence[tuple[ListDigest, tuple[str, ...]]]) -> EmailMessage:
    stop = settings.SITE_URL + reverse("matching:digest_stop", args=[choice.stop_token])
    lists = [
        {
            "name": digest.saved_list.name,
            "lines": lines,
            "url": settings.SITE_URL + reverse("matching:list", args=[digest.saved_list_id]),
        }
        for digest, lines in told[:MOST_LISTS]
    ]
    context = {"lists": lists, "more": max(0, len(told) - MOST_LISTS), "stop_url": stop}
    context["lists_url"] = settings.SITE_URL + reverse("matching:lists")
    # RFC 8058: the mail program itself can stop them with one POST, without a page and without a login.
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    body = render_to_string("digests/email/digest.txt", context)
    return EmailMessage(SUBJECT, body, None, [address_proven(choice.user)], headers=headers)
