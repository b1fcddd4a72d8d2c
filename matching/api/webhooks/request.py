"""From a parsed body to what a webhook is to be, or every fault of it at once."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, NamedTuple

from django.conf import settings

from applicants.faults import MAX_TOKEN, Fault, pointer_to
from matching.api.errors import RequestInvalid
from matching.models import ApiKey
from matching.webhooks.events import EVENT_SCOPES
from matching.webhooks.places import UrlRefused, url_clean

MEMBERS = ("url", "events")


class WebhookAsked(NamedTuple):
    url: str
    events: tuple[str, ...]


def webhook_asked(data: object, *, key: ApiKey) -> WebhookAsked:
    """Raises RequestInvalid."""
    if not isinstance(data, dict):
        raise RequestInvalid([Fault("", "invalid_type", "The body must be an object with named members.")])
    faults = [*_unknown(data), *_event_faults(data.get("events"), key)]
    url = data.get("url")
    try:
        url = url_clean(_text(url), private=settings.WEBHOOK_PRIVATE_ADDRESSES)
    except UrlRefused as refused:
        faults.append(Fault("/url", "required" if url is None else "invalid_url", str(refused)))
    if faults:
        raise RequestInvalid(faults)
    return WebhookAsked(str(url), tuple(data["events"]))


def _text(url: object) -> str:
    if not isinstance(url, str):
        raise UrlRefused("`url` is missing." if url is None else "`url` must be text in quotes.")
    return url


def _unknown(data: dict[str, Any]) -> Iterator[Fault]:
    for name in data:
        if name not in MEMBERS:
            near = get_close_matches(name, MEMBERS, n=1)
            hint = f'Did you mean "{near[0]}"?' if near else "Take it out."
            detail = f'There is no member "{name[:MAX_TOKEN]}". {hint}'
            yield Fault(pointer_to((name,)), "unknown_member", detail)


def _event_faults(events: object, key: ApiKey) -> Iterator[Fault]:
    if events is None:
        yield Fault("/events", "required", "`events` is missing.")
    elif not isinstance(events, list):
        yield Fault("/events", "invalid_type", "`events` must be a list.")
    elif not events:
        yield Fault("/events", "too_short", "At least one event.")
    else:
        known = ", ".join(EVENT_SCOPES)
        for place, event in enumerate(events[:100]):
            scope = EVENT_SCOPES.get(event) if isinstance(event, str) else None
            if scope is None:
                yield Fault(f"/events/{place}", "invalid_choice", f"One of {known}.")
            elif scope not in key.scopes:
                yield Fault(f"/events/{place}", "missing_scope", f"This key lacks the scope {scope}.")
            elif event in events[:place]:
                yield Fault(f"/events/{place}", "duplicate", f'"{event}" is already in the list.')
