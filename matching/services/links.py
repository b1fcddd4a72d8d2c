"""Private links to a list: made when she asks, ended by time or by her, at once."""

from calendar import monthrange
from datetime import UTC, datetime, time, timedelta

from django.db import transaction

from matching.models import ListLink, SavedList
from matching.season_dates import season_date

MOST_OPEN = 20
DAYS = {"week": 7, "month": 30, "quarter": 90}
SEASON, NEVER = "season", "never"
ENDS = (*DAYS, SEASON, NEVER)


class LinkLimit(Exception):
    """The list has as many open links as one may have."""


class LinkEndPast(Exception):
    """The season is over: no link can run until its end."""


@transaction.atomic
def link_create(*, saved_list: SavedList, mode: str, end: str, now: datetime) -> ListLink:
    """Whoever is given the link reads of the list what ``mode`` shows. Raises LinkLimit, LinkEndPast."""
    # Held, so that two windows cannot both make the last one.
    held = SavedList.objects.select_for_update(of=("self",)).get(pk=saved_list.pk)
    if held.links.open(now=now).count() >= MOST_OPEN:
        raise LinkLimit(str(MOST_OPEN))
    return ListLink.objects.create(
        saved_list=held, mode=ListLink.Mode(mode), created_at=now, expires_at=link_end(end, saved_list, now)
    )


@transaction.atomic
def link_revoke(*, link: ListLink, now: datetime) -> bool:
    """It leads nowhere from now on. False where it had ended already."""
    return bool(ListLink.objects.open(now=now).filter(pk=link.pk).update(revoked_at=now))


@transaction.atomic
def links_revoke(*, saved_list: SavedList, now: datetime) -> int:
    """None of the list's links leads anywhere from now on. Returns how many that ended."""
    return ListLink.objects.open(now=now).filter(saved_list=saved_list).update(revoked_at=now)


def link_end(end: str, saved_list: SavedList, now: datetime) -> datetime | None:
    """When a link made ``now`` ends; None: when it is revoked. Raises LinkEndPast, KeyError."""
    if end == NEVER:
        return None
    if end != SEASON:
        return now + timedelta(days=DAYS[end])
    last = season_end(saved_list.match.run.season)
    if last is None or last <= now:
        raise LinkEndPast(end)
    return last


def season_end(season: str) -> datetime | None:
    """The last minute in which a list of the season is of use: applications close, or else the Match is over.

    Where only the month of Match Week is known, that month's end.
    """
    if closes := season_date(season, "eras_closes"):
        return datetime.combine(closes.day, time(23, 59), tzinfo=UTC)
    week = season_date(season, "match_week")
    if week is None:
        return None
    last = week.day.replace(day=monthrange(week.day.year, week.day.month)[1])
    return datetime.combine(last, time(23, 59), tzinfo=UTC)
