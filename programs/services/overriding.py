"""Decisions of the desk over the catalogue's files, one column of one program at a time."""

import re
from datetime import date, datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from programs.geography import STATES
from programs.models import Program, ProgramOverride
from programs.models.override import DECIDED
from programs.services.history import history_start
from programs.services.overrides import decided_set, decided_text

MAY = "programs.decide_program"
CODES = {
    "acgme_id": (r"\d{10}", "ten digits, such as 1400531041"),
    "nrmp_code": (r"\d{7}[A-Z]\d", "nine characters, such as 1049140C0"),
}
REASON_MOST = 300


class DecisionEnded(Exception):
    """It stands no more: another undid it, or decided anew."""


@transaction.atomic
def program_decide(
    *, program: Program, field: str, value: str, reason: str, by: User, now: datetime, url: str = ""
) -> ProgramOverride:
    """Sets one column of a program over what the files say, from now on and at every later load.

    A decision on a column that has one ends that one; to decide what the files say ends it and makes none.
    Raises ValidationError by member (``value``, ``reason``, ``url``) and PermissionDenied.
    """
    may_decide(by)
    held = Program.objects.select_for_update().get(pk=program.pk)
    value = value.strip()
    _check(held, field, value, reason, now.date())
    standing = ProgramOverride.objects.filter(program=held, field=field, ended_at=None).first()
    was = standing.was if standing else decided_text(held, field)
    decision = ProgramOverride(
        program=held, field=field, value=value, was=was, reason=reason.strip(), url=url, by=by, at=now
    )
    decision.full_clean(exclude=("program", "by", "ended_at", "ended_by"), validate_constraints=False)
    if standing:
        _end(standing, by, now)
    column_write(held, field, value, by=by, why=f"Decided: {decision.reason}")
    if standing and value == was:
        return standing
    decision.save()
    return decision


@transaction.atomic
def decision_end(*, decision: ProgramOverride, by: User, now: datetime) -> Program:
    """Undoes a decision: the program is again as the files have it. The row stays, with who ended it.

    Raises DecisionEnded, PermissionDenied, and ValidationError where the files' value is another's by now.
    """
    may_decide(by)
    standing = ProgramOverride.objects.select_for_update().get(pk=decision.pk)
    if standing.ended_at is not None:
        raise DecisionEnded
    held = Program.objects.select_for_update().get(pk=standing.program_id)
    _free(held, standing.field, standing.was)
    _end(standing, by, now)
    column_write(held, standing.field, standing.was, by=by, why=f"Undone: {standing.reason}")
    return held


def column_write(program: Program, field: str, value: str, *, by: User, why: str) -> None:
    """Saves one column, with who and why in the history."""
    history_start(Program, [program.pk])
    decided_set(program, field, value)
    program._history_user = by  # type: ignore[attr-defined]  # read by simple_history
    program._change_reason = why[:100]  # type: ignore[attr-defined]
    program.save()


def may_decide(by: User) -> None:
    if not by.has_perm(MAY):
        raise PermissionDenied


def _end(decision: ProgramOverride, by: User, now: datetime) -> None:
    decision.ended_at, decision.ended_by = now, by
    decision.save(update_fields=["ended_at", "ended_by"])


def _check(program: Program, field: str, value: str, reason: str, today: date) -> None:
    if field not in DECIDED:
        raise ValidationError({"field": "The desk does not decide this column."})
    if not reason.strip():
        raise ValidationError({"reason": "Say why, in a sentence."})
    if len(reason.strip()) > REASON_MOST:
        raise ValidationError({"reason": f"Shorten it to {REASON_MOST} characters."})
    if value == decided_text(program, field):
        raise ValidationError({"value": "It says so already."})
    if field == "retired_on" and value:
        try:
            since = date.fromisoformat(value)
        except ValueError:
            raise ValidationError({"value": "A date, such as 2026-07-01."}) from None
        if since > today:
            raise ValidationError({"value": "A day to come: decide it when it has come."})
    pattern, like = CODES.get(field, ("", ""))
    if pattern and value and not re.fullmatch(pattern, value):
        raise ValidationError({"value": f"It must be {like}."})
    _free(program, field, value)
    _whole(program, field, value)


def _free(program: Program, field: str, value: str) -> None:
    """Whether another track holds the code."""
    others = Program.objects.exclude(pk=program.pk)
    taken = None
    if field == "nrmp_code" and value:
        taken = others.filter(nrmp_code=value).first()
    elif field in ("acgme_id", "track"):
        acgme_id, track = (value, program.track) if field == "acgme_id" else (program.acgme_id, value)
        taken = others.filter(acgme_id=acgme_id, track=track).first() if acgme_id else None
    if taken:
        raise ValidationError({"value": f"It belongs to {taken}. Correct that one first."})


def _whole(program: Program, field: str, value: str) -> None:
    """The column's own checks: how long, which codes."""
    if field == "state" and value not in STATES:
        raise ValidationError({"value": "Two letters of a state, such as CA."})
    tried = Program(pk=program.pk)
    decided_set(tried, field, value)
    try:
        tried.clean_fields(exclude=[each.name for each in Program._meta.fields if each.name != field])
    except ValidationError as error:
        raise ValidationError({"value": error.messages}) from None


def decisions_of(program: Program) -> list[ProgramOverride]:
    """All that was decided of a program, the newest first, with who decided and who ended it."""
    return list(program.overrides.select_related("by", "ended_by"))
