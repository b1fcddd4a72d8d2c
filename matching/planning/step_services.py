"""What is done with a step: ticked, taken back, put off, noted, dropped. Each call is one transaction."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from applicants.faults import ProfileInvalid
from applicants.schema import ProfileDocument
from applicants.services import profile_save
from matching.models import Match, Plan, PlanStep
from matching.planning.changes import Change, change_of, profile_without, tells_profile
from matching.planning.document import Step
from matching.planning.drafts import draft_follow
from matching.planning.selectors import key_of, plan_read, profile_now
from matching.planning.services import plan_lock, plan_reckon_save
from matching.schema import MatchOptions
from matching.services import match_start

State = PlanStep.State
LONGEST_LABEL, LONGEST_NOTE = 200, 500


class StepUnknown(LookupError):
    """The plan has no such step."""


class StepTiedUp(Exception):
    """Something done later rests on it, so it is not taken back alone."""


@transaction.atomic
def plan_step_done(*, plan: Plan, code: str, program: str | None, value: int | None, today: date) -> PlanStep:
    """Tick a step. One that changes the profile is put into it, with ``value`` as what really came of it; the
    profile is matched and the plan reckoned anew. Ticked twice is ticked once.

    Raises StepUnknown, and ValueInvalid, StepImpossible, ProfileInvalid, PlanImpossible with nothing written.
    """
    held = plan_lock(plan)
    row = _row(held, code, program)
    if row.state == State.DONE:
        return row
    step = _step(held, code, program)
    row.before = None
    before = after = profile_now(held.match)
    if tells_profile(step):
        after = _after(held.match, before, step, value)
        change = change_of(before, after)
        row.before = {"before": dict(change.before), "after": dict(change.after)}
    row.label, row.done_on = _label(step), today
    _kept(row, State.DONE)
    if tells_profile(step):
        _profile_change(held, before, after, today)
    return row


@transaction.atomic
def plan_step_undone(*, plan: Plan, code: str, program: str | None, today: date) -> PlanStep:
    """Take a tick back, and out of the profile what it put there. Raises StepUnknown, StepTiedUp."""
    held = plan_lock(plan)
    row = _row(held, code, program)
    if row.state != State.DONE:
        return row
    change = Change(row.before["before"], row.before["after"]) if row.before else None
    row.before = row.done_on = None
    _kept(row, State.OPEN)
    if change is not None:
        before = profile_now(held.match)
        try:
            after = profile_without(before, change, season=held.match.run.season)
        except ProfileInvalid as tied:
            raise StepTiedUp(tied.faults[0].detail) from None
        _profile_change(held, before, after, today)
    return row


@transaction.atomic
def plan_step_snooze(*, plan: Plan, code: str, program: str | None, until: date) -> PlanStep:
    """Put a step off until a day. Raises StepUnknown."""
    row = _untouched(plan_lock(plan), code, program)
    row.snoozed_until = until
    return _kept(row, State.SNOOZED)


@transaction.atomic
def plan_step_drop(*, plan: Plan, code: str, program: str | None) -> PlanStep:
    """Not for her: it stays in the plan, struck out. Raises StepUnknown."""
    return _kept(_untouched(plan_lock(plan), code, program), State.DROPPED)


@transaction.atomic
def plan_step_open(*, plan: Plan, code: str, program: str | None) -> PlanStep:
    """Take a step up again that was put off or dropped. Raises StepUnknown."""
    return _kept(_untouched(plan_lock(plan), code, program), State.OPEN)


@transaction.atomic
def plan_step_note(*, plan: Plan, code: str, program: str | None, note: str) -> PlanStep:
    """Keep a note of hers at a step; an empty one takes it away. Raises StepUnknown."""
    held = plan_lock(plan)
    row = _row(held, code, program)
    if row.pk is None:
        _step(held, code, program)
    row.note = note.strip()[:LONGEST_NOTE].replace("\x00", "\ufffd")
    return _kept(row, row.state)


def _step(plan: Plan, code: str, program: str | None) -> Step:
    document = plan_read(plan)
    steps = (*document.steps, *document.late, *document.little)
    found = next((step for step in steps if key_of(step) == (code, program)), None)
    if found is None:
        raise StepUnknown(code)
    return found


def _row(plan: Plan, code: str, program: str | None) -> PlanStep:
    """The row of a step, or a new one that is not kept yet."""
    found = plan.steps.filter(code=code, program_id=program).first()
    if found is None:
        _step(plan, code, program)
    return found or PlanStep(plan=plan, code=code, program_id=program)


def _untouched(plan: Plan, code: str, program: str | None) -> PlanStep:
    """A row that is not done: what is done is taken back first."""
    row = _row(plan, code, program)
    if row.state == State.DONE:
        raise StepUnknown(code)
    row.snoozed_until = None
    return row


def _kept(row: PlanStep, state: str) -> PlanStep:
    row.state = state
    if state != State.SNOOZED:
        row.snoozed_until = None
    row.updated_at = timezone.now()
    row.save()
    return row


def _label(step: Step) -> str:
    where = f", {step.program.name}" if step.program else ""
    return f"{step.label}{where}"[:LONGEST_LABEL]


def _after(match: Match, before: ProfileDocument, step: Step, value: int | None) -> ProfileDocument:
    from matching.catalogue import catalogue_get  # noqa: PLC0415
    from matching.planning.doing import profile_after  # noqa: PLC0415

    catalogue = catalogue_get(match.run.data_version)
    return profile_after(before, step, value, catalogue=catalogue, season=match.run.season)


def _profile_change(plan: Plan, before: ProfileDocument, after: ProfileDocument, today: date) -> None:
    """Keep the changed profile where one is kept, match it, and reckon the plan on that match."""
    old = plan.match
    if old.profile is not None:
        profile_save(document=after, season=str(old.profile.season), row=old.profile)
        draft_follow(before=before, after=after, owner=plan.owner, visitor=plan.visitor)
    plan.match = match_start(
        profile=after,
        options=MatchOptions.model_validate(old.run.options),
        owner=plan.owner,
        visitor=plan.visitor,
        profile_row=old.profile,
    )
    plan_reckon_save(plan=plan, today=today)
