"""What each action would add to the list as a whole, and when it must be begun.

The list is picked anew for the changed applicant under the same limits, since she would plan anew, and set
beside the list of today; where other things must be done first, beside the list after those. An action at a
program is weighed at the one program where it adds most to today's list. The range is that of the difference,
draw by draw, with both lists as picked.
"""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from matching.scoring.action_costs import Cost, cost_of, started_by
from matching.scoring.actions import ACTION_INDEX, ACTIONS, PROGRAM_ACTIONS, Action, ProgramAction, unmet
from matching.scoring.answer import Answer, Range
from matching.scoring.applicant import RINGS, Applicant, Options
from matching.scoring.columns import Columns, Ints
from matching.scoring.draws import Floats
from matching.scoring.gain_draws import ListDrawn, difference, list_drawn
from matching.scoring.listing import LOS_ANGELES, la_weight, willing_of
from matching.scoring.model import Model
from matching.scoring.probability import average
from matching.scoring.program_actions import sites_of
from matching.scoring.rescore import Rescorer
from matching.scoring.score import score
from matching.scoring.scored import catalogue_score
from matching.scoring.situation import Situation
from matching.scoring.terms import CENTRAL

LEAST = 1e-6  # of the objective: gains below are rounding
LOOKED_AT = 120  # programs an action may be done at, the recommended ones first


@dataclass(frozen=True)
class Gain:
    """``action`` into ``ALL_ACTIONS``, at the catalogue ``row`` or -1; what it adds to P(match) and to
    P(match in Los Angeles), and to the ``objective`` that weighs both; ``first``: actions to be done before.
    ``start_by``: the last day to begin, those before it included; ``too_late``: that day is past."""

    action: int
    row: int
    match: Range
    los_angeles: Range
    objective: float
    cost: Cost
    first: tuple[int, ...]
    start_by: date
    too_late: bool

    @property
    def per_effort(self) -> float:
        return self.objective / self.cost.effort


def gains_of(
    applicant: Applicant, options: Options, columns: Columns, model: Model, *, opens: date, as_of: date
) -> tuple[Gain, ...]:
    """Every action that can be done and adds something, by gain per effort, what must come first before it.

    ``opens``: when applications open. Raises ListInfeasible as ``score`` does.
    """
    return Planner(applicant, options, columns, model, opens, as_of).ordered()


def _in_order(gains: list[Gain]) -> tuple[Gain, ...]:
    """By gain per effort, what others need before them; that is done at no program, so its name is enough."""
    needed = {gain.action: gain for gain in gains if gain.row < 0}
    placed: dict[tuple[int, int], Gain] = {}
    for gain in sorted(gains, key=lambda gain: (-gain.per_effort, gain.action, gain.row)):
        before = [needed[action] for action in gain.first if action in needed]
        for one in (*before, gain):
            placed.setdefault((one.action, one.row), one)
    return tuple(placed.values())


@dataclass(frozen=True)
class Planned:
    """An applicant with her list: the ``answer``, and its chances under each draw."""

    applicant: Applicant
    answer: Answer
    drawn: ListDrawn


class Planner:
    """One applicant's plans from one day on: her list as things stand, and anew after any change."""

    def __init__(
        self,
        applicant: Applicant,
        options: Options,
        columns: Columns,
        model: Model,
        opens: date,
        as_of: date,
    ) -> None:
        widest = max(options.rings or RINGS, key=RINGS.index)
        self.options = replace(options, rings=(widest,), ranges=False, top=LOOKED_AT)
        self.columns, self.model, self.opens, self.as_of = columns, model, opens, as_of
        self.values = model.parameters.values
        self.situation = Situation(applicant, model.application_year, self.values)
        default = self.values["list.la_weight_default_if_stated"]
        self.la_weight = la_weight(applicant, options, default)
        self.planned: dict[tuple[int, ...], Planned] = {}

    def ordered(self) -> tuple[Gain, ...]:
        """Every gain, by gain per effort, what must come first before it."""
        return _in_order([gain for gain in self.gains() if gain.objective > LEAST])

    def stepwise(self, ring: int | None) -> tuple[Gain, ...]:
        """The same for a plan of steps: with what others need though it adds nothing itself, and, where an
        action is best at a program outside ``ring``, the best program within it too."""
        found = self.gains()
        needed = {action for gain in found if gain.objective > LEAST for action in gain.first}
        found = [gain for gain in found if gain.objective > LEAST or gain.action in needed]
        if ring is not None:
            found += self._gains_within(found, ring)
        return _in_order(found)

    def _gains_within(self, found: list[Gain], ring: int) -> list[Gain]:
        outside = {gain.action for gain in found if gain.row >= 0 and self.columns.ring[gain.row] > ring}
        actions = [action for action in PROGRAM_ACTIONS if ACTION_INDEX[action.name] in outside]
        more = [gain for action in actions if (gain := self._gain_here(action, ring))]
        return [gain for gain in more if gain.objective > LEAST]

    def gains(self) -> list[Gain]:
        found = []
        for action in ACTIONS:
            if action.possible(self.situation) and (before := unmet(action, self.situation)) is not None:
                found.append(self._gain(action, before))
        found += [gain for action in PROGRAM_ACTIONS if (gain := self._gain_here(action))]
        return found

    def _gain(self, action: Action, before: tuple[Action, ...]) -> Gain:
        base = self._after(before)
        changed = action.change(self.situation.with_applicant(base.applicant))
        months = sum(cost_of(one.name, self.values).months for one in (*before, action))
        return self._told(action, base, self.plan(changed), before, months, -1)

    def _gain_here(self, action: ProgramAction, ring: int | None = None) -> Gain | None:
        today = self._after(())
        row = self._best_site(action, today.answer, ring)
        if row is None:
            return None
        changed = action.change(self.situation, sites_of(self.columns, np.array([row]))[0])
        months = cost_of(action.name, self.values).months
        return self._told(action, today, self.plan(changed), (), months, row)

    def _told(
        self,
        action: Action | ProgramAction,
        base: Planned,
        new: Planned,
        before: tuple[Action, ...],
        months: float,
        row: int,
    ) -> Gain:
        old, now = base.answer.widest, new.answer.widest
        match = difference(now.match.value - old.match.value, new.drawn.match - base.drawn.match)
        los_angeles = difference(
            now.p_los_angeles - old.p_los_angeles, new.drawn.los_angeles - base.drawn.los_angeles
        )
        begin = started_by(self.opens, months)
        return Gain(
            action=ACTION_INDEX[action.name],
            row=row,
            match=match,
            los_angeles=los_angeles,
            objective=match.value + self.la_weight * los_angeles.value,
            cost=cost_of(action.name, self.values),
            first=tuple(ACTION_INDEX[one.name] for one in before),
            start_by=begin,
            too_late=begin < self.as_of,
        )

    def together(self, changed: Applicant) -> tuple[Planned, Planned]:
        """Today's plan, and that of an applicant who has done several things at once."""
        return self._after(()), self.plan(changed)

    def _after(self, before: tuple[Action, ...]) -> Planned:
        """The plan once the actions ``before`` are done; each is made once."""
        key = tuple(ACTION_INDEX[action.name] for action in before)
        if key not in self.planned:
            situation = self.situation
            for action in before:
                situation = situation.with_applicant(action.change(situation))
            self.planned[key] = self.plan(situation.applicant)
        return self.planned[key]

    def plan(self, applicant: Applicant) -> Planned:
        answer = score(applicant, self.options, self.columns, self.model)
        return Planned(applicant, answer, list_drawn(applicant, answer, self.columns, self.model))

    def _best_site(self, action: ProgramAction, answer: Answer, ring: int | None = None) -> int | None:
        """Where the action adds most to today's list, the rest of it as it is; within ``ring`` if given."""
        rows = np.sort(answer.rows.row[~self.columns.year_only[answer.rows.row]])
        rows = rows if ring is None else rows[self.columns.ring[rows] <= ring]
        programs = [
            frozenset(self.columns.ids[at] for at in self.columns.rows_of_program[program])
            for program in self.columns.program[rows].tolist()
        ]
        open_here = np.array([action.possible(self.situation, program) for program in programs], dtype=bool)
        if not open_here.any():
            return None
        sites = [
            site for site, possible in zip(sites_of(self.columns, rows), open_here, strict=True) if possible
        ]
        spread = action.spread(self.situation.applicant, sites)
        scored = catalogue_score(self.situation.applicant, self.columns, self.model)
        rescorer = Rescorer(scored, rows, self.model)
        rescored = rescorer.rescore(spread, action.members)
        open_here &= ~rescored.screening.out
        chances = [
            average(
                rescorer.base + contributions.sum(axis=1),
                scored.sd[rows],
                sigma=self.values["luck.sigma"],
                nodes=self.model.nodes,
            ).p_z
            for contributions in (rescorer.contributions, rescored.contributions)
        ]
        worth = self._worth(rows, chances[0], chances[1], answer.widest.rows)
        return int(rows[np.argmax(np.where(open_here, worth, -1.0))]) if open_here.any() else None

    def _worth(self, rows: Ints, before: Floats, after: Floats, listed: Ints) -> Floats:
        """(r,) what the better chance adds to the objective: to a program of the list, or in place of its
        weakest one."""
        on = np.isin(rows, listed)[:, None]
        willing = float(willing_of(self.situation.applicant, self.model)[CENTRAL])
        in_la = (self.columns.ring[rows] == LOS_ANGELES)[:, None]
        added, loss = np.zeros(len(rows)), np.zeros(len(rows))
        for weight, counted in ((1.0, np.ones_like(in_la)), (self.la_weight, in_la)):
            missed = np.where(on & counted, 1.0 - willing * before, 1.0)
            without = weight * counted * self.model.nodes.weight * missed.prod(axis=0) / missed
            added += willing * np.einsum("rk,rk->r", np.where(on, after - before, after), without)
            loss += willing * np.einsum("rk,rk->r", before, without)
        weakest = loss[on[:, 0]].min() if on.any() else 0.0
        found: Floats = np.where(on[:, 0], added, added - weakest)
        return found
