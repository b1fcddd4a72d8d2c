"""One thing that has to be done and is not scored: when it applies, why, and by when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from matching.planning.case import Case
from matching.planning.dates import last_day
from matching.planning.document import Asked, PhaseCode

Told = str | Callable[[Case], str]


@dataclass(frozen=True)
class Due:
    """``days`` before (after, where negative) the ``event`` of the season; or at the end of a ``phase``."""

    event: str = ""
    days: int = 0
    phase: PhaseCode | None = None

    def day(self, case: Case) -> date | None:
        """None where the season has no such date, or the phase no time."""
        if self.phase is not None:
            span = case.spans.get(self.phase)
            return span[1] - timedelta(days=1) if span else None
        dated = case.by_event.get(self.event)
        return dated.day - timedelta(days=self.days) if dated else None


@dataclass(frozen=True)
class Task:
    """``lead``: days of time it takes at the most; ``over``: the event after which it makes no sense."""

    code: str
    label: Told
    why: Told
    when: Callable[[Case], bool]
    due: Due
    lead: int
    over: str = ""
    source: Told = ""
    ask: Asked = ""
    first: tuple[str, ...] = ()

    def applies(self, case: Case) -> bool:
        end = case.by_event.get(self.over)
        passed = end is not None and case.as_of > last_day(end)
        return not passed and self.due.day(case) is not None and self.when(case)


def said(words: Told, case: Case) -> str:
    return words if isinstance(words, str) else words(case)


def always(case: Case) -> bool:
    return True


def before_opening(case: Case) -> bool:
    return case.before
