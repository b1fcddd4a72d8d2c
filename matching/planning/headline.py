"""The first sentences of a plan: how long there is, and what is worth doing first."""

from collections.abc import Mapping
from datetime import date

from matching.planning.action_words import BEFORE_ALL
from matching.planning.document import PlanDocument, Step
from matching.planning.selectors import StepKey, StepTold, key_of
from matching.planning.words import dated_words, gain_words, months_left_words
from matching.presentation.numbers import counted

DAYS_A_MONTH = 30.44
ONE = "at one program"
OPEN = ("open", "snoozed")


def headline(document: PlanDocument, today: date) -> str:
    days = (document.opens.day - today).days
    if days > 0:
        return f"You have {months_left_words(days / DAYS_A_MONTH)} until applications open."
    if document.stage == "soap":
        return "Match week is near. Be ready for Monday."
    if document.stage == "interviews":
        return "Interview season: answer quickly, practise, and get your rank order list ready."
    return "Applications are open. Send what is ready."


def lede(document: PlanDocument, told: Mapping[StepKey, StepTold]) -> str:
    """What to do first, and what it brings; where nothing moves the odds any more, that."""
    first = _first(document, told)
    opens = f"Season {document.season} opens {dated_words(document.opens)}."
    if first is None:
        late = f" {counted(len(document.late), 'step')} came too late; see below for the next dates."
        return f"Nothing that is left moves the odds of this season.{late if document.late else ''}"
    assert first.gain_match is not None
    lead = "First of all" if first.code in BEFORE_ALL else "Most for its effort"
    named = done_at(first.label, first.program.name if first.program else "")
    gains = f"match: {gain_words(first.gain_match)}"
    if document.wants_los_angeles and first.gain_los_angeles is not None:
        gains += f"; Los Angeles: {gain_words(first.gain_los_angeles)}"
    return f"{opens} {lead}: {lower(named)} ({gains})."


def _first(document: PlanDocument, told: Mapping[StepKey, StepTold]) -> Step | None:
    """An exam that is still to be passed; else the open action with most gain for its effort, of those whose
    own first steps are done."""
    able = [
        step
        for step in document.steps
        if step.kind == "action" and told[key_of(step)].state in OPEN and step.gain_match is not None
    ]
    waiting = {step.code for step in able}
    ready = [step for step in able if not waiting.intersection(step.first)]
    exam = next((step for step in ready if step.code in BEFORE_ALL), None)
    return exam or max(ready, key=lambda step: _per_effort(step, document.la_weight), default=None)


def _per_effort(step: Step, la_weight: float) -> float:
    """Gains weighed as the list is chosen, and as the steps of the plan are ordered."""
    gain = step.gain_match.value if step.gain_match else 0.0
    gain += la_weight * (step.gain_los_angeles.value if step.gain_los_angeles else 0.0)
    return gain / (step.cost_usd + 500 * step.work_weeks + 1)


def done_at(label: str, place: str) -> str:
    """The label of a step with the program it is done at, "" for none, in place of ``one program``."""
    if not place:
        return label
    return label.replace(ONE, f"at {place}") if ONE in label else f"{label} at {place}"


def lower(label: str) -> str:
    """``Pass Step 3`` within a sentence; what begins with a number or an abbreviation stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
