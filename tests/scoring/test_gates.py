"""Truth tables of the gates on exams: what is stated × what she has → pass, unknown or fail; and of all."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from matching.scoring.applicant import Applicant, Exam
from matching.scoring.gates import attempts_needed, gates_evaluate
from matching.scoring.registry import GATE_INDEX, GATES, Gate
from matching.scoring.rules import FAIL, PASS, UNKNOWN
from tests.scoring.made_catalogue import (
    MadeFact,
    columns_of,
    model_now,
    plain_applicant,
    track_make,
)
from tests.scoring.made_strategies import FEW, applicants, catalogues
from tests.scoring.made_verdicts import PROSE, verdict, verdicts_of


def test_a_rule_nobody_states_has_no_verdict() -> None:
    assert verdicts_of(plain_applicant(), {}) == {}


STEP1 = [
    ("yes", Exam("pass"), PASS),
    ("yes", Exam("fail"), FAIL),
    ("yes", Exam("pending"), UNKNOWN),
    ("yes", Exam("not_taken"), UNKNOWN),
    ("yes", Exam(), UNKNOWN),
    ("no", Exam("fail"), PASS),
    (PROSE, Exam("pass"), UNKNOWN),
]


@pytest.mark.parametrize(("stated", "exam", "expected"), STEP1)
def test_step1_passed(stated: object, exam: Exam, expected: int) -> None:
    assert verdict("step1_passed", stated, step1=exam) == expected


MIN_STEP2CK = [
    (220.0, Exam("pass", 220), PASS),
    (220.0, Exam("pass", 219), FAIL),
    (220.0, Exam("pass"), UNKNOWN),
    (220.0, Exam("pending", practice_score=240), UNKNOWN),
    (220.0, Exam("not_taken"), UNKNOWN),
    (220.0, Exam(), UNKNOWN),
    (200.0, Exam("fail", 210), FAIL),
    (200.0, Exam("fail"), FAIL),
    ("pass", Exam("pass"), PASS),
    ("pass", Exam("fail", 217), FAIL),
    ("pass", Exam("pending"), UNKNOWN),
    ("none", Exam(), PASS),
    (PROSE, Exam("pass", 280), UNKNOWN),
]


@pytest.mark.parametrize(("stated", "exam", "expected"), MIN_STEP2CK)
def test_min_step2ck(stated: object, exam: Exam, expected: int) -> None:
    assert verdict("min_step2ck", stated, step2ck=exam) == expected


MIN_STEP1 = [
    (210.0, Exam("pass", 210), PASS),
    (210.0, Exam("pass", 209), FAIL),
    (210.0, Exam("pass", None, 1, "2023-08"), PASS),
    (210.0, Exam("pass", None, 1, "2022-01"), UNKNOWN),
    (210.0, Exam("pass"), UNKNOWN),
    (210.0, Exam("fail", 212), FAIL),
    (210.0, Exam("fail", None, 1, "2023-08"), FAIL),
    (210.0, Exam("pending"), UNKNOWN),
    ("pass", Exam("pass"), PASS),
    ("pass", Exam("fail"), FAIL),
    ("none", Exam("pending"), PASS),
    (PROSE, Exam("pass", 260), UNKNOWN),
]


@pytest.mark.parametrize(("stated", "exam", "expected"), MIN_STEP1)
def test_min_step1(stated: object, exam: Exam, expected: int) -> None:
    assert verdict("min_step1", stated, step1=exam) == expected


ATTEMPTS = [
    (1.0, Exam("pass", None, 1), PASS),
    (1.0, Exam("pass", None, 2), FAIL),
    (2.0, Exam("pass", None, 2), PASS),
    (2.0, Exam("pass", None, None), UNKNOWN),
    (2.0, Exam("fail", None, 1), PASS),
    (1.0, Exam("fail", None, 1), FAIL),
    (2.0, Exam("fail", None, None), UNKNOWN),
    (2.0, Exam("pending", None, 1), UNKNOWN),
    (2.0, Exam("pending", None, 3), FAIL),
    (3.0, Exam("not_taken", None, 0), UNKNOWN),
    (3.0, Exam(), UNKNOWN),
    ("none", Exam("fail", None, 5), PASS),
    (PROSE, Exam("pass", None, 2), UNKNOWN),
    (PROSE, Exam("pass", None, 1), PASS),
]


@pytest.mark.parametrize(("stated", "exam", "expected"), ATTEMPTS)
@pytest.mark.parametrize("step", ["step1", "step2ck"])
def test_max_attempts(step: str, stated: object, exam: Exam, expected: int) -> None:
    assert verdict(f"max_attempts_{step}", stated, **{step: exam}) == expected


@pytest.mark.parametrize(
    ("strictness", "strict"), [("strict", True), ("preference", False), ("statement", False)]
)
def test_strictness_goes_with_the_verdict(strictness: str, strict: bool) -> None:
    model, track = model_now(), track_make(1, facts={"min_step2ck": MadeFact(250.0, strictness)})
    results = gates_evaluate(
        columns_of(track).rules,
        plain_applicant(),
        application_year=model.application_year,
        parameters=model.parameters,
    )
    (entry,) = np.flatnonzero(results.of("min_step2ck"))
    assert results.verdict[entry] == FAIL
    assert bool(results.strict[entry]) is strict
    assert results.fact[entry] == track.facts["min_step2ck"].id


@pytest.mark.parametrize(
    ("exam", "needed"),
    [
        (Exam("pass", None, 1), 1),
        (Exam("fail", None, 1), 2),
        (Exam("not_taken", None, 0), 1),
        (Exam("pass"), None),
        (Exam("pending", None, 2), 2),
    ],
)
def test_attempts_needed(exam: Exam, needed: int | None) -> None:
    assert attempts_needed(exam) == needed


def _spoken_of(gate: Gate, applicant: Applicant) -> tuple[str, ...]:
    """The fields that speak of the gate to her: of visas, only the kind she needs."""
    if gate.name == "visa" and applicant.visa_needed in ("j1", "h1b"):
        return (f"visa_{applicant.visa_needed}",)
    return (*gate.fact_fields, *gate.prose_fields)


@FEW
@given(applicant=applicants(), made=catalogues())
def test_every_stated_rule_has_one_verdict_and_no_other(applicant: Applicant, made: Any) -> None:
    model, columns = model_now(), columns_of(*made)
    results = gates_evaluate(
        columns.rules, applicant, application_year=model.application_year, parameters=model.parameters
    )
    stated = {
        (GATE_INDEX[gate.name], row)
        for row, track in enumerate(sorted(made, key=lambda track: track.id))
        for gate in GATES
        if any(field in track.facts for field in _spoken_of(gate, applicant))
        or (gate.name == "california_licence" and track.state == "CA" and applicant.applicant_type != "us_do")
    }
    found = list(zip(results.gate.tolist(), results.rows.tolist(), strict=True))
    assert len(found) == len(set(found))
    assert set(found) == stated
    assert set(results.verdict.tolist()) <= {PASS, UNKNOWN, FAIL}


@FEW
@given(made=catalogues())
def test_who_has_said_nothing_fails_nothing(made: Any) -> None:
    model, columns = model_now(), columns_of(*made)
    results = gates_evaluate(
        columns.rules, Applicant(), application_year=model.application_year, parameters=model.parameters
    )
    assert (results.verdict != FAIL).all()
