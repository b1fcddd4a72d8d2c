import uuid
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from programs.models import FactReport, Program, ProgramFact

A_DAY = timedelta(days=1)
MOST_A_DAY = 20
LONGEST = 1000


class TooManyReports(Exception):
    """This visitor has said enough for one day."""


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
