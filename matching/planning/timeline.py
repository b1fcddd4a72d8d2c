"""The months ahead, drawn: a line a phase, a dot where a scored step has to be begun at the latest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matching.planning.document import Phase, PlanDocument
from matching.planning.words import month_words
from matching.presentation.numbers import counted

HEAD, ROW, FOOT = 34, 44, 30
MONTHS_APART = {"wide": 60.0, "narrow": 74.0}  # the least room between two labels of the axis


@dataclass(frozen=True, slots=True)
class Line:
    code: str
    x1: float
    x2: float
    y: float
    label_x: float
    anchor: str
    label: str
    dots: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """``opens_x`` below 0: applications are open already."""

    name: str
    width: int
    height: int
    floor: float
    opens_x: float
    opens_anchor: str
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Row:
    title: str
    when: str
    steps: str


@dataclass(frozen=True, slots=True)
class Timeline:
    title: str
    caption: str
    text: str
    drawings: tuple[Drawing, ...]
    table: tuple[Row, ...]


def timeline(document: PlanDocument) -> Timeline:
    rows = tuple(
        Row(phase.title, when_words(phase), counted(len(phase.steps), "step")) for phase in document.phases
    )
    return Timeline(
        title="The months ahead",
        caption="A line is a phase. A dot is the latest day to begin a step that moves your odds.",
        text=" ".join(f"{row.title}: {row.when}, {row.steps}." for row in rows),
        drawings=(_drawing("wide", 620, document), _drawing("narrow", 328, document)),
        table=rows,
    )


def when_words(phase: Phase) -> str:
    """``December 2026 to February 2027``; the day after the last is the next phase's."""
    first, last = month_words(phase.starts), month_words(phase.ends - timedelta(days=1))
    if first == last:
        return first
    return f"{first if phase.starts.year != phase.ends.year else f'{phase.starts:%B}'} to {last}"


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date
    width: int

    def x(self, day: date) -> float:
        span = max((self.last - self.first).days, 1)
        return round(4 + (self.width - 8) * (day - self.first).days / span, 1)


def _drawing(name: str, width: int, document: PlanDocument) -> Drawing:
    phases = document.phases
    scale = _Scale(phases[0].starts, phases[-1].ends, width)
    floor = HEAD + ROW * len(phases)
    opens_x = scale.x(document.opens.day) if document.stage == "before" else -1.0
    return Drawing(
        name=name,
        width=width,
        height=floor + FOOT,
        floor=floor,
        opens_x=opens_x,
        opens_anchor="end" if opens_x > width / 2 else "start",
        lines=tuple(_line(phase, HEAD + ROW * at + 30, scale) for at, phase in enumerate(phases)),
        ticks=_ticks(scale, MONTHS_APART[name]),
    )


def _line(phase: Phase, y: float, scale: _Scale) -> Line:
    x1, x2 = scale.x(phase.starts), scale.x(phase.ends)
    late = x1 > scale.width / 2
    days = sorted({step.start for step in phase.steps if step.kind == "action"})
    return Line(
        code=phase.code,
        x1=x1,
        x2=x2,
        y=y,
        label_x=x2 if late else x1,
        anchor="end" if late else "start",
        label=phase.title,
        dots=tuple(scale.x(day) for day in days),
    )


def _ticks(scale: _Scale, apart: float) -> tuple[Tick, ...]:
    """The first days of months, as many as have room; January names its year."""
    found: list[Tick] = []
    for day in _months(scale.first, scale.last):
        x = scale.x(day)
        if x < 14 or x > scale.width - 22 or (found and x - found[-1].x < apart):
            continue
        named = not found or day.month <= _gap(found, scale, day)
        found.append(Tick(x, f"{day:%b} {day.year}" if named else f"{day:%b}", "middle"))
    return tuple(found)


def _gap(found: Sequence[Tick], scale: _Scale, day: date) -> int:
    """How many months lie since the last label: the first label of a year is the one that names it."""
    before = scale.first + timedelta(
        days=round((found[-1].x - 4) / (scale.width - 8) * (scale.last - scale.first).days)
    )
    return (day.year - before.year) * 12 + day.month - before.month


def _months(first: date, last: date) -> list[date]:
    count = (last.year - first.year) * 12 + last.month - first.month
    months = [first.year * 12 + first.month - 1 + at for at in range(1, count + 1)]
    return [date(month // 12, month % 12 + 1, 1) for month in months]
