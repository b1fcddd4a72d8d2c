"""Simple ways to choose a list, and what a list brings by the model's own odds, without signals."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matching.scoring.applicant import Applicant, Options
from matching.scoring.choice import best_tracks, listable, scope_of
from matching.scoring.columns import Columns, Ints
from matching.scoring.examine import examine
from matching.scoring.fit import fit_scores
from matching.scoring.list_rules import Candidates, ListRules
from matching.scoring.listing import LOS_ANGELES, la_weight, step_prices, willing_of
from matching.scoring.match_chance import match_probability
from matching.scoring.model import Model
from matching.scoring.portfolio import list_select
from matching.scoring.scored import catalogue_score
from matching.scoring.terms import CENTRAL
from matching.scoring.track_facts import FEATURE_INDEX


@dataclass(frozen=True)
class Told:
    usd: int
    match: float
    la: float
    value: float


class Chooser:
    """One applicant's open programs, one track each, with their odds."""

    def __init__(self, applicant: Applicant, columns: Columns, model: Model) -> None:
        options = Options()
        scored = catalogue_score(applicant, columns, model)
        asked = scope_of(columns, applicant, options).asked & listable(columns, applicant, options)
        open_rows = np.flatnonzero(asked & ~scored.screening.out)
        self.columns, self.model, self.applicant = columns, model, applicant
        self.rows = best_tracks(columns, open_rows, scored.log_odds)
        found = examine(scored.terms, scored.sd, self.rows, model)
        self.p, self.p_z = found.p, found.p_z
        self.in_la = columns.ring[self.rows] == LOS_ANGELES
        self.fit = np.nan_to_num(fit_scores(columns, self.rows, applicant, model.parameters))
        self.willing = float(willing_of(applicant, model)[CENTRAL])
        default = model.parameters.values["list.la_weight_default_if_stated"]
        self.la_weight = la_weight(applicant, options, default)
        self.prices = step_prices(columns, model)

    def told(self, at: Ints) -> Told:
        """What the programs at these places cost and bring; Los Angeles as if ranked first."""
        counts = np.bincount(self.columns.specialty[self.rows[at]], minlength=len(self.prices)).tolist()
        usd = sum(int(row[:count].sum()) for row, count in zip(self.prices, counts, strict=True))
        match = match_probability(self.p_z[at], self.willing, self.model.nodes)
        here = at[self.in_la[at]]
        in_la = match_probability(self.p_z[here], self.willing, self.model.nodes)
        return Told(usd, match, in_la, match + self.la_weight * in_la)

    def ours_as_local(self, count: int, usd: int, la: float) -> Told:
        """The same with Los Angeles weighed just enough to reach that chance of a match there."""
        low, high = 0.0, 64.0
        told = self.ours(count, usd, low)
        if told.la >= la:
            return told
        best = self.ours(count, usd, high)
        for _ in range(16):
            middle = (low * high) ** 0.5 if low else high / 8
            tried = self.ours(count, usd, middle)
            low, high, best = (low, middle, tried) if tried.la >= la else (middle, high, best)
        return best

    def ours(self, count: int, usd: int, weight: float | None = None) -> Told:
        """Our list of at most as many programs for at most as many dollars, Los Angeles weighed by ``weight``
        or as by default."""
        n = len(self.rows)
        candidates = Candidates(
            p_z=self.p_z,
            program=self.columns.program[self.rows],
            specialty=self.columns.specialty[self.rows],
            in_la=self.in_la,
            scope=self.columns.ring[self.rows].astype(np.int8),
            allowed=np.ones(n, dtype=bool),
            required=np.zeros(n, dtype=bool),
        )
        rules = ListRules(
            max_applications=count,
            max_usd=usd,
            la_weight=self.la_weight if weight is None else weight,
            usd_per_match_point=self.model.parameters.values["list.usd_per_match_point"],
            willing=self.willing,
            step_usd=self.prices,
        )
        return self.told(list_select(candidates, rules, self.model.nodes, scope=3).order)


def top_by_odds(chooser: Chooser, size: int) -> Ints:
    return np.argsort(-chooser.p, kind="stable")[:size]


def top_by_preference(chooser: Chooser, size: int) -> Ints:
    """Where she wishes to be first, by fit, then by odds."""
    return np.lexsort((-chooser.p, -chooser.fit))[:size]


def fixed_tiers(chooser: Chooser, size: int) -> Ints:
    """A quarter from the likeliest quarter of her programs, half from the next two, a quarter from the last,
    by preference within each."""
    by_odds = np.argsort(-chooser.p, kind="stable")
    quarter = len(by_odds) // 4
    parts = (by_odds[:quarter], by_odds[quarter : 3 * quarter], by_odds[3 * quarter :])
    counts = (size // 4, size // 2, size - size // 4 - size // 2)
    return np.concatenate(
        [
            part[np.argsort(-chooser.fit[part], kind="stable")][:count]
            for part, count in zip(parts, counts, strict=True)
        ]
    )


def friendly_by_state(chooser: Chooser, size: int) -> Ints:
    """Programs that say they take IMGs or have counted some, in order of state; then the rest, so ordered."""
    columns, rows = chooser.columns, chooser.rows
    friendly = columns.features[rows, FEATURE_INDEX["accepts_img"]] > 0
    counted = columns.counts.rows[np.nan_to_num(columns.counts.imgs) > 0]
    friendly |= np.isin(rows, counted)
    state = columns.place_state[columns.cell[rows] // 2]
    return np.lexsort((rows, state, ~friendly))[:size]


WAYS: dict[str, Callable[[Chooser, int], Ints]] = {
    "likeliest first": top_by_odds,
    "preferred first": top_by_preference,
    "fixed 25/50/25": fixed_tiers,
    "IMG-friendly by state": friendly_by_state,
}
