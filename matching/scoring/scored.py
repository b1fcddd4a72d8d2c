"""Stages 0 and 1: one applicant against every track, up to the central log-odds."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.scoring.applicant import Applicant
from matching.scoring.columns import Columns, Flags
from matching.scoring.draws import Floats
from matching.scoring.exam_factors import exams_add
from matching.scoring.experience_factors import experience_add
from matching.scoring.factor_context import FactorContext
from matching.scoring.gate_terms import Screening, effects_of, gates_apply
from matching.scoring.gates import GateResults, Judged, gates_judge, results_of
from matching.scoring.kinds import by_kind
from matching.scoring.model import Model
from matching.scoring.person import Person, person_read
from matching.scoring.prior import Prior, Spread, prior_of
from matching.scoring.terms import CENTRAL, Terms


@dataclass(frozen=True)
class Scored:
    """Every track's central log-odds and what is left unknown of it, before rows are chosen."""

    person: Person
    terms: Terms
    judged: tuple[Judged, ...]
    screening: Screening
    prior: Prior

    @cached_property
    def log_odds(self) -> Floats:
        """Only where it is asked for: a cohort works out its own."""
        return self.terms.log_odds()

    @cached_property
    def gates(self) -> GateResults:
        return results_of(self.judged)

    @cached_property
    def rules_pass(self) -> Flags:
        """(n,) tracks with no strict rule that is failed or undecided."""
        passed = np.ones(len(self.terms.columns), dtype=bool)
        for part in self.judged:
            passed[part.binding] = False
        return passed

    @property
    def sd(self) -> Floats:
        return self.prior.sd

    @property
    def usual(self) -> Flags:
        return self.prior.usual

    @property
    def no_base(self) -> list[bool]:
        return self.prior.no_base

    @property
    def spread(self) -> Spread:
        return self.prior.spread


def catalogue_score(applicant: Applicant, columns: Columns, model: Model) -> Scored:
    """Stages 0 and 1 up to the central log-odds of every track."""
    person = person_read(
        applicant, parameters=model.parameters, drawn=model.drawn, application_year=model.application_year
    )
    prior = prior_of(columns, model, person.type)
    context = FactorContext(person.type, columns, model.parameters, model.drawn, model.states, person)
    terms = prior.terms.copy()
    exams_add(terms, context)
    experience_add(terms, context)
    judged = gates_judge(
        columns.rules, applicant, application_year=model.application_year, parameters=model.parameters
    )
    screening = gates_apply(terms, context, effects_of(judged))
    intercept, slope = (
        float(by_kind(f"recalibration.{part}", person.type, model.drawn)[CENTRAL])
        for part in ("intercept", "slope")
    )
    return Scored(person, terms.rescaled(intercept, slope), judged, screening, prior)
