"""The programs of the market: the real catalogue's places and stated rules, with minds of their own.

What each looks for is hidden and drawn: how it reads a score (in a line, by a step, or hardly), fixed cutoffs
it tells nobody, how open it really is to graduates from abroad (a beta distribution, with doors that are
closed), and what it gives for homes, experience, research and signals. None of this is the model's formula.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from matching.scoring.columns import LISTING, Columns, Ints
from matching.scoring.model import Model
from matching.scoring.track_facts import FEATURE_INDEX
from matching.simulation.acceptance import Flags, Singles
from matching.simulation.truth import KINDS, NON_US_IMG, US_DO, US_IMG, Truth

NO_LIMIT = 99.0
LEAST_MEAN = 1e-3  # keeps the beta distribution proper
PART = 1
ABROAD = np.isin(np.arange(len(KINDS)), (US_IMG, NON_US_IMG))
UNIVERSITY, AFFILIATED, COMMUNITY = range(3)
LINE, STEP, WHOLE = range(3)
YEAR_LIMITS = ("2", "3", "5", "7", "10")


@dataclass(frozen=True, eq=False)
class Places:
    """States by code, with the code of each state's Census division (-1: none)."""

    states: tuple[str, ...]
    division: Ints

    def code(self, state: str | None) -> int:
        """The code of a state, -1 for none and for one without a program."""
        return self.states.index(state) if state in self.states else -1


def places_of(columns: Columns) -> Places:
    """The states of the catalogue."""
    states = tuple(sorted({place.state for place in columns.places}))
    names = sorted(set(columns.divisions.values()))
    divisions = [columns.divisions.get(state) for state in states]
    return Places(states, np.array([names.index(d) if d else -1 for d in divisions], dtype=np.int64))


@dataclass(frozen=True, eq=False)
class Programs:
    """One entry (n,) a row of the catalogue; ``places`` is 0 where the track is not in the market.

    ``program`` gives tracks of one program the same number.

    ``openness`` (n, kinds): added to a file's worth, -inf where the door is closed. ``line``, ``step``,
    ``step_at``: how a score is read. ``least_score``, ``most_years``, ``most_fails``: cutoffs.
    """

    places: Ints
    slots: Ints
    program: Ints
    specialty: Ints
    state: Ints
    division: Ints
    ring: Ints
    says_img: Flags
    forgives: Flags
    prestige: Singles
    typical_score: Singles
    line: Singles
    step: Singles
    step_at: Singles
    years: Singles
    fails: Singles
    home: Singles
    local: Singles
    angeleno: Singles
    here: Singles
    weeks: Singles
    research: Singles
    service: Singles
    signal: Singles
    openness: Singles
    least_score: Singles
    most_years: Singles
    most_fails: Singles
    step_width: float
    near_family: float
    near_division: float


def market_of(columns: Columns) -> Flags:
    """(n,) tracks that match for good and are no old listings."""
    found: Flags = (columns.listing != LISTING["old"]) & ~columns.year_only
    return found


def programs_make(
    columns: Columns, places: Places, model: Model, truth: Truth, applicants: int, among: Flags
) -> Programs:
    """Programs of one season for ``applicants``. ``among`` (n,): tracks in the market."""
    chance, n = truth.stream(PART), len(columns)
    state = np.array([places.code(s) for s in columns.place_state])[columns.cell // 2]
    kind = _kinds(columns, chance, truth)
    prestige = _normal(chance, n) + truth["prestige.university"] * (kind == UNIVERSITY)
    prestige -= truth["prestige.university"] * (kind == COMMUNITY)
    typical = truth["typical_score.mean"] + truth["typical_score.per_prestige"] * prestige
    typical += truth["typical_score.sd"] * _normal(chance, n)
    style = chance.choice(3, size=n, p=_shares(truth, "style", ("line", "step", "whole")))
    weight = np.exp(truth["weight.spread"] * chance.standard_normal((10, n)))
    seats = _seats(columns, truth, chance, applicants, among)
    locals_ = np.where(style == WHOLE, truth["style.whole_locals"], 1.0)
    least, years, fails = _cutoffs(columns, truth, chance, typical)
    return Programs(
        places=seats,
        slots=np.ceil(seats * truth["slots.per_place"]).astype(np.int64),
        program=columns.program,
        specialty=columns.specialty,
        state=state,
        division=places.division[state],
        ring=columns.ring,
        says_img=columns.features[:, FEATURE_INDEX["accepts_img"]] > 0,
        forgives=chance.random(n) < truth["cutoff.forgives"],
        prestige=_single(prestige),
        typical_score=_single(typical),
        line=_single(weight[0] * np.array([truth["score.line"], 0.0, truth["score.whole"]])[style]),
        step=_single(weight[0] * truth["score.step"] * (style == STEP)),
        step_at=_single(typical - truth["score.step_below"] * chance.random(n)),
        years=_single(weight[1] * truth["years.weight"]),
        fails=_single(weight[2] * truth["fails.weight"]),
        home=_single(weight[3] * truth["home.weight"] * locals_),
        local=_single(weight[4] * truth["local.weight"] * locals_),
        angeleno=_single(weight[8] * truth["angeleno.weight"] * locals_ * (columns.ring == 0)),
        here=_single(weight[9] * truth["here.weight"]),
        weeks=_single(weight[5] * truth["weeks.weight"]),
        research=_single(
            weight[6]
            * truth["research.weight"]
            * np.where(kind == UNIVERSITY, truth["research.university"], truth["research.elsewhere"])
        ),
        service=_single(weight[7] * truth["service.weight"] * (columns.cell % 2)),
        signal=_single(truth["signal.weight"] * chance.gamma(2.0, 0.5, n)),
        openness=_openness(columns, model, truth, chance, kind),
        least_score=least,
        most_years=years,
        most_fails=fails,
        step_width=truth["score.step_width"],
        near_family=truth["home.family"],
        near_division=truth["home.division"],
    )


def _single(values: NDArray[np.float64]) -> Singles:
    return values.astype(np.float32)


def _normal(chance: np.random.Generator, n: int) -> NDArray[np.float64]:
    return chance.standard_normal(n)


def _shares(truth: Truth, family: str, members: tuple[str, ...]) -> NDArray[np.float64]:
    found = truth.each(family, members)
    shares: NDArray[np.float64] = found / found.sum()
    return shares


def _kinds(columns: Columns, chance: np.random.Generator, truth: Truth) -> Ints:
    """University, affiliated or community: as stated, else drawn, the larger hospital more often a
    university's."""
    size = columns.features[:, FEATURE_INDEX["academic_size"]]
    university = expit(truth["kind.university"] + truth["kind.per_ln_size"] * size)
    drawn = chance.random(len(columns))
    kind = np.where(drawn < university, UNIVERSITY, AFFILIATED)
    kind[(drawn >= university) & (chance.random(len(columns)) < truth["kind.community"])] = COMMUNITY
    kind[columns.type_known] = AFFILIATED
    kind[columns.features[:, FEATURE_INDEX["university"]] > 0] = UNIVERSITY
    kind[columns.features[:, FEATURE_INDEX["community"]] > 0] = COMMUNITY
    return kind


def _seats(
    columns: Columns, truth: Truth, chance: np.random.Generator, applicants: int, among: Flags
) -> Ints:
    """First-year places: the specialty's usual number, spread, scaled to the applicants there are."""
    usual = np.array([truth.get(f"places.{name}", "places.other") for name in columns.specialties])
    drawn = usual[columns.specialty] * np.exp(truth["places.spread"] * _normal(chance, len(columns)))
    drawn[~among] = 0.0
    drawn *= truth["places.per_applicant"] * applicants / max(drawn.sum(), 1.0)
    whole = np.floor(drawn)
    whole += chance.random(len(columns)) < drawn - whole
    return np.where(drawn > 0, np.maximum(whole, 1), 0).astype(np.int64)


def _cutoffs(
    columns: Columns, truth: Truth, chance: np.random.Generator, typical: NDArray[np.float64]
) -> tuple[Singles, Singles, Singles]:
    """Lowest score, most years out, most failed attempts. Stated ones hold where they are strict, and by the
    program's own mind otherwise; the rest are hidden."""
    n = len(columns)
    score = np.round((typical - truth["cutoff.below_typical"] * chance.gamma(2.0, 0.5, n)) / 5) * 5
    least = np.where(chance.random(n) < truth["cutoff.score_share"], score, 0.0)
    years = chance.choice(
        np.array(YEAR_LIMITS, dtype=float), size=n, p=_shares(truth, "cutoff.years", YEAR_LIMITS)
    )
    most = np.where(chance.random(n) < truth["cutoff.years_share"], years, NO_LIMIT)
    fails = np.where(chance.random(n) < truth["cutoff.fails_share"], chance.integers(0, 2, n), NO_LIMIT)
    for field, cutoff, none, less in (
        ("min_step2ck", least, 0.0, 0.0),
        ("max_years_since_graduation", most, NO_LIMIT, 0.0),
        ("max_attempts_step1", fails, NO_LIMIT, 1.0),
        ("max_attempts_step2ck", fails, NO_LIMIT, 1.0),
    ):
        rule = columns.rules.by_field[field]
        cutoff[rule.rows[rule.is_code("none")]] = none
        meant = rule.is_number & (
            rule.strict | (chance.random(len(rule.rows)) < truth["cutoff.stated_meant"])
        )
        cutoff[rule.rows[meant]] = rule.number[meant] - less
    return _single(least), _single(most), _single(fails)


def _openness(
    columns: Columns, model: Model, truth: Truth, chance: np.random.Generator, kind: Ints
) -> Singles:
    """(n, kinds) log of how open a program is against its kind of graduate's average; US seniors: 0, and
    osteopaths a little less at universities."""
    n, values = len(columns), model.parameters.values
    found = np.zeros((n, len(KINDS)))
    found[:, US_DO] = -truth["openness.do_at_university"] * (kind == UNIVERSITY)
    kinds = np.array([truth["openness.university"], 1.0, truth["openness.community"]])[kind]
    says = np.where(columns.features[:, FEATURE_INDEX["accepts_img"]] > 0, truth["openness.says_img"], 1.0)
    mood = truth["openness.shared"] * _normal(chance, n)  # a program open to the one is to the other
    for column, prefix in ((US_IMG, "us_img_share"), (NON_US_IMG, "non_us_img_share")):
        everyone = values[f"{prefix}.all"]
        share = np.array([values.get(f"{prefix}.{name}", everyone / 3) for name in columns.specialties])
        place = [_state(model, p.state, column == US_IMG) for p in columns.places]
        mean = (
            share[columns.specialty]
            * np.exp(truth["openness.per_state"] * np.array(place))[columns.cell // 2]
        )
        mean = np.clip(mean * kinds * says * np.exp(mood), LEAST_MEAN, truth["openness.most"])
        count = truth["openness.count"]
        real = chance.beta(mean * count, (1 - mean) * count)
        closed = (real < truth["openness.closed_below"] * everyone) & (says == 1.0)
        found[:, column] = np.where(
            closed, -np.inf, np.log(np.maximum(real, truth["openness.least"] * everyone) / everyone)
        )
    rule = columns.rules.by_field["accepts_img"]
    found[rule.rows[rule.is_code("no")], :] = np.where(ABROAD, -np.inf, 0.0)
    rule = columns.rules.by_field["us_citizen_or_pr_only"]
    found[rule.rows[rule.is_code("yes")], NON_US_IMG] = -np.inf
    return found.astype(np.float32)


def _state(model: Model, state: str, us: bool) -> float:
    prior = model.states.get(state)
    known = None if prior is None else prior.us_img if us else prior.non_us_img
    return float(np.clip(known or 0.0, -1.5, 1.5))
