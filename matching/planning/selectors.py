"""Reads of plans: whose a plan is, and its steps with what was done with each."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, Q

from applicants.schema import ProfileDocument
from matching.models import Match, Plan, PlanStep
from matching.planning.document import PlanDocument, Step, document_load
from matching.selectors import matches_for_request
from programs.snapshot import version_current

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    Asker = AbstractBaseUser | AnonymousUser | None

StepKey = tuple[str, str | None]  # the code, and the program's permanent id where it is done at one


def plan_for_request(*, user: "Asker" = None, visitor: uuid.UUID | None = None) -> Plan | None:
    """The asker's own plan with its match and run; an account's before its browser's. None without one."""
    own = Q(pk__in=())
    if user is not None and user.is_authenticated:
        own |= Q(owner_id=user.pk)
    if visitor is not None:
        own |= Q(visitor=visitor)
    plans = Plan.objects.filter(own).select_related("match__run", "match__profile")
    plans = plans.defer("match__run__result", "match__run__whole")
    return plans.order_by(F("owner").asc(nulls_last=True)).first()


@dataclass(frozen=True, slots=True)
class StepTold:
    """A step with where she stands with it. ``state``: open, done, snoozed or dropped; one snoozed comes
    back as open once its day has come (``snoozed_until`` is kept)."""

    step: Step
    state: str
    snoozed_until: date | None
    note: str
    done_on: date | None


def steps_told(plan: Plan, document: PlanDocument, *, today: date) -> tuple[StepTold, ...]:
    """Every step of the plan's phases in order, with its state; what is too late is not among them."""
    kept = rows_by_key(plan)
    return tuple(told(step, kept.get(key_of(step)), today) for step in document.steps)


def rows_by_key(plan: Plan) -> dict[StepKey, PlanStep]:
    return {(row.code, row.program_id): row for row in plan.steps.all()}


def key_of(step: Step) -> StepKey:
    return step.code, step.program.id if step.program else None


def told(step: Step, row: PlanStep | None, today: date) -> StepTold:
    if row is None:
        return StepTold(step, PlanStep.State.OPEN.value, None, "", None)
    back = (
        row.state == PlanStep.State.SNOOZED and row.snoozed_until is not None and row.snoozed_until <= today
    )
    state = PlanStep.State.OPEN.value if back else row.state
    return StepTold(step, state, row.snoozed_until, row.note, row.done_on)


def profile_now(match: Match) -> ProfileDocument:
    """What she says of herself now: her kept profile, else the one that was matched."""
    told = match.profile.document if match.profile is not None else match.run.profile
    return ProfileDocument.model_validate(told)


@dataclass(frozen=True, slots=True)
class Stale:
    """Why a plan is to be reckoned anew: ``answers`` changed since, or ``data``; ``match``: a newer answer of
    hers it would then stand on."""

    answers: bool
    data: bool
    match: Match | None

    def __bool__(self) -> bool:
        return self.answers or self.data


def plan_stale(plan: Plan, *, user: "Asker" = None, visitor: uuid.UUID | None = None) -> Stale:
    """Two queries."""
    run = plan.match.run
    newer = (
        matches_for_request(user=user, visitor=visitor)
        .filter(created_at__gt=plan.match.created_at, profile_id=plan.match.profile_id)
        .exclude(run__profile=run.profile, run__options=run.options)
        .first()
        if plan.match.profile_id
        else None
    )
    kept = plan.match.profile
    answers = newer is not None or (kept is not None and kept.document != run.profile)
    return Stale(answers, version_current() not in (None, run.data_version), newer)


def plan_read(plan: Plan) -> PlanDocument:
    """What was reckoned last. Raises pydantic.ValidationError for what an earlier edition wrote."""
    return document_load(plan.document)
