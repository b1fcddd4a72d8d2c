"""A few rows scored again for a changed applicant: only what the change can touch is worked out anew.

The registry says which members of a profile each factor and each gate reads. Factors that read a changed
member are computed afresh over the rows alone, by the same functions as ever; all others keep the value they
had. So the result is that of scoring the changed applicant from the start.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from matching.scoring.applicant import Applicant
from matching.scoring.columns import Columns, Flags, Ints
from matching.scoring.columns_take import columns_take
from matching.scoring.draws import Floats
from matching.scoring.exam_factors import EXAM_FACTORS, exams_add
from matching.scoring.experience_factors import EXPERIENCE_PARTS, inside_rows
from matching.scoring.factor_context import FactorContext
from matching.scoring.fading import Aged
from matching.scoring.gate_terms import Screening, effects_found, gates_apply
from matching.scoring.gates import GateResults, gates_evaluate
from matching.scoring.kinds import by_kind
from matching.scoring.model import Model
from matching.scoring.person import person_read
from matching.scoring.registry import FACTOR_INDEX, FACTORS, GATE_INDEX, GATES
from matching.scoring.terms import Terms
from matching.scoring.tiers import strict_rules_pass

if TYPE_CHECKING:
    from matching.scoring.scored import Scored

Part = tuple[tuple[str, ...], Callable[[Terms, FactorContext], None]]
PARTS: tuple[Part, ...] = ((EXAM_FACTORS, exams_add), *EXPERIENCE_PARTS)
CONNECTIONS = frozenset({"experience", "letters"})
_READ = {factor.name: frozenset(factor.members) for factor in FACTORS}


@dataclass(frozen=True)
class Rescored:
    """What a changed applicant is at the rows: ``contributions`` (r, factors), ``rules_pass`` (r,)."""

    contributions: Floats
    screening: Screening
    rules_pass: Flags


@dataclass(frozen=True)
class Changed:
    """What is worked out anew: ``terms`` over the rows, which of its factors count, what the rules say."""

    terms: Terms
    factors: tuple[str, ...]
    screening: Screening
    rules_pass: Flags


class Rescorer:
    """``rows`` (r,) ascending of a ``scored`` catalogue, ready to be scored for other applicants of the same
    kind. The central values come of ``model.central``; ``drawn_log_odds`` needs the model with its draws."""

    def __init__(self, scored: "Scored", rows: Ints, model: Model) -> None:
        self.scored, self.rows, self.model = scored, rows, model
        self.columns: Columns = columns_take(scored.terms.columns, rows)
        self.base: Floats = scored.terms.base[0, self.columns.specialty]
        self.contributions = scored.terms.contributions(rows)
        self.position = np.full(len(scored.terms.columns), -1)
        self.position[rows] = np.arange(len(rows))
        self.gates = _gates_take(scored.gates, self.position)
        self.screening = Screening(scored.screening.out[rows], scored.screening.waived[rows])
        self.rules_pass = strict_rules_pass(self.gates, len(rows))
        self.stated = frozenset(self.gates.gate.tolist())
        self.inside = inside_rows(scored.person.applicant, self.columns)

    def rescore(self, applicant: Applicant, members: frozenset[str]) -> Rescored:
        """The rows for ``applicant``, who differs from the one scored in ``members`` of the profile alone."""
        changed = self._change(applicant, members, self.model.central)
        new = changed.terms.contributions(np.arange(len(self.rows)))
        kept = self.contributions.copy()
        columns = [FACTOR_INDEX[name] for name in changed.factors]
        kept[:, columns] = new[:, columns]
        return Rescored(kept, changed.screening, changed.rules_pass)

    def drawn_log_odds(self, applicant: Applicant, members: frozenset[str], at: Ints) -> Floats:
        """(draws, len(at)) log-odds under each draw, at the positions ``at`` (ascending) of the rows."""
        changed = self._change(applicant, members, self.model)
        kept = self.scored.terms.without(frozenset(changed.factors))
        return kept.drawn_log_odds(self.rows[at]) + changed.terms.drawn_log_odds(at)

    def _change(self, applicant: Applicant, members: frozenset[str], model: Model) -> Changed:
        drawn = model.drawn
        person = person_read(
            applicant,
            parameters=model.parameters,
            drawn=drawn,
            application_year=model.application_year,
        )
        context = FactorContext(person.type, self.columns, model.parameters, drawn, model.states, person)
        terms = Terms(self.columns, np.zeros((drawn.width, len(self.columns.specialties))))
        if drawn.width > 1:
            terms.aged = self._aged
        factors: list[str] = []
        for names, add in _parts(members):
            add(terms, context)
            factors += names
        results, affected = self.gates, self._affected(members)
        if affected:
            results = self._evaluate(applicant, affected)
        inside = inside_rows(applicant, self.columns) if CONNECTIONS & members else self.inside
        if not affected and factors[:1] != [EXAM_FACTORS[0]] and np.array_equal(inside, self.inside):
            return Changed(self._as_ever(terms), tuple(factors), self.screening, self.rules_pass)
        screening = gates_apply(terms, context, effects_found(results))
        passed = strict_rules_pass(results, len(self.rows)) if affected else self.rules_pass
        return Changed(self._as_ever(terms), (*factors, "gates"), screening, passed)

    @cached_property
    def _aged(self) -> tuple[Aged, ...]:
        """What the draws change of the rows' features."""
        found = []
        for aged in self.scored.terms.aged:
            at = self.position[aged.rows]
            here = at >= 0
            found.append(Aged(aged.feature, at[here], aged.change[:, here]))
        return tuple(found)

    def _as_ever(self, terms: Terms) -> Terms:
        """Contributions on the scale of the scored ones."""
        slope = by_kind("recalibration.slope", self.scored.person.type, self.model.central.drawn)
        return terms.rescaled(0.0, float(slope[0]))

    def _affected(self, members: frozenset[str]) -> frozenset[str]:
        """The gates that read a changed member and speak of one of the rows."""
        return frozenset(GATES[index].name for index in _gates_reading(members) & self.stated)

    def _evaluate(self, applicant: Applicant, affected: frozenset[str]) -> GateResults:
        """Every verdict, those of the gates ``affected`` anew."""
        anew = gates_evaluate(
            self.columns.rules,
            applicant,
            application_year=self.model.application_year,
            parameters=self.model.parameters,
            only=affected,
        )
        old = self.gates
        touched = np.zeros(len(GATES), dtype=bool)
        touched[[GATE_INDEX[name] for name in affected]] = True
        kept = ~touched[old.gate]
        return _gates_by(lambda name: np.concatenate((getattr(old, name)[kept], getattr(anew, name))))


def is_read(members: frozenset[str]) -> bool:
    """Whether any factor or rule reads one of ``members``."""
    return bool(_parts(members) or _gates_reading(members))


@dataclass(frozen=True)
class DrawnRows:
    """Log-odds under each draw (draws, r) of rows already chosen, in the place of terms."""

    columns: Columns
    log_odds: Floats

    def drawn_log_odds(self, rows: Ints) -> Floats:
        return self.log_odds


@lru_cache(maxsize=64)
def _parts(members: frozenset[str]) -> tuple[Part, ...]:
    """The parts of the score that read one of ``members``."""
    return tuple((names, add) for names, add in PARTS if any(_READ[name] & members for name in names))


@lru_cache(maxsize=64)
def _gates_reading(members: frozenset[str]) -> frozenset[int]:
    return frozenset(index for index, gate in enumerate(GATES) if members.intersection(gate.members))


def _gates_take(gates: GateResults, position: Ints) -> GateResults:
    at = position[gates.rows]
    keep = at >= 0
    return replace(_gates_by(lambda name: getattr(gates, name)[keep]), rows=at[keep])


def _gates_by(column: Callable[[str], Any]) -> GateResults:
    return GateResults(**{field.name: column(field.name) for field in fields(GateResults)})
