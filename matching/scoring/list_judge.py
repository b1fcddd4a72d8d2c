"""Judging any list of programs, whoever made it, and repairing it with few changes.

Lists are compared without signals unless it is told what they bring with those sent. What a strict rule
closes brings nothing. The best that could be had is the best list of as many programs for no more dollars.
"""

from dataclasses import dataclass

import numpy as np

from matching.scoring.applicant import Applicant, Options
from matching.scoring.balance import Balance, balance_of
from matching.scoring.balance_measures import measures_of
from matching.scoring.board import Board
from matching.scoring.choice import best_tracks, listable, scope_of
from matching.scoring.columns import Columns, Ints
from matching.scoring.examine import Examined, examine, range_rows
from matching.scoring.greedy import Growing, grow
from matching.scoring.list_rules import Candidates, ListRules
from matching.scoring.listing import LOS_ANGELES, la_weight, step_prices, willing_of
from matching.scoring.model import Model
from matching.scoring.portfolio import list_select
from matching.scoring.scored import Scored, catalogue_score
from matching.scoring.swaps import swaps_improve
from matching.scoring.terms import CENTRAL
from matching.scoring.tiers import abstentions, tiers_assign

_WIDEST = 3


@dataclass(frozen=True, eq=False)
class Repair:
    """The list after it, ``added`` and ``removed`` against the one before: catalogue rows; both balances."""

    rows: Ints
    added: Ints
    removed: Ints
    before: Balance
    after: Balance


@dataclass(frozen=True, slots=True)
class Sent:
    """What a list brings with the signals it sends: the objective, the ``best`` of a list as long and as
    dear with its own signals, the chance of no interview, and the ``tiers`` of its open programs."""

    value: float
    best: float
    none: float
    tiers: Ints


def list_balance(
    applicant: Applicant,
    options: Options,
    rows: Ints,
    columns: Columns,
    model: Model,
    *,
    sent: Sent | None = None,
) -> Balance:
    """The balance of the list ``rows`` (catalogue rows, one a program); ``sent``: with these signals."""
    return _Judge(applicant, options, rows, columns, model).balance(rows, sent=sent)


def list_repair(applicant: Applicant, options: Options, rows: Ints, columns: Columns, model: Model) -> Repair:
    """The list ``rows`` (catalogue rows, one a program) bettered: same number of programs, no more dollars.

    What is closed or an old listing goes first, unless it must be in; then single programs are exchanged,
    what helps most first, until the list brings what grades A. ``options``: what must be in, what must not,
    and ``max_usd``; without it the list's own cost is the limit.
    """
    judge = _Judge(applicant, options, rows, columns, model)
    repaired = judge.repaired(rows)
    return Repair(
        rows=repaired,
        added=np.setdiff1d(repaired, rows),
        removed=np.setdiff1d(rows, repaired),
        before=judge.balance(rows),
        after=judge.balance(repaired),
    )


class _Judge:
    """One applicant's programs, scored, and the limits of one list."""

    def __init__(
        self, applicant: Applicant, options: Options, rows: Ints, columns: Columns, model: Model
    ) -> None:
        if len(np.unique(columns.program[rows])) != len(rows):
            raise ValueError("a program stands twice in the list")
        self.applicant, self.columns, self.model = applicant, columns, model
        self.scored: Scored = catalogue_score(applicant, columns, model)
        out = self.scored.screening.out
        may = listable(columns, applicant, options, self.scored.no_base) & ~out
        asked = scope_of(columns, applicant, options).asked
        others = best_tracks(columns, np.flatnonzero(asked & may), self.scored.log_odds)
        others = others[~np.isin(columns.program[others], columns.program[rows])]
        self.rows = np.sort(np.concatenate((others, rows[~out[rows]])))
        self.examined: Examined = examine(self.scored.terms, self.scored.sd, self.rows, model)
        must = [columns.program[columns.row_of[name]] for name in options.must_include]
        self.fixed = np.isin(columns.program[self.rows], must)
        usd = self.cost(rows) if options.max_usd is None else options.max_usd
        default = model.parameters.values["list.la_weight_default_if_stated"]
        self.rules = ListRules(
            max_applications=len(rows),
            max_usd=usd,
            la_weight=la_weight(applicant, options, default),
            usd_per_match_point=model.parameters.values["list.usd_per_match_point"],
            willing=float(willing_of(applicant, model)[CENTRAL]),
            step_usd=step_prices(columns, model),
        )
        counted = ~columns.year_only[self.rows]
        self.candidates = Candidates(
            p_z=self.examined.p_z * counted[:, None],
            program=columns.program[self.rows],
            specialty=columns.specialty[self.rows],
            in_la=columns.ring[self.rows] == LOS_ANGELES,
            scope=columns.ring[self.rows].astype(np.int8),
            allowed=may[self.rows],
            required=np.zeros(len(self.rows), dtype=bool),
        )
        self.board = Board(self.candidates, self.rules, model.nodes)
        best = list_select(self.candidates, self.rules, model.nodes, scope=_WIDEST)
        self.best = best.p_match + self.rules.la_weight * best.p_la

    def cost(self, rows: Ints) -> int:
        """Application fees of ``rows``."""
        prices = step_prices(self.columns, self.model)
        counts = np.bincount(self.columns.specialty[rows], minlength=len(prices)).tolist()
        return sum(int(row[:count].sum()) for row, count in zip(prices, counts, strict=True))

    def places(self, rows: Ints) -> Ints:
        """The candidates among ``rows``; what is closed is none."""
        return np.flatnonzero(np.isin(self.rows, rows))

    def balance(self, rows: Ints, *, sent: Sent | None = None) -> Balance:
        at = self.places(rows)
        board, model, values = self.board, self.model, self.model.parameters.values
        if sent is None:
            value = board.start.sum() - float(board.start @ board.missed[at].prod(axis=0))
            none = float((1.0 - self.examined.p_z[at]).prod(axis=0) @ model.nodes.weight)
            sent = Sent(value, max(self.best, value), none, self._tiers(at))
        measures = measures_of(
            rows=rows,
            closed=len(rows) - len(at),
            tiers=sent.tiers,
            value=sent.value,
            best=sent.best,
            none=sent.none,
            past_stop=self._past_stop(at),
            applicant=self.applicant,
            columns=self.columns,
        )
        return balance_of(measures, values)

    def repaired(self, rows: Ints) -> Ints:
        kept = self.places(rows)
        kept = kept[self.candidates.allowed[kept] | self.fixed[kept]]
        kept = self._affordable(kept[np.argsort(~self.fixed[kept], kind="stable")])
        counts = np.bincount(self.candidates.specialty[kept], minlength=len(self.board.paid)).tolist()
        left = (self.rules.max_usd or 0) - self.cost(self.rows[kept])
        growing = Growing(counts, left, kept.tolist())
        open_z = (self.board.start * self.board.missed[kept].prod(axis=0))[None, :]
        wanted = self.candidates.allowed.copy()
        wanted[kept] = False
        grow(self.board, [growing], open_z, [wanted], signals=[False])
        enough = self.board.start.sum() - self.model.parameters.values["balance.value.a"] * self.best
        picked = swaps_improve(
            self.board,
            np.array(growing.order, dtype=np.intp),
            self.candidates.allowed,
            int(self.fixed[kept].sum()),
            longest=self.rules.max_applications,
            until=enough,
        )
        return self.rows[picked]

    def _affordable(self, kept: Ints) -> Ints:
        """``kept`` without what is missed least, until the money pays for it; what must be in stays."""
        board = self.board
        while self.cost(self.rows[kept]) > (self.rules.max_usd or 0) and not self.fixed[kept].all():
            missed = board.missed[kept]
            without = (board.start * missed.prod(axis=0) / missed).sum(axis=1)
            without[self.fixed[kept]] = np.inf
            kept = np.delete(kept, int(without.argmin()))
        return kept

    def _tiers(self, at: Ints) -> Ints:
        """(s,) tier codes of candidates."""
        scored, values, rows = self.scored, self.model.parameters.values, self.rows[at]
        p, low = self.examined.p[at], np.zeros(len(at))
        hopeful = np.flatnonzero(p >= values["tier.safety_low"])
        if len(hopeful):
            ranged = range_rows(
                scored.terms, scored.sd, scored.usual, self.examined, rows[hopeful], self.model, scored.spread
            )
            low[hopeful] = ranged.low
        held = scored.screening.waived | abstentions(self.columns, scored.no_base)
        return tiers_assign(
            p=p,
            low=low,
            rules_pass=scored.rules_pass[rows],
            held_to_reach=held[rows],
            parameters=self.model.parameters,
        )

    def _past_stop(self, at: Ints) -> int:
        """How many programs add less than they cost, picked from the list in our order."""
        if not len(at):
            return 0
        listed = np.zeros(len(self.rows), dtype=bool)
        listed[at] = True
        only = Candidates(
            p_z=self.candidates.p_z,
            program=self.candidates.program,
            specialty=self.candidates.specialty,
            in_la=self.candidates.in_la,
            scope=self.candidates.scope,
            allowed=listed,
            required=self.candidates.required,
        )
        found = list_select(only, self.rules, self.model.nodes, scope=_WIDEST)
        return len(found.order) - found.stop_line
