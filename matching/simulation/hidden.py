"""What programs of the market tell nobody: of what kind they are, their cutoffs, how open their doors are."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from matching.scoring.columns import Columns, Ints
from matching.scoring.draws import Floats
from matching.scoring.model import Model
from matching.scoring.track_facts import FEATURE_INDEX
from matching.simulation.acceptance import Singles
from matching.simulation.truth import KINDS, NON_US_IMG, US_DO, US_IMG, Truth

NO_LIMIT = 99.0
LEAST_MEAN = 1e-3  # keeps the beta distribution proper
ABROAD = np.isin(np.arange(len(KINDS)), (US_IMG, NON_US_IMG))
UNIVERSITY, AFFILIATED, COMMUNITY = range(3)
YEAR_LIMITS = ("2", "3", "5", "7", "10")


def shares_of(truth: Truth, family: str, members: tuple[str, ...]) -> Floats:
    """``family.member`` for each member, adding up to 1."""
    found = truth.each(family, members)
    shares: Floats = found / found.sum()
    return shares


def kinds_drawn(columns: Columns, chance: np.random.Generator, truth: Truth) -> Ints:
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


def cutoffs_drawn(
    columns: Columns, truth: Truth, chance: np.random.Generator, typical: NDArray[np.float64]
) -> tuple[Singles, Singles, Singles]:
    """Lowest score, most years out, most failed attempts. Stated ones hold where they are strict, and by the
    program's own mind otherwise; the rest are hidden."""
    n = len(columns)
    score = np.round((typical - truth["cutoff.below_typical"] * chance.gamma(2.0, 0.5, n)) / 5) * 5
    least = np.where(chance.random(n) < truth["cutoff.score_share"], score, 0.0)
    years = chance.choice(
        np.array(YEAR_LIMITS, dtype=float), size=n, p=shares_of(truth, "cutoff.years", YEAR_LIMITS)
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
    return least.astype(np.float32), most.astype(np.float32), fails.astype(np.float32)


def openness_drawn(
    columns: Columns, model: Model, truth: Truth, chance: np.random.Generator, kind: Ints
) -> Singles:
    """(n, kinds) log of how open a program is against its kind of graduate's average; US seniors: 0, and
    osteopaths a little less at universities."""
    n, values = len(columns), model.parameters.values
    found = np.zeros((n, len(KINDS)))
    found[:, US_DO] = -truth["openness.do_at_university"] * (kind == UNIVERSITY)
    kinds = np.array([truth["openness.university"], 1.0, truth["openness.community"]])[kind]
    says = np.where(columns.features[:, FEATURE_INDEX["accepts_img"]] > 0, truth["openness.says_img"], 1.0)
    mood = truth["openness.shared"] * chance.standard_normal(n)  # a program open to the one is to the other
    for column, prefix in ((US_IMG, "us_img_share"), (NON_US_IMG, "non_us_img_share")):
        everyone = values[f"{prefix}.all"]
        share = np.array([values.get(f"{prefix}.{name}", everyone / 3) for name in columns.specialties])
        place = [
            _state(model, p.state, column == US_IMG, truth["openness.state_cap"]) for p in columns.places
        ]
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
    rows = rule.rows[rule.is_code("no")]
    found[rows] = np.where(ABROAD, -np.inf, found[rows])
    rule = columns.rules.by_field["us_citizen_or_pr_only"]
    found[rule.rows[rule.is_code("yes")], NON_US_IMG] = -np.inf
    return found.astype(np.float32)


def _state(model: Model, state: str, us: bool, cap: float) -> float:
    prior = model.states.get(state)
    known = None if prior is None else prior.us_img if us else prior.non_us_img
    return float(np.clip(known or 0.0, -cap, cap))
