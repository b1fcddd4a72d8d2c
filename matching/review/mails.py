"""Mail to an applicant whose advisor has done something that waits for her.

It names no program, no score and no chance: only that there is something to read, and where. It goes to a
proven address alone, when what it tells of is stored, and a mail server that is down undoes nothing.
"""

import logging
from collections.abc import Sequence
from functools import partial

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from matching.models import Review, ReviewEvent
from matching.planning.reminders import reminders_work

logger = logging.getLogger(__name__)

# By kind of event: the subject, and what the mail says has been done.
TOLD = {
    "sent": ("Your advisor has answered", "Your advisor has looked at your list and has something for you."),
    "asked": ("Your advisor asks you something", "Your advisor needs to know something to go on."),
    "approved": ("Your list is approved", "Your advisor has approved your list."),
}
NEXT = {
    "sent": "Read what is said and why. You accept or decline each change:",
    "asked": "Read what is asked and answer it:",
    "approved": "Read what was approved, and when:",
}


def mails_later(events: Sequence[ReviewEvent]) -> None:
    """Write of these once the transaction is in; of other kinds than ``TOLD`` nothing is written."""
    told = [event.pk for event in events if event.kind in TOLD]
    if told and reminders_work():
        transaction.on_commit(partial(_ring, told), robust=True)


def event_mail(event_id: int) -> bool:
    """Write to the owner of the review's list. False where there is nobody to write to, or nothing any more.

    Raises OSError where the mail server does not take it.
    """
    event = ReviewEvent.objects.select_related("review__saved_list").filter(pk=event_id).first()
    if event is None or event.kind not in TOLD or not event.visible or not reminders_work():
        return False
    review = event.review
    address = address_proven(review.saved_list.owner_id)
    if not address or review.state == Review.State.WITHDRAWN:
        return False
    subject, done = TOLD[event.kind]
    context = {
        "done": done,
        "next": NEXT[event.kind],
        "url": settings.SITE_URL + reverse("matching:review", args=[review.saved_list_id]),
    }
    body = render_to_string("review/email/told.txt", context)
    EmailMessage(subject, body, None, [address]).send()
    return True


def address_proven(user_id: int | None) -> str:
    rows = EmailAddress.objects.filter(user_id=user_id, user__is_active=True, verified=True)
    return str(rows.order_by("-primary", "pk").values_list("email", flat=True).first() or "")


def _ring(event_ids: Sequence[int]) -> None:
    """By the broker, or with none here and now; the first mail that fails is the last that is tried."""
    for sent, event_id in enumerate(event_ids):
        try:
            _send(event_id)
        except OSError as error:  # smtplib's errors and those of a broker are OSErrors too
            left = len(event_ids) - sent
            logger.error("%s mails of reviews could not be sent (%s)", left, type(error).__name__)
            return


def _send(event_id: int) -> None:
    if not settings.CELERY_BROKER_URL:
        event_mail(event_id)
        return
    # Celery takes a quarter of a second to load: a site without a broker never does.
    from kombu.exceptions import OperationalError  # noqa: PLC0415

    from matching.tasks import review_mail  # noqa: PLC0415

    try:
        review_mail.apply_async((event_id,), retry=False)
    except OperationalError as error:
        raise OSError(str(error)) from error
