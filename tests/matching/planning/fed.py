"""A small plan as a person has it: two dates, four steps."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User

from matching.models import Plan, PlanStep
from matching.planning.document import At, Dated, Phase, PlanDocument, Step, document_dump
from tests.matching.factories import match_make

MADE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
HOSPITAL = At("sp00001", "Harbor; Hospital, Newark", "Internal medicine", "Newark", "NJ", "national", "")


def step(code: str, start: date, **values: Any) -> Step:
    return Step(
        **{
            "code": code,
            "kind": "task",
            "phase": "letters",
            "label": f"Retake after the failed 212: {code}",
            "why": "You failed once with a 209.",
            "source": "",
            "start": start,
            "due": start + timedelta(days=20),
            "due_event": "eras_submit_from",
            "cost_usd": 0,
            "work_weeks": 1.0,
            "lead_months": 1.0,
            "gain_match": None,
            "gain_los_angeles": None,
            "first": (),
            "too_late": False,
            "next_start": None,
            "program": None,
            "larger": (),
            "ask": "",
            **values,
        }
    )


def document_of(*steps: Step) -> PlanDocument:
    opens = Dated(
        "eras_submit_from",
        "Applications can be sent",
        date(2027, 9, 1),
        "pattern",
        False,
        "https://example.org/a",
        "",
    )
    week = Dated("match_week", "Match week", date(2028, 3, 13), "day", True, "the NRMP", "")
    return PlanDocument(
        season="2028",
        as_of=TODAY,
        stage="before",
        opens=opens,
        months_left=9.3,
        applied_before=None,
        graduates=None,
        wants_los_angeles=True,
        dates=(opens, week),
        phases=(Phase("letters", "Letters", TODAY, date(2027, 9, 1), steps),),
        late=(),
        little=(),
        cannot_change=(),
        together=None,
    )


STEPS = (
    step("letters_asked", TODAY + timedelta(days=3)),
    step("rotation_here", TODAY + timedelta(days=14), program=HOSPITAL, phase="train"),
    step("concern", TODAY + timedelta(days=15)),
    step("step3_passed", TODAY - timedelta(days=1), phase="train"),
)


def plan_make(
    *steps: Step, owner: User | None = None, visitor: uuid.UUID | None = None, **values: Any
) -> Plan:
    match = match_make(owner=owner) if owner else match_make(visitor=visitor or uuid.uuid4())
    return Plan.objects.create(
        **{
            "match": match,
            "owner": owner,
            "visitor": match.visitor,
            "season": "2028",
            "document": document_dump(document_of(*(steps or STEPS))),
            "as_of": TODAY,
            "created_at": MADE,
            "updated_at": MADE,
            **values,
        }
    )


def stand(plan: Plan, code: str, state: str, **values: Any) -> PlanStep:
    dates: dict[str, Any] = {"done": {"done_on": TODAY}}.get(state, {})
    return PlanStep.objects.create(
        plan=plan, code=code, state=state, **{"updated_at": MADE, **dates, **values}
    )
