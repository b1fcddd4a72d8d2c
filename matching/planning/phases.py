"""The phases of a plan between a day and Match week: stretched or compressed to the time that is left.

With a year ahead: three months to assess, six for clinical work and Step 2 CK, three for letters and the
theme, then six to apply and interview, then SOAP. With less time the first three keep their shares; with
more, the middle one takes what is over.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import get_args

from matching.planning.dates import last_day
from matching.planning.document import Dated, PhaseCode
from matching.season_dates import OPENS

ORDER: tuple[PhaseCode, ...] = get_args(PhaseCode)
TITLES: Mapping[PhaseCode, str] = {
    "assess": "Take stock",
    "train": "Clinical work and exams",
    "letters": "Letters and theme",
    "apply": "Apply and interview",
    "soap": "Match week and SOAP",
}
QUARTER = 92  # days: the most that taking stock, and that letters, are given
Window = tuple[date, date]


def windows(as_of: date, by_event: Mapping[str, Dated]) -> dict[PhaseCode, Window]:
    """Each phase that has time left, in order: its first day, and the first day after it."""
    opens, week = by_event[OPENS].day, by_event["match_week"]
    left = (opens - as_of).days
    share = timedelta(days=min(left // 4, QUARTER)) if left > 0 else timedelta(0)
    ends: dict[PhaseCode, date] = {
        "assess": as_of + share,
        "train": max(opens - share, as_of + share),
        "letters": opens,
        "apply": week.day,
        "soap": last_day(week) + timedelta(days=1 if not week.day_known else 5),
    }
    found: dict[PhaseCode, Window] = {}
    start = as_of
    for code in ORDER:
        if ends[code] > start:
            found[code] = (start, ends[code])
            start = ends[code]
    return found


def phase_at(day: date, spans: Mapping[PhaseCode, Window]) -> PhaseCode:
    """The phase a day falls in; the first or the last one for a day before or after them all."""
    for code, (_, end) in spans.items():
        if day < end:
            return code
    return tuple(spans)[-1]


def earlier(one: PhaseCode, other: PhaseCode) -> PhaseCode:
    return min(one, other, key=ORDER.index)
