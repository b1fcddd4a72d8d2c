"""Accounts that nobody uses any more: a mail first, then, some time after it, they go.

Nobody's account goes without that mail. Without a confirmed address, or where the site sends no mail, it
stays until its owner or the operator deletes it; so do the accounts of staff.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.mail import send_mail
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.template.loader import render_to_string

from applicants.models import AccountNotice, Profile, ProfileDraft
from matching.models import Match, Plan, SavedList
from matching.services.accounts import account_delete

logger = logging.getLogger(__name__)

MOST = 200  # mails, and accounts deleted, in one night
SUBJECT = "Your SmartPick account will be deleted"
USED: tuple[tuple[type[Model], str], ...] = (
    (Profile, "updated_at"),
    (ProfileDraft, "updated_at"),
    (Match, "created_at"),
    (SavedList, "updated_at"),
    (Plan, "updated_at"),
)


def accounts_sweep(*, now: datetime, days: Mapping[str, int], dry_run: bool) -> dict[str, int]:
    """Take back the notice of whoever came back, delete who did not, tell the next ones. How many of each."""
    unused = accounts_unused(now=now, unused_for=timedelta(days=days["account"]))
    told = AccountNotice.objects.all()
    over = told.filter(told_at__lt=now - timedelta(days=days["notice"]), user__in=unused)
    to_tell = unused.filter(Exists(_proven())).exclude(pk__in=told.values("user"))
    if dry_run:
        return {"accounts": min(over.count(), MOST), "notices": min(to_tell.count(), MOST)}
    told.exclude(user__in=unused).delete()
    deleted = 0
    for notice in over.select_related("user")[:MOST]:
        account_delete(user=notice.user, visitor=None)
        deleted += 1
    sent = sum(_tell(user, now=now, days=days["notice"]) for user in to_tell.order_by("pk")[:MOST])
    return {"accounts": deleted, "notices": sent}


def accounts_unused(*, now: datetime, unused_for: timedelta) -> QuerySet[User]:
    """No login, no visit and no change for that long. Staff is never counted as unused."""
    since = now - unused_for
    idle = Q(last_login__lt=since) | Q(last_login__isnull=True, date_joined__lt=since)
    rows = User.objects.filter(idle, is_staff=False, is_superuser=False)
    open_sessions = Session.objects.filter(expire_date__gte=now).values("session_key")
    rows = rows.exclude(
        Exists(UserSession.objects.filter(user=OuterRef("pk"), session_key__in=open_sessions))
    )
    for model, changed in USED:
        own = model._default_manager.filter(**{"owner": OuterRef("pk"), f"{changed}__gte": since})
        rows = rows.exclude(Exists(own))
    return rows


def _proven() -> QuerySet[EmailAddress]:
    rows: QuerySet[EmailAddress] = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    return rows


def _tell(user: User, *, now: datetime, days: int) -> int:
    """Noted before it is sent, so that two workers send one mail; taken back where it could not be sent."""
    address = EmailAddress.objects.filter(user=user, verified=True).order_by("-primary", "pk").first()
    if address is None or not settings.MAIL_WORKS:
        return 0
    _, new = AccountNotice.objects.get_or_create(user=user, defaults={"told_at": now})
    if not new:
        return 0
    try:
        body = render_to_string("privacy/email/account_unused.txt", {"day": now + timedelta(days=days)})
        send_mail(SUBJECT, body, None, [address.email])
    except OSError as error:  # smtplib's errors are OSErrors too
        AccountNotice.objects.filter(user=user).delete()
        logger.error("a notice of deletion could not be sent (%s)", type(error).__name__)
        return 0
    return 1
