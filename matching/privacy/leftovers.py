"""What is left of links, sessions, requests and desk work when its time is over."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from allauth.account.models import EmailConfirmation
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from matching.models import (
    Cohort,
    CohortChunk,
    IdempotencyKey,
    ListLink,
    Match,
    RetiredSecret,
    Scenario,
    StaffAccess,
    WebhookDelivery,
)

from .batches import batches_delete, key_batches, rows_delete
from .runs import runs_free_delete

Days = Mapping[str, int]
UPLOAD_AT_MOST = timedelta(days=1)  # no request takes as long


def links_sweep(*, now: datetime, days: Days, dry_run: bool) -> int:
    """Links to lists some time after their end; those to what was tried out at their end."""
    before = now - timedelta(days=days["link"])
    ended = ListLink.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before))
    shared = Scenario.objects.filter(shared_until__lt=now)
    if dry_run:
        return ended.count() + shared.count()
    return batches_delete(ended, dry_run=False) + shared.update(token=None, shared_until=None)


def sessions_sweep(*, now: datetime, dry_run: bool) -> int:
    """Sessions that are over, and where and with what an account was logged in by them."""
    over = Session.objects.filter(expire_date__lt=now)
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gte=now)
    ended = UserSession.objects.filter(~Exists(alive))
    return batches_delete(ended, dry_run=dry_run) + batches_delete(over, dry_run=dry_run)


def requests_sweep(*, now: datetime, days: Days, dry_run: bool) -> int:
    """The names partners gave to their requests."""
    old = IdempotencyKey.objects.filter(created_at__lt=now - timedelta(days=days["request"]))
    return batches_delete(old, dry_run=dry_run)


def partners_sweep(*, now: datetime, days: Days, dry_run: bool) -> int:
    """What partners asked to be kept of applicants."""
    old = Match.objects.filter(
        api_key__isnull=False, created_at__lt=now - timedelta(days=days["partner"]), lists__isnull=True
    )
    return old.count() if dry_run else sum(_matches_delete(keys) for keys in key_batches(old))


def cohorts_sweep(*, now: datetime, dry_run: bool) -> int:
    """Cohorts whose time is over, with all that was sent and answered; and uploads whose process died."""
    torn = Q(state=Cohort.State.RECEIVING, created_at__lt=now - UPLOAD_AT_MOST)
    over = Cohort.objects.filter(Q(erase_at__lt=now) | torn)
    if dry_run:
        return over.count()
    for keys in key_batches(over):
        rows_delete(CohortChunk.objects.filter(cohort__in=keys))
        rows_delete(IdempotencyKey.objects.filter(cohort__in=keys))  # kept longer, and of no use without it
    return batches_delete(over, dry_run=False)


def deliveries_sweep(*, now: datetime, days: Days, dry_run: bool) -> int:
    """What partners were told, once it is over, and secrets that no longer open anything."""
    told = WebhookDelivery.objects.filter(finished_at__lt=now - timedelta(days=days["delivery"]))
    past = RetiredSecret.objects.filter(until__lt=now)
    if not dry_run:  # what was sent again outlives what it repeats
        WebhookDelivery.objects.filter(replay_of__in=told).update(replay_of=None)
    return sum(batches_delete(rows, dry_run=dry_run) for rows in (told, past))


def desk_sweep(*, now: datetime, days: Days, dry_run: bool) -> int:
    """What was changed there, and who looked at what."""
    before = now - timedelta(days=days["desk"])
    old = (LogEntry.objects.filter(action_time__lt=before), StaffAccess.objects.filter(at__lt=before))
    return sum(batches_delete(rows, dry_run=dry_run) for rows in old)


def unproven_sweep(*, now: datetime, days: Days, dry_run: bool) -> int:
    """Accounts whose address nobody has confirmed: it may be a stranger's. Made at the desk, they stay."""
    before = now - timedelta(days=days["unproven"])
    never = User.objects.filter(
        last_login__isnull=True, is_staff=False, is_superuser=False, date_joined__lt=before
    )
    never = never.filter(emailaddress__isnull=False).exclude(emailaddress__verified=True).distinct()
    if dry_run:
        return never.count()
    EmailConfirmation.objects.filter(created__lt=before).delete()
    return sum(
        User.objects.filter(pk__in=keys).delete()[1].get("auth.User", 0) for keys in key_batches(never)
    )


@transaction.atomic
def _matches_delete(keys: list[uuid.UUID]) -> int:
    rows = Match.objects.filter(pk__in=keys)
    runs = set(rows.order_by().values_list("run_id", flat=True))
    rows_delete(IdempotencyKey.objects.filter(match__in=keys))
    rows_delete(Scenario.objects.filter(match__in=keys))
    deleted = rows_delete(rows)
    runs_free_delete(runs)
    return deleted
