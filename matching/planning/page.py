"""Everything the plan page shows, from the plan's document and what was done with its steps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matching.planning.dates import aims, date_of
from matching.planning.document import PlanDocument, Step, Together
from matching.planning.headline import done_at, headline, lede, lower
from matching.planning.selectors import StepKey, StepTold, key_of
from matching.planning.step_view import StepView, Trouble, step_view
from matching.planning.timeline import Timeline, timeline, when_words
from matching.planning.words import SURE, dated_words, day_words, gain_words, source_parts
from matching.presentation.numbers import listed, percent_range
from matching.season_dates import OPENS


@dataclass(frozen=True, slots=True)
class PhaseView:
    code: str
    title: str
    when: str
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class DoneView:
    code: str
    program: str
    label: str
    on: str
    note: str


@dataclass(frozen=True, slots=True)
class DateView:
    label: str
    when: str
    sure: str
    note: str
    url: str
    source: str


@dataclass(frozen=True, slots=True)
class AimView:
    season: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    headline: str
    lede: str
    made: str
    aims: tuple[AimView, ...]
    applied: str
    timeline: Timeline
    phases: tuple[PhaseView, ...]
    done: tuple[DoneView, ...]
    late: tuple[StepView, ...]
    little: tuple[str, ...]
    fixed: tuple[str, ...]
    dates: tuple[DateView, ...]
    together: tuple[str, ...]
    trouble: Trouble | None


@dataclass(frozen=True)
class Done:
    """A step that was ticked: what it was called then, and when."""

    code: str
    program: str
    label: str
    on: date
    note: str


def plan_page(
    document: PlanDocument,
    told: Sequence[StepTold],
    late: Sequence[StepTold],
    done: Iterable[Done],
    *,
    season: str,
    today: date,
    trouble: Trouble | None = None,
) -> PlanPage:
    by_key: Mapping[StepKey, StepTold] = {key_of(one.step): one for one in told}
    labels = {step.code: step.label for step in document.steps}
    finished = tuple(done)

    def view(one: StepTold) -> StepView:
        return step_view(one, document, labels, today=today, trouble=trouble)

    return PlanPage(
        headline=headline(document, today),
        lede=lede(document, by_key),
        made=day_words(document.as_of),
        aims=tuple(_aims(document, season, today)),
        applied={True: "yes", False: "no", None: ""}[document.applied_before],
        timeline=timeline(document),
        phases=tuple(
            PhaseView(
                phase.code,
                phase.title,
                when_words(phase),
                tuple(view(one) for step in phase.steps if (one := by_key[key_of(step)]).state != "done"),
            )
            for phase in document.phases
        ),
        done=tuple(
            DoneView(one.code, one.program, one.label, day_words(one.on), one.note) for one in finished
        ),
        late=tuple(view(one) for one in late if one.state != "done"),
        little=tuple(dict.fromkeys(step.label for step in document.little)),
        fixed=tuple(fixed.detail for fixed in document.cannot_change),
        dates=tuple(_dates(document)),
        together=_together(document.together, document.steps, los_angeles=document.wants_los_angeles),
        trouble=trouble,
    )


def _aims(document: PlanDocument, season: str, today: date) -> Iterable[AimView]:
    for aim in aims(season, today):
        opens = date_of(aim, OPENS)
        assert opens is not None  # or it could not be aimed at
        words = f"open since {dated_words(opens)}" if opens.day <= today else f"open {dated_words(opens)}"
        yield AimView(aim, f"Season {aim}: applications {words}", aim == document.season)


def _dates(document: PlanDocument) -> Iterable[DateView]:
    for dated in document.dates:
        url, words = source_parts(dated.source)
        note = dated.note.removeprefix("not announced").lstrip("; ")  # said already, beside it
        yield DateView(dated.label, dated_words(dated), SURE[dated.precision], note, url, words)


def _together(told: Together | None, steps: Iterable[Step], *, los_angeles: bool) -> tuple[str, ...]:
    """Gains do not add up: what several actions bring at once, as ranges."""
    if told is None:
        return ()
    labels = {step.code: step.label for step in steps}
    places = told.programs or ("",) * len(told.codes)
    names = [
        done_at(labels[code], place) for code, place in zip(told.codes, places, strict=True) if code in labels
    ]
    whole = (
        "All of these together would take you from "
        f"{percent_range(told.before.low, told.before.high)} match to "
        f"{percent_range(told.after.low, told.after.high)} match."
    )
    gain = f"In seasons like yours that is {gain_words(told.gain)}."
    lines = [f"{_sentence(listed([lower(name) for name in names]))}.", whole, gain]
    if los_angeles:
        lines.append(f"In Los Angeles: {gain_words(told.los_angeles_gain)}.")
    lines.append("The gains beside the steps do not add up. Each is reckoned as if it were the only one.")
    return tuple(lines)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
