"""A visitor's plan over a dozen programs."""

import uuid
from datetime import date
from typing import Any

from applicants.services import profile_save
from matching.models import Match, Plan
from matching.planning.document import Step
from matching.planning.selectors import plan_read
from matching.planning.services import plan_start
from matching.services import match_start
from tests.matching.inputs import options_of, profile_of

TODAY = date(2026, 11, 22)
ME: dict[str, Any] = {
    "graduation_year": 2024,
    "ecfmg_certified": True,
    "step3": {"status": "not_taken", "attempts": 0},
    "experience": [],
    "letters": [],
    "red_flags": ["gap_unexplained"],
    "wishes": {"ring": "los-angeles"},
}


def own_match(visitor: uuid.UUID, **members: object) -> Match:
    """A match of a visitor's kept profile."""
    document = profile_of(**{**ME, **members})
    row = profile_save(document=document, season="2027", visitor=visitor)
    return match_start(profile=document, options=options_of(), visitor=visitor, profile_row=row)


def own_plan(visitor: uuid.UUID, **members: object) -> Plan:
    return plan_start(match=own_match(visitor, **members), today=TODAY)


def step_of(plan: Plan, code: str) -> Step:
    return next(step for step in plan_read(plan).steps if step.code == code)


def codes_of(plan: Plan) -> set[str]:
    return {step.code for step in plan_read(plan).steps}
