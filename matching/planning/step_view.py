"""One step as the page shows it: by when, what it takes, what it brings, what can be done with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matching.planning.changes import tells_profile
from matching.planning.document import PlanDocument, Step
from matching.planning.selectors import StepTold
from matching.planning.words import cost_words, day_words, due_words, gain_words, source_parts
from matching.presentation.numbers import listed

ASKS = {
    "score": ("Your score", "As on the report."),
    "score_if_told": ("Your score", "Leave it empty if you would rather not say."),
    "practice": ("Your latest practice score", "The three-digit estimate."),
    "weeks": ("How many weeks it was", "Whole weeks."),
    "months": ("How many months it was", "Whole months."),
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """What could not be done with a step: ``words`` stand at its input, with what was typed."""

    code: str
    program: str
    words: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    name: str
    where: str
    why: str


@dataclass(frozen=True, slots=True)
class More:
    label: str
    start: str
    cost: str
    match: str
    los_angeles: str


@dataclass(frozen=True, slots=True)
class StepView:
    """``start_passed``: the latest day to begin is over and nothing was ticked. ``next``: when it is to
    be begun for the season after, where it is too late for this one."""

    anchor: str
    code: str
    program: str
    scored: bool
    rescored: bool
    label: str
    place: Place | None
    why: str
    url: str
    source: str
    when: str
    unsure: bool
    start_passed: bool
    cost: str
    match: str
    los_angeles: str
    after: str
    more: tuple[More, ...]
    state: str
    until: str
    note: str
    ask: str
    ask_help: str
    next: str
    trouble: Trouble | None


def step_view(
    told: StepTold,
    document: PlanDocument,
    labels: Mapping[str, str],
    *,
    today: date,
    trouble: Trouble | None,
) -> StepView:
    step = told.step
    dated = document.by_event.get(step.due_event)
    program = step.program.id if step.program else ""
    url, source = source_parts(step.source)
    ask, ask_help = ASKS.get(step.ask, ("", ""))
    here = trouble is not None and (trouble.code, trouble.program) == (step.code, program)
    return StepView(
        anchor=f"step-{step.code}-{program}".rstrip("-"),
        code=step.code,
        program=program,
        scored=step.kind == "action",
        rescored=tells_profile(step),
        label=step.label,
        place=_place(step),
        why=step.why,
        url=url,
        source=source,
        when=due_words(step, dated),
        unsure=dated is not None and dated.precision != "day",
        start_passed=told.state == "open" and not step.too_late and step.start < min(today, step.due),
        cost=cost_words(step.cost_usd, step.work_weeks) if step.kind == "action" else "",
        match=gain_words(step.gain_match) if step.gain_match else "",
        los_angeles=_los_angeles(step, document),
        after=listed([labels[code] for code in step.first if code in labels and step.kind == "action"]),
        more=tuple(_more(step, document)),
        state=told.state,
        until=day_words(told.snoozed_until) if told.snoozed_until and told.state == "snoozed" else "",
        note=told.note,
        ask=ask,
        ask_help=ask_help,
        next=day_words(step.next_start) if step.next_start else "",
        trouble=trouble if here else None,
    )


def _place(step: Step) -> Place | None:
    if step.program is None:
        return None
    at = step.program
    return Place(at.id, at.name, f"{at.specialty}, {at.city}, {at.state}", at.why)


def _los_angeles(step: Step, document: PlanDocument) -> str:
    """Told where Los Angeles is wished for, or is moved by it."""
    gain = step.gain_los_angeles
    if gain is None or not (document.wants_los_angeles or abs(gain.value) >= 0.005):
        return ""
    return gain_words(gain)


def _more(step: Step, document: PlanDocument) -> list[More]:
    return [
        More(
            label=each.label,
            start=day_words(each.start),
            cost=cost_words(each.cost_usd, each.work_weeks),
            match=gain_words(each.gain_match),
            los_angeles=gain_words(each.gain_los_angeles) if document.wants_los_angeles else "",
        )
        for each in step.larger
    ]
