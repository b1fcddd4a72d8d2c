"""Factors that read the exams and the years since graduation."""

from functools import lru_cache

import numpy as np

from matching.scoring.columns import Columns
from matching.scoring.draws import DrawnModel, Floats
from matching.scoring.factor_context import FactorContext, column
from matching.scoring.fading import fade_drawn
from matching.scoring.terms import Terms

EXAM_FACTORS = ("step2ck", "step1", "step2ck_attempts", "score_trend", "step3", "graduation")


def exams_add(terms: Terms, context: FactorContext) -> None:
    """Step 1, Step 2 CK, their attempts and trend, Step 3, graduation."""
    _step2ck(terms, context)
    person, value = context.person, context.value
    step1_penalty = _fail(context, "step1", person.step1_failed, person.step1_extra)
    numeric = _step1_numeric(context)
    terms.add_constant("step1", step1_penalty + numeric)
    terms.add_constant(
        "step2ck_attempts", _fail(context, "step2ck", person.step2ck_failed, person.step2ck_extra)
    )
    terms.add_constant("score_trend", _trend(context, numeric))
    terms.add_constant("step3", value("step3.passed") * person.step3_passed)
    terms.add_constant("graduation", graduation(context))


def graduation(context: FactorContext) -> Floats | float:
    """Log-odds of the years out, against the reference applicant's."""
    years = context.person.years - context.value("reference.years_since_graduation")
    return context.value("graduation.per_year") * years


def fail_penalty(context: FactorContext, step: str) -> Floats | float:
    """Log-odds of the fails and extra attempts at ``step`` ("step1" or "step2ck"): never above zero."""
    person = context.person
    if step == "step1":
        return _fail(context, step, person.step1_failed, person.step1_extra)
    return _fail(context, step, person.step2ck_failed, person.step2ck_extra)


def _fail(context: FactorContext, step: str, failed: Floats | float, extra: float) -> Floats | float:
    return context.value(f"{step}.fail") * failed + context.value("extra_attempt") * extra


def _step2ck(terms: Terms, context: FactorContext) -> None:
    """The score against the typical US IMG's, flat beyond a few SD; where a program's own residents' score is
    known, against that as far as the fact is fresh."""
    columns = context.columns
    reach = column(context.value("step2ck.flat_beyond_sd") * context.value("population.step2ck.us_img.sd"))
    reference, score = column(context.value("step2ck.reference.us_img")), column(context.person.step2ck_score)
    slopes = _slopes(columns, context.drawn)
    usual = np.minimum(np.maximum(score - reference, -reach), reach)
    terms.add_specialty("step2ck", slopes * (usual / 10))
    rows = columns.typical_rows
    if len(rows):
        weight = _typical_weight(columns, context.drawn)
        own = reference + weight * (columns.typical_score - reference)
        against = np.minimum(np.maximum(score - own, -reach), reach)
        difference = slopes[:, columns.specialty[rows]] * (against - usual) / 10
        terms.add_sparse("step2ck", rows, difference)


@lru_cache(maxsize=8)
def _slopes(columns: Columns, drawn: DrawnModel) -> Floats:
    """(width, specialties) log-odds per 10 points: the specialty's own where one is stated."""
    own = [f"step2ck.per_10.{specialty}" for specialty in columns.specialties]
    named = [name if name in drawn.values else "step2ck.per_10" for name in own]
    return np.stack([drawn.row(name) for name in named], axis=1)


@lru_cache(maxsize=8)
def _typical_weight(columns: Columns, drawn: DrawnModel) -> Floats:
    """(width, r) how far the comparison moves to the program's own residents, as fresh as the fact is."""
    return columns.typical_weight * fade_drawn(columns.typical_age, drawn)


def _step1_numeric(context: FactorContext) -> Floats | float:
    score = context.person.step1_score
    if score is None:
        return 0.0
    return context.value("step1.score_per_10") * (score - context.value("step1.reference.us_img")) / 10


def _trend(context: FactorContext, numeric: Floats | float) -> Floats | float:
    """What an improvement forgives: at most a share of what a low Step 1 score costs."""
    score = context.person.step1_score
    if score is None:
        return 0.0
    improvement = np.clip(context.person.step2ck_score - score, 0.0, context.value("score_trend.cap_points"))
    deficit = np.maximum(0.0, -np.asarray(numeric)) * context.value("score_trend.max_share_of_deficit")
    trend: Floats = np.minimum(context.value("score_trend.per_10") * improvement / 10, deficit)
    return trend
