"""What would move a program to a better tier: for each row the cheapest allowed actions, by scoring it again.

Every action is one changed profile, scored again at all rows at once; an action at the program itself is one
profile for all of them (``program_actions``). Probabilities of all actions and rows come from one average.
A safety needs its low end, so the draws are looked at where the probability alone would allow one.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np

from matching.scoring.action_costs import cost_of
from matching.scoring.actions import (
    ACTION_INDEX,
    ACTIONS,
    PROGRAM_ACTIONS,
    Action,
    AnyAction,
    ProgramAction,
    unmet,
)
from matching.scoring.answer import NO_FLIPS, Flips
from matching.scoring.applicant import Applicant
from matching.scoring.columns import Columns, Flags, Ints
from matching.scoring.draws import Floats
from matching.scoring.examine import Examined, range_rows
from matching.scoring.kinds import by_kind
from matching.scoring.model import Model
from matching.scoring.probability import average
from matching.scoring.program_actions import sites_of
from matching.scoring.rescore import DrawnRows, Rescored, Rescorer, is_read
from matching.scoring.signal_actions import SIGNAL_ACTIONS, SignalAction
from matching.scoring.signals import LEVELS
from matching.scoring.situation import Site, Situation
from matching.scoring.tiers import REACH, SAFETY, TARGET, abstentions, tiers_assign

if TYPE_CHECKING:
    from matching.scoring.scored import Scored

NO_COUNTS = (0, 0, 0)
MOST = 3  # flips told of one row


@dataclass(frozen=True)
class Variant:
    """One action tried at all rows: ``at`` (r,) where it can be done, ``p`` (r,) the chance after it."""

    action: AnyAction
    applicant: Applicant
    rescored: Rescored
    at: Flags
    p: Floats


Change = Callable[[Situation], Applicant]
Tried = tuple[Action | ProgramAction, Applicant, Flags]


def flips_find(
    scored: "Scored", applicant: Applicant, rows: Ints, tiers: Ints, signal: Floats | None, model: Model
) -> Flips:
    """The cheapest actions that move each of ``rows`` (r,), now in ``tiers`` (r,), to a better tier.

    Each action alone, with nothing left to do before it. ``signal`` (r,): the log-odds of the signal a row
    gets, which it keeps; None where she uses no signals. Rows whose number is not shown have none.
    """
    order = np.argsort(rows)
    finder = _Finder(scored, applicant, rows[order], tiers[order], model)
    if signal is not None:
        finder.signal, finder.signalled = signal[order], True
    return finder.find()


class _Finder:
    def __init__(self, scored: "Scored", applicant: Applicant, rows: Ints, tiers: Ints, model: Model) -> None:
        self.scored, self.applicant, self.rows, self.tiers, self.model = scored, applicant, rows, tiers, model
        self.values = model.parameters.values
        self.columns: Columns = scored.terms.columns
        self.sd, self.signal, self.signalled = scored.sd[rows], np.zeros(len(rows)), False
        self.slope = float(by_kind("recalibration.slope", scored.person.type, model.central.drawn)[0])
        self.rescorer = Rescorer(scored, rows, model)
        self.situation = Situation(applicant, model.application_year, self.values)
        doable = [one for one in ACTIONS if is_read(one.members) and one.possible(self.situation)]
        self.possible = [action for action in doable if unmet(action, self.situation) == ()]
        self.hidden = abstentions(self.columns, scored.no_base)[rows]
        self.open = ~self.hidden & (tiers < SAFETY)
        self.reached: dict[str, Ints] = {}

    def find(self) -> Flips:
        if not self.open.any():
            return replace(NO_FLIPS, asked=len(self.rows))
        variants = {one.action.name: one for one in (*self._variants(), *self._signals())}
        left = np.where(self.open, MOST, 0)
        found: list[tuple[Ints, int, Ints, Floats]] = []
        for variant in sorted(variants.values(), key=self._price):
            wanted = variant.at & (left > 0) & self._may_move(variant.p)
            if not wanted.any():
                continue
            tiers = self._tiers(variant, variants)
            up = (wanted & (tiers > self.tiers)).nonzero()[0]
            left[up] -= 1
            found.append((up, ACTION_INDEX[variant.action.name], tiers[up], variant.p[up]))
        return self._told(found)

    def _price(self, variant: Variant) -> tuple[float, str]:
        free = isinstance(variant.action, SignalAction)
        return 0.0 if free else cost_of(variant.action.name, self.values).effort, variant.action.name

    def _told(self, found: list[tuple[Ints, int, Ints, Floats]]) -> Flips:
        if not found:
            return replace(NO_FLIPS, asked=len(self.rows))
        at = np.concatenate([up for up, *_ in found])
        order = np.argsort(at, kind="stable")  # within a row the cheapest stays first
        action = np.concatenate([np.full(len(up), action) for up, action, *_ in found])
        tier = np.concatenate([tiers for *_, tiers, _ in found])
        p = np.concatenate([p for *_, p in found])
        return Flips(len(self.rows), self.rows[at[order]], action[order], tier[order], p[order])

    def _may_move(self, p: Floats) -> Flags:
        """(r,) rows whose probability alone would allow a better tier."""
        lines = {REACH: self.values["tier.target"], TARGET: self.values["tier.safety_low"]}
        need = np.array([lines.get(tier, np.inf) for tier in range(SAFETY + 1)])[self.tiers]
        may: Flags = self.open & (p >= np.minimum(need, self.values["tier.safety_low"]))
        return may

    def _variants(self) -> Iterator[Variant]:
        """Every action that can be done and is read here. A smaller form of one that moves nothing is not
        tried: it can move nothing either."""
        everywhere = np.ones(len(self.rows), dtype=bool)
        can: dict[str, tuple[Action | ProgramAction, Change, Flags]] = {
            action.name: (action, action.change, everywhere) for action in self.possible
        }
        can |= {action.name: (action, change, at) for action, change, at in self._here()}
        layer = [one for one in can.values() if one[0].part_of not in can]
        while layer:
            variants = self._score([(action, change(self.situation), at) for action, change, at in layer])
            yield from variants
            moved = {one.action.name for one in variants if (one.at & self._may_move(one.p)).any()}
            layer = [one for one in can.values() if one[0].part_of in moved]

    def _signals(self) -> Iterator[Variant]:
        """A signal at each row that gets none, where its specialty has signals and she uses them."""
        names, rescorer = self.columns.specialties, self.rescorer
        today = Rescored(rescorer.contributions, rescorer.screening, rescorer.rules_pass)
        log_odds = rescorer.base + today.contributions.sum(axis=1)
        for action in SIGNAL_ACTIONS if self.signalled else ():
            counts = [known.counts if (known := self.model.signals.of(name)) else NO_COUNTS for name in names]
            some = np.array(counts)[:, LEVELS.index(action.level)] > 0
            at = some[self.columns.specialty[self.rows]] & (self.signal == 0.0) & ~today.screening.out
            at &= self.open & (self.tiers == REACH)  # a safety's low end is without a signal
            if at.any():
                effect = self.slope * self.values[f"signal.{action.level}"]
                p = self._average(log_odds + effect, self.sd)
                yield Variant(action, self.applicant, today, at, p)

    def _average(self, log_odds: Floats, sd: Floats) -> Floats:
        sigma, nodes = self.values["luck.sigma"], self.model.nodes
        return average(log_odds, sd, sigma=sigma, nodes=nodes).p

    def _here(self) -> Iterator[tuple[ProgramAction, Change, Flags]]:
        """Actions at the programs themselves: one profile that stands for each of them."""
        sites = sites_of(self.columns, self.rows)
        programs = [
            frozenset(self.columns.ids[row] for row in self.columns.rows_of_program[program])
            for program in self.columns.program[self.rows].tolist()
        ]
        for action in PROGRAM_ACTIONS:
            at = np.array([action.possible(self.situation, program) for program in programs])
            asked = [site for site, possible in zip(sites, at.tolist(), strict=True) if possible]
            if asked:
                yield action, partial(_spread, action, asked), at

    def _score(self, tried: Iterable[Tried]) -> list[Variant]:
        """The probability at every row after each action, all in one average."""
        kept = [
            (action, applicant, at, self.rescorer.rescore(applicant, action.members))
            for action, applicant, at in tried
        ]
        base = self.rescorer.base + self.signal
        log_odds = [base + rescored.contributions.sum(axis=1) for *_, rescored in kept]
        p = self._average(np.concatenate(log_odds), np.tile(self.sd, len(kept)))
        p = p.reshape(len(kept), len(self.rows))
        return [
            Variant(action, applicant, rescored, at & ~rescored.screening.out, chances)
            for (action, applicant, at, rescored), chances in zip(kept, p, strict=True)
        ]

    def _tiers(self, variant: Variant, variants: dict[str, Variant]) -> Ints:
        """(r,) the tier after the action where it may be done. Kept: a smaller form of it asks again."""
        name = variant.action.name
        if name not in self.reached:
            rescored = variant.rescored
            held = rescored.screening.waived | self.hidden
            self.reached[name] = tiers_assign(
                p=variant.p,
                low=self._low(variant, held, variants),
                rules_pass=rescored.rules_pass,
                held_to_reach=held,
                parameters=self.model.parameters,
            )
        return self.reached[name]

    def _low(self, variant: Variant, held: Flags, variants: dict[str, Variant]) -> Floats:
        """(r,) the 10th percentile over the draws where a safety is possible at all, 0 elsewhere."""
        low, safe = np.zeros(len(self.rows)), self.values["tier.safety_low"]
        hopeful = variant.at & ~held & variant.rescored.rules_pass & (variant.p >= safe)
        hopeful &= self._may_move(variant.p)
        if isinstance(variant.action, SignalAction) or not hopeful.any():
            return low
        if (larger := variants.get(variant.action.part_of or "")) is not None:
            # What the larger form does not make a safety, this does not either.
            hopeful &= ~larger.at | (self._tiers(larger, variants) == SAFETY)
        elif isinstance(variant.action, Action) and "step2ck" not in variant.action.members:
            hopeful &= self._within_reach  # a pass and a higher score exclude each other: not bounded by all
        if hopeful.any():
            at = hopeful.nonzero()[0]
            drawn = self.rescorer.drawn_log_odds(variant.applicant, variant.action.members, at)
            low[at] = self._low_of(drawn, at, variant.p[at])
        return low

    @cached_property
    def _within_reach(self) -> Flags:
        """(r,) rows that all actions but those at the program, taken together, might make a safety: no one of
        them does more."""
        situation, members = self.situation, frozenset[str]()
        for action in self.possible:
            if action.possible(situation):
                situation, members = (
                    situation.with_applicant(action.change(situation)),
                    members | action.members,
                )
        at = self.open.nonzero()[0]
        drawn = self.rescorer.drawn_log_odds(situation.applicant, members, at)
        reached = np.zeros(len(self.rows), dtype=bool)
        reached[at] = self._low_of(drawn, at, np.ones(len(at))) >= self.values["tier.safety_low"]
        return reached

    def _low_of(self, drawn: Floats, at: Ints, p: Floats) -> Floats:
        rows, scored, nothing = self.rows[at], self.scored, np.zeros((0, 0))
        examined = Examined(rows, nothing, nothing, nothing, p)
        terms = DrawnRows(self.columns, drawn)
        return range_rows(terms, scored.sd, scored.usual, examined, rows, self.model, scored.spread).low


def _spread(action: ProgramAction, sites: list[Site], situation: Situation) -> Applicant:
    return action.spread(situation.applicant, sites)
