import uuid
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from programs.models import FactReport, Program, ProgramFact

A_DAY = timedelta(days=1)
MOST_A_DAY = 20
LONGEST = 1000
NOTE_MOST = 300
MAY = "programs.change_factreport"


class TooManyReports(Exception):
    """This visitor has said enough for one day."""


class ReportSettled(Exception):
    """Another was quicker: it is settled already."""


@transaction.atomic
def report_make(
    *,
    program: Program,
    said: str,
    reporter: uuid.UUID,
    now: datetime,
    url: str = "",
    field: str = "",
    fact: ProgramFact | None = None,
) -> FactReport:
    """Keeps what a reader says is wrong, for the desk to look at; the catalogue stays as it is.

    A report on a fact is about the fact's field. Raises TooManyReports, and ValidationError where the fact
    is another program's or a member cannot be kept.
    """
    if fact is not None and fact.program_id != program.pk:
        raise ValidationError({"fact": "This statement is about another program."})
    if len(said) > LONGEST:  # the column itself would hold any length
        raise ValidationError({"said": f"At most {LONGEST} characters."})
    if FactReport.objects.filter(reporter=reporter, created_at__gt=now - A_DAY).count() >= MOST_A_DAY:
        raise TooManyReports
    report = FactReport(
        program=program,
        field=fact.field if fact is not None else field,
        fact=fact,
        said=said,
        url=url,
        reporter=reporter,
        created_at=now,
    )
    report.full_clean(exclude=("program", "fact"))
    report.save()
    return report


@transaction.atomic
def report_assign(*, report: FactReport, to: User | None, due_on: date | None, by: User) -> FactReport:
    """Gives the task to someone of the desk, or to nobody, with the day it should be done by.

    Raises ReportSettled, PermissionDenied, and ValidationError for whom may not do it.
    """
    held = _open(report, by)
    if to is not None and not (to.is_active and to.is_staff and to.has_perm(MAY)):
        raise ValidationError({"assigned_to": "Choose someone of the data desk."})
    held.assigned_to, held.due_on = to, due_on
    held.save(update_fields=["assigned_to", "due_on"])
    return held


@transaction.atomic
def report_settle(
    *, report: FactReport, by: User, now: datetime, fact: ProgramFact | None = None, note: str = ""
) -> FactReport:
    """The report was right: ``fact`` is what was recorded because of it; without one the note says what was
    done. Raises ReportSettled, PermissionDenied and ValidationError.
    """
    held = _open(report, by)
    if fact is None and not note.strip():
        raise ValidationError({"note": "Say what was done, or record a fact from the task."})
    if fact is not None and fact.program_id != held.program_id:
        raise ValidationError({"fact": "This statement is about another program."})
    return _settled(held, FactReport.State.ACCEPTED, note, by, now, fact)


@transaction.atomic
def report_decline(*, report: FactReport, note: str, by: User, now: datetime) -> FactReport:
    """The catalogue stays as it is, and the note says why. Raises what ``report_settle`` raises."""
    held = _open(report, by)
    if not note.strip():
        raise ValidationError({"note": "Say why nothing changes."})
    return _settled(held, FactReport.State.DECLINED, note, by, now, None)


@transaction.atomic
def report_reopen(*, report: FactReport, by: User) -> FactReport:
    """Undoes a decision on a report: it is a task again. What was recorded stays."""
    _may(by)
    held = FactReport.objects.select_for_update().get(pk=report.pk)
    held.state, held.settled_note = FactReport.State.NEW, ""
    held.settled_by = held.settled_at = held.settled_fact = None
    held.save()
    return held


def _settled(
    report: FactReport, state: str, note: str, by: User, now: datetime, fact: ProgramFact | None
) -> FactReport:
    if len(note.strip()) > NOTE_MOST:
        raise ValidationError({"note": f"Shorten it to {NOTE_MOST} characters."})
    report.state, report.settled_note = state, note.strip()
    report.settled_by, report.settled_at, report.settled_fact = by, now, fact
    report.save()
    return report


def _open(report: FactReport, by: User) -> FactReport:
    _may(by)
    held = FactReport.objects.select_for_update().get(pk=report.pk)
    if held.state != FactReport.State.NEW:
        raise ReportSettled
    return held


def _may(by: User) -> None:
    if not by.has_perm(MAY):
        raise PermissionDenied
