"""The one registry as the page shows it: what is held against the applicant, and by which facts."""

from dataclasses import dataclass

from matching.scoring.registry import FACTORS, GATES
from programs.fact_fields import FACT_FIELDS


@dataclass(frozen=True, slots=True)
class GateRow:
    name: str
    title: str
    facts: str
    waivable: bool


@dataclass(frozen=True, slots=True)
class FactorRow:
    """``title`` also finds the factor's parameters."""

    name: str
    title: str
    facts: str


def gate_rows() -> tuple[GateRow, ...]:
    return tuple(
        GateRow(gate.name, gate.title, labels((*gate.fact_fields, *gate.prose_fields)), gate.waivable)
        for gate in GATES
    )


def factor_rows() -> tuple[FactorRow, ...]:
    return tuple(FactorRow(factor.name, factor.title, labels(factor.fact_fields)) for factor in FACTORS)


def labels(fields: tuple[str, ...]) -> str:
    return ", ".join(FACT_FIELDS[field].label for field in fields)
