"""The history in words: every answer with its figures, and what differs from the one before."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from matching.models import MatchRun
from matching.presentation.numbers import counted, dollars, percent_range
from matching.receipts.changed import changed_words
from matching.receipts.reading import Asked, Figures

FIRST = "Your first answer."
STATES = {
    "queued": "This answer waits to be worked out.",
    "running": "This answer is being worked out.",
    "failed": "This answer could not be worked out.",
}
OUTDATED = "Its figures were kept in an earlier form that is not read any more."


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """``earlier``: the id of the answer before it, where the two can be compared."""

    id: uuid.UUID
    asked: datetime
    season: str
    match: str
    interviews: str
    list: str
    why_not: str
    since: str
    earlier: uuid.UUID | None

    @property
    def ready(self) -> bool:
        return not self.why_not


def history_rows(asked: tuple[Asked, ...], *, last: bool) -> tuple[HistoryRow, ...]:
    """``last``: the page ends with the first answer there ever was."""
    return tuple(_row(each, first=last and each is asked[-1]) for each in asked)


def _row(each: Asked, *, first: bool) -> HistoryRow:
    run, figures, earlier = each.match.run, each.figures, each.earlier
    comparable = earlier is not None and figures is not None and earlier.run.state == MatchRun.State.DONE
    return HistoryRow(
        id=each.match.pk,
        asked=each.match.created_at,
        season=run.season,
        match=percent_range(figures.low, figures.high) if figures else "",
        interviews=_interviews(figures) if figures else "",
        list=_list(figures) if figures else "",
        why_not="" if figures else STATES.get(run.state, OUTDATED),
        since=changed_words(earlier.run, run) if earlier else FIRST if first else "",
        earlier=earlier.pk if earlier and comparable and earlier.run_id != run.pk else None,
    )


def _interviews(figures: Figures) -> str:
    low, high = figures.p10, figures.p90
    return counted(high, "interview") if low == high else f"{low} to {counted(high, 'interview')}"


def _list(figures: Figures) -> str:
    if not figures.applications:
        return "no program on the list"
    return f"{counted(figures.applications, 'program')}, {dollars(figures.cost_usd)}"
