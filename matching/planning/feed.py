"""A plan as a calendar (RFC 5545): made on request, read by whoever holds its address, in neutral words only.

Everything is a whole day. UIDs stay, SEQUENCE and LAST-MODIFIED follow the last change, so that a calendar
updates what it has. The same plan is the same bytes.
"""

import secrets
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.db.models import QuerySet
from icalendar import Calendar, Event

from matching.models import Plan
from matching.planning.document import Dated, PlanDocument
from matching.planning.neutral_words import title_of
from matching.planning.selectors import StepKey, StepTold, key_of, rows_by_key, steps_told

PRODUCT = "-//SmartPick//Plan//EN"
NAME = "SmartPick plan"
REFRESH = timedelta(hours=12)
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
UNSURE = {
    "pattern": "Not announced; from the pattern of earlier years.",
    "month": "The month is known; the day is not announced.",
}
MOVES = "This day may move: it rests on a date that is not announced yet."


def feed_make(*, plan: Plan) -> str:
    """A new address; one that was made before leads nowhere from now on."""
    token = secrets.token_urlsafe(24)
    Plan.objects.filter(pk=plan.pk).update(feed_token=token)
    return token


def feed_revoke(*, plan: Plan) -> None:
    Plan.objects.filter(pk=plan.pk).update(feed_token=None)


def plan_for_feed(token: str) -> Plan | None:
    """The plan this address opens; None for one that was never made, was renewed or revoked."""
    plans: QuerySet[Plan] = Plan.objects.prefetch_related("steps")
    return plans.filter(feed_token=token).first()


def calendar_bytes(plan: Plan, document: PlanDocument, *, today: date) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", NAME)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for event in (*_dates(plan, document), *_steps(plan, document, today)):
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _dates(plan: Plan, document: PlanDocument) -> Iterator[Event]:
    for dated in document.dates:
        words = [UNSURE[dated.precision]] if dated.precision in UNSURE else []
        words += [f"Source: {dated.source}"] if dated.source.startswith("http") else []
        yield _event(plan, f"date:{dated.event}", _date_title(dated), dated.day, plan.updated_at, words)


def _date_title(dated: Dated) -> str:
    if dated.day_known:
        return dated.label
    return f"{dated.label} (some day in {dated.day:%B})"


def _steps(plan: Plan, document: PlanDocument, today: date) -> Iterator[Event]:
    changed = {key: row.updated_at for key, row in rows_by_key(plan).items()}
    for told in steps_told(plan, document, today=today):
        if told.state not in ("done", "dropped"):
            yield from _step(
                plan, document, told, max(plan.updated_at, changed.get(key_of(told.step), EPOCH))
            )


def _step(plan: Plan, document: PlanDocument, told: StepTold, changed: datetime) -> Iterator[Event]:
    """When to begin at the latest, or what day it was put off to; and when it has to be done, if later."""
    step, title = told.step, title_of(told.step)
    rests_on = document.by_event.get(step.due_event)
    words = [MOVES] if rests_on is not None and rests_on.precision in UNSURE else []
    start, begin = step.start, "latest start"
    if told.state == "snoozed" and told.snoozed_until is not None:
        start, begin = told.snoozed_until, "put off to today"
    yield _event(plan, f"start:{_key(key_of(step))}", f"{title}: {begin}", start, changed, words)
    if step.due > start:
        yield _event(plan, f"due:{_key(key_of(step))}", f"{title}: due", step.due, changed, words)


def _key(key: StepKey) -> str:
    code, program = key
    return f"{code}:{program or ''}"


def _event(plan: Plan, name: str, title: str, day: date, changed: datetime, words: list[str]) -> Event:
    event = Event()
    event.add("uid", f"{uuid.uuid5(plan.pk, name)}@smartpick")
    event.add("summary", title)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("dtstamp", plan.updated_at.astimezone(UTC))
    event.add("last-modified", changed.astimezone(UTC))
    event.add("sequence", max(0, int((changed - EPOCH).total_seconds())))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    if words:
        event.add("description", " ".join(words))
    return event
