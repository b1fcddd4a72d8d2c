"""Stages 0 and 1: one applicant against every track, up to the central log-odds."""

from dataclasses import dataclass

from matching.scoring.applicant import Applicant
from matching.scoring.columns import Columns, Flags
from matching.scoring.draws import Floats
from matching.scoring.exam_factors import exams_add
from matching.scoring.experience_factors import experience_add
from matching.scoring.factor_context import FactorContext
from matching.scoring.gate_terms import Screening, gates_apply
from matching.scoring.gates import GateResults, gates_evaluate
from matching.scoring.kinds import by_kind
from matching.scoring.model import Model
from matching.scoring.person import Person, person_read
from matching.scoring.prior import Spread, prior_of
from matching.scoring.terms import CENTRAL, Terms


@dataclass(frozen=True)
class Scored:
    """Every track's central log-odds and what is left unknown of it, before rows are chosen."""

    person: Person
    terms: Terms
    gates: GateResults
    screening: Screening
    log_odds: Floats
    sd: Floats
    usual: Flags
    no_base: list[bool]
    spread: Spread


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
    gates = gates_evaluate(
        columns.rules, applicant, application_year=model.application_year, parameters=model.parameters
    )
    screening = gates_apply(terms, context, gates)
    intercept, slope = (
        float(by_kind(f"recalibration.{part}", person.type, model.drawn)[CENTRAL])
        for part in ("intercept", "slope")
    )
    terms = terms.rescaled(intercept, slope)
    return Scored(
        person, terms, gates, screening, terms.log_odds(), prior.sd, prior.usual, prior.no_base, prior.spread
    )
