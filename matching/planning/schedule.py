"""By when each action has to be begun: backwards from the opening, what needs it first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matching.planning.groups import Group, kind_of, name_of, needs_of
from matching.scoring.action_costs import cost_of, started_by

EXAM_DAYS = 95  # before the opening: by when Step 2 CK is planned to be passed; its score is moved before


@dataclass(frozen=True, slots=True)
class Slot:
    """The latest day to begin, and the day it is to be done by; ``first``: names of the steps before."""

    start: date
    due: date
    first: tuple[str, ...]


def schedule(groups: Sequence[Group], values: Mapping[str, float], opens: date) -> list[Slot]:
    """One slot a group. What another needs is done in time for it to be begun at its latest: of a larger form
    of the same, the part that is needed. What is too late holds nothing up and keeps its own date."""
    chosen = {kind_of(name_of(group.best)): name_of(group.best) for group in groups if group.best.row < 0}
    dues = {at: _due(group, opens) for at, group in enumerate(groups)}
    starts = {at: started_by(dues[at], group.best.cost.months) for at, group in enumerate(groups)}
    order = sorted(starts, key=lambda at: -len(groups[at].best.first))
    for at in order:
        gain = groups[at].best
        if gain.too_late:
            continue
        begun = starts[at]
        for need in reversed(needs_of(gain)):
            done, begun = begun, started_by(begun, cost_of(need, values).months)
            before = _at(groups, kind_of(need))
            if before is not None and not groups[before].best.too_late:
                dues[before], starts[before] = min(dues[before], done), min(starts[before], begun)
    found = []
    for at, group in enumerate(groups):
        first = tuple(dict.fromkeys(chosen.get(kind_of(name), name) for name in needs_of(group.best)))
        start = group.best.start_by if group.best.too_late else starts[at]
        found.append(Slot(start, dues[at], first))
    return found


def _due(group: Group, opens: date) -> date:
    before = EXAM_DAYS if kind_of(name_of(group.best)) == "step2ck_plus" else 0
    return opens - timedelta(days=before)


def _at(groups: Sequence[Group], kind: str) -> int | None:
    return next(
        (
            at
            for at, group in enumerate(groups)
            if group.best.row < 0 and kind_of(name_of(group.best)) == kind
        ),
        None,
    )
