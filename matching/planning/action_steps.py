"""The scored steps of a plan: the actions worth doing for this person, each at its place in time."""

import calendar
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from matching.advice_documents import action_label
from matching.catalogue import LoadedCatalogue
from matching.place_words import RING_WORDS
from matching.planning.action_words import ASKS, WHY, home_of
from matching.planning.document import At, Larger, PhaseCode, Step
from matching.planning.groups import Group, groups_of, name_of
from matching.planning.phases import Window, earlier, phase_at
from matching.planning.schedule import Slot, schedule
from matching.planning.spreads import spread_of
from matching.scoring.action_costs import started_by
from matching.scoring.applicant import RINGS, Applicant, Ring
from matching.scoring.gains import Gain
from matching.scoring.situation import Situation
from matching.season_dates import OPENS

LABELS_AT = {
    "rotation_here": "Rotate for 4 weeks at one program",
    "letter_here": "Get a letter from where you rotated",
    "rotation_and_letter_here": "Rotate for 4 weeks at one program and earn a letter",
}


@dataclass(frozen=True)
class Telling:
    """What the steps are told with: whose they are, the programs, the phases, and the next opening."""

    applicant: Applicant
    catalogue: LoadedCatalogue
    spans: Mapping[PhaseCode, Window]
    opens: date
    next_opens: date | None
    values: Mapping[str, float]

    @property
    def as_of(self) -> date:
        return next(iter(self.spans.values()))[0]

    @property
    def ring(self) -> Ring | None:
        """The ring wished for, where it is one that programs lie in or out of."""
        ring = self.applicant.wishes.ring
        return None if ring == "national" else ring


def action_steps(gains: Sequence[Gain], telling: Telling, chosen: Collection[str]) -> list[Step]:
    """In the order of the gains, what must come first before it; what is too late among them."""
    groups = groups_of(gains, chosen, lambda row: _near(row, telling))
    slots = schedule(groups, telling.values, telling.opens)
    steps = [_step(group, slot, telling) for group, slot in zip(groups, slots, strict=True)]
    return _phased(_ordered(steps))


def _near(row: int, telling: Telling) -> bool:
    ring = telling.ring
    return ring is not None and RINGS.index(telling.catalogue.tracks[row].ring) <= RINGS.index(ring)


def _step(group: Group, slot: Slot, telling: Telling) -> Step:
    gain, name = group.best, name_of(group.best)
    phase = earlier(home_of(name), phase_at(slot.start, telling.spans))
    late = gain.too_late or slot.start < telling.as_of
    return Step(
        code=name,
        kind="action",
        phase=phase if phase in telling.spans else phase_at(slot.start, telling.spans),
        label=_label(gain, telling),
        why=WHY[name](telling.applicant),
        source="",
        start=slot.start,
        due=slot.due,
        due_event=OPENS,
        cost_usd=round(gain.cost.usd),
        work_weeks=gain.cost.weeks,
        lead_months=gain.cost.months,
        gain_match=spread_of(gain.match),
        gain_los_angeles=spread_of(gain.los_angeles),
        first=slot.first,
        too_late=late,
        next_start=_next_start(slot.start, telling) if late else None,
        program=_at(gain, telling),
        larger=tuple(_larger(each, slot.start, telling) for each in group.larger),
        ask=ASKS.get(name, ""),
    )


def _next_start(begun: date, telling: Telling) -> date | None:
    """The latest day to begin for the season after, what comes first included."""
    if telling.next_opens is None:
        return None
    years = telling.next_opens.year - telling.opens.year
    last = calendar.monthrange(begun.year + years, begun.month)[1]
    return begun.replace(year=begun.year + years, day=min(begun.day, last))


def _larger(gain: Gain, latest: date, telling: Telling) -> Larger:
    return Larger(
        code=name_of(gain),
        label=_label(gain, telling),
        start=min(started_by(telling.opens, gain.cost.months), latest),
        cost_usd=round(gain.cost.usd),
        work_weeks=gain.cost.weeks,
        gain_match=spread_of(gain.match),
        gain_los_angeles=spread_of(gain.los_angeles),
        too_late=gain.too_late,
    )


def _label(gain: Gain, telling: Telling) -> str:
    names = telling.catalogue.specialty_names
    label = action_label(gain.action, Situation(telling.applicant, 0, {}), names)
    return LABELS_AT.get(name_of(gain), label)


def _at(gain: Gain, telling: Telling) -> At | None:
    if gain.row < 0:
        return None
    track = telling.catalogue.tracks[gain.row]
    ring = telling.ring
    near = ring is not None and _near(gain.row, telling)
    if near and ring is not None:
        why = f"Of the programs in {RING_WORDS[ring]}, it adds most to your list here."
    elif ring is not None:
        why = (
            f"It lies outside {RING_WORDS[ring]}. We name it because it adds most to your list as a whole, "
            "that is to the chance of a match anywhere."
        )
    else:
        why = "Of all programs on your list, it adds most here."
    return At(
        id=track.id,
        name=track.name,
        specialty=telling.catalogue.specialty_names.get(track.specialty, track.specialty),
        city=track.city,
        state=track.state,
        ring=track.ring,
        why=why,
    )


def _ordered(steps: list[Step]) -> list[Step]:
    """As they come, but each after what must be done before it."""
    needed = {step.code: step for step in steps if step.program is None}
    placed: dict[tuple[str, str], Step] = {}

    def place(step: Step) -> None:
        for code in step.first:
            if code in needed:
                place(needed[code])
        placed.setdefault((step.code, step.program.id if step.program else ""), step)

    for step in steps:
        place(step)
    return list(placed.values())


def _phased(steps: list[Step]) -> list[Step]:
    """Nothing stands in a later phase than what needs it."""
    phase = {step.code: step.phase for step in steps}
    for step in reversed(steps):
        for code in step.first:
            if code in phase:
                phase[code] = earlier(phase[code], phase[step.code])
    return [replace(step, phase=phase[step.code]) if step.program is None else step for step in steps]
