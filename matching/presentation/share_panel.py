"""A list's private links and downloads, as its owner sees them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from .numbers import counted

if TYPE_CHECKING:
    from matching.models import ListLink

ENDED_SHOWN = 10


@dataclass(frozen=True, slots=True)
class LinkLine:
    id: int
    address: str
    mode: str
    made: str
    ends: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class SharePanel:
    """``form`` makes a link. ``ended`` holds the latest only, without their addresses."""

    form: Any
    open: tuple[LinkLine, ...]
    ended: tuple[LinkLine, ...]


def share_panel(
    links: Iterable["ListLink"], *, form: Any, now: datetime, address_of: Callable[["ListLink"], str]
) -> SharePanel:
    """``links`` newest first."""
    lines = [(link_open(link, now), link_line(link, now, address_of)) for link in links]
    return SharePanel(
        form=form,
        open=tuple(line for is_open, line in lines if is_open),
        ended=tuple(line for is_open, line in lines if not is_open)[:ENDED_SHOWN],
    )


def link_open(link: "ListLink", now: datetime) -> bool:
    return link.revoked_at is None and (link.expires_at is None or link.expires_at > now)


def link_line(link: "ListLink", now: datetime, address_of: Callable[["ListLink"], str]) -> LinkLine:
    is_open = link_open(link, now)
    return LinkLine(
        id=link.pk,
        address=address_of(link) if is_open else "",
        mode=link.get_mode_display(),
        made=day_words(link.created_at),
        ends=end_words(link, now),
        fresh=is_open and now - link.created_at < timedelta(minutes=2),
    )


def end_words(link: "ListLink", now: datetime) -> str:
    if link.revoked_at is not None:
        return f"revoked on {moment_words(link.revoked_at)}"
    if link.expires_at is None:
        return "works until you revoke it"
    if link.expires_at <= now:
        return f"ended on {moment_words(link.expires_at)}"
    return f"ends in {left_words(link.expires_at - now)}, on {moment_words(link.expires_at)}"


def left_words(left: timedelta) -> str:
    """Whole days, or hours on the last one."""
    if left.days:
        return counted(round(left / timedelta(days=1)), "day")
    hours = round(left / timedelta(hours=1))
    return counted(hours, "hour") if hours else "less than an hour"


def day_words(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def moment_words(moment: datetime) -> str:
    return f"{day_words(moment)}, {moment:%H:%M} UTC"
