"""Verdicts of one applicant on one track's stated rules."""

from typing import Any

from matching.scoring.applicant import Applicant
from matching.scoring.gates import gates_evaluate
from matching.scoring.registry import GATES
from tests.scoring.made_catalogue import columns_of, model_now, plain_applicant, track_make

PROSE = None


def verdicts_of(applicant: Applicant, facts: dict[str, Any], place: tuple[str, str] = ("NY", "Kings")) -> Any:
    """``{gate: verdict}`` of one track with ``facts``."""
    model = model_now()
    columns = columns_of(track_make(1, place, facts=facts))
    results = gates_evaluate(
        columns.rules, applicant, application_year=model.application_year, parameters=model.parameters
    )
    return {
        GATES[gate].name: int(verdict) for gate, verdict in zip(results.gate, results.verdict, strict=True)
    }


def verdict(gate: str, stated: object, **changes: Any) -> int:
    found: int = verdicts_of(plain_applicant(**changes), {gate: stated})[gate]
    return found
