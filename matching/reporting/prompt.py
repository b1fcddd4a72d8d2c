"""When a list's page asks what came of it: gently, once there is something to tell and nothing told."""

from collections.abc import Collection
from datetime import date

from .results import ANSWERED
from .timing import SeasonTimes


def outcomes_prompt(statuses: Collection[str], *, times: SeasonTimes, today: date) -> bool:
    """An answer stands on the list, or match week of its season has begun and something is on it."""
    return bool(ANSWERED & set(statuses)) or (bool(statuses) and times.week_begun(today))
