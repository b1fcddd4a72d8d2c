"""A plan as it is kept and read: what ``Plan.document`` holds, written and read back by one adapter.

A step is known by its ``code`` and, where it is done at one program, that program's permanent id. What was
done with it (ticked, put off, noted) is in ``PlanStep``; ``selectors.steps_told`` puts the two together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from pydantic import TypeAdapter

Precision = Literal["day", "month", "pattern"]
PhaseCode = Literal["assess", "train", "letters", "apply", "soap"]
Kind = Literal["action", "task"]
# What is asked when a step is ticked: the score of a passed exam (which may be left out), a practice score,
# the weeks or months done.
Asked = Literal["", "score", "score_if_told", "practice", "weeks", "months"]


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of a season. ``precision`` day: announced to the day; month: the month is known; pattern: not
    announced, taken from earlier years. ``day`` is the first of the month for the last two unless said."""

    event: str
    label: str
    day: date
    precision: Precision
    day_known: bool
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Spread:
    """A gain in a probability: the best guess, and where eight in ten of the draws lie."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class At:
    """The program a step is done at. ``why``: why there, in words."""

    id: str
    name: str
    specialty: str
    city: str
    state: str
    ring: str
    why: str


@dataclass(frozen=True, slots=True)
class Larger:
    """More of the same, offered beside the form of it that gives most for its effort. ``gain_match`` and
    ``gain_los_angeles`` are of all of it, not of what it adds."""

    code: str
    label: str
    start: date
    cost_usd: int
    work_weeks: float
    gain_match: Spread
    gain_los_angeles: Spread
    too_late: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. An ``action`` changes the odds and is scored; a ``task`` has to be done and is not.

    ``start``: the latest day to begin; ``due``: when it has to be done; ``due_event``: the date of the season
    it is counted from, if it is counted from one, and that date itself where both are the same day.
    ``first``: codes of the steps to be done before. ``too_late``: for the season aimed at; ``next_start``:
    then the latest day to begin for the season after. ``ask``: what is asked when it is ticked. ``source``:
    where a claim of ``why`` is from, an address or words."""

    code: str
    kind: Kind
    phase: PhaseCode
    label: str
    why: str
    source: str
    start: date
    due: date
    due_event: str
    cost_usd: int
    work_weeks: float
    lead_months: float
    gain_match: Spread | None
    gain_los_angeles: Spread | None
    first: tuple[str, ...]
    too_late: bool
    next_start: date | None
    program: At | None
    larger: tuple[Larger, ...]
    ask: Asked


@dataclass(frozen=True, slots=True)
class Phase:
    """``starts`` to ``ends``; steps in the order to do them in, prerequisites first."""

    code: PhaseCode
    title: str
    starts: date
    ends: date
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """The steps ``codes`` done all, scored once: P(match) and P(Los Angeles) before and after. Gains do not
    add up, so this is not their sum. ``programs``: where each is done, by name; "" at none."""

    codes: tuple[str, ...]
    chosen: bool
    before: Spread
    after: Spread
    gain: Spread
    los_angeles_before: float
    los_angeles_after: float
    los_angeles_gain: Spread
    programs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fixed:
    code: str
    detail: str


@dataclass(frozen=True)
class PlanDocument:
    """``season`` aimed at, by its Match week; ``stage``: before applications open, after, in the months of
    interviews, or in Match week. ``months_left`` until they open, 0 after. ``late``: what is too late for
    this season, each with the next one's date; ``little``: what would add next to nothing for this person.
    ``la_weight``: what a match in Los Angeles counts beyond one elsewhere, in weighing gains."""

    season: str
    as_of: date
    stage: Literal["before", "open", "interviews", "soap"]
    opens: Dated
    months_left: float
    applied_before: bool | None
    graduates: int | None
    wants_los_angeles: bool
    dates: tuple[Dated, ...]
    phases: tuple[Phase, ...]
    late: tuple[Step, ...]
    cannot_change: tuple[Fixed, ...]
    together: Together | None
    little: tuple[Step, ...] = ()
    la_weight: float = 0.0

    @property
    def steps(self) -> Iterator[Step]:
        """Every step of every phase, in order; not what is too late."""
        for phase in self.phases:
            yield from phase.steps

    @cached_property
    def by_event(self) -> dict[str, Dated]:
        return {dated.event: dated for dated in self.dates}


_ADAPTER = TypeAdapter(PlanDocument)


def document_dump(document: PlanDocument) -> dict[str, Any]:
    """As it is kept in a row."""
    dumped: dict[str, Any] = _ADAPTER.dump_python(document, mode="json")
    return dumped


def document_load(kept: object) -> PlanDocument:
    """What ``document_dump`` wrote. Raises pydantic.ValidationError for what an earlier edition wrote."""
    return _ADAPTER.validate_python(kept)
