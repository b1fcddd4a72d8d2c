from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from programs.models import FactReport, Program, ProgramFact
from programs.services.facts import fact_record
from programs.services.reports import report_settle

MAY = "programs.add_programfact"


@transaction.atomic
def facts_enter(
    *,
    program: Program,
    source: Mapping[str, Any],
    statements: Sequence[Mapping[str, Any]],
    by: User,
    now: datetime,
    report: FactReport | None = None,
) -> list[ProgramFact]:
    """Records what one page says on several fields: all of them or none.

    ``report``: the task that led there, settled by the fact on its field, or else by the first.
    Raises ValidationError, PermissionDenied, and ReportSettled.
    """
    if not by.has_perm(MAY):
        raise PermissionDenied
    why = f"Recorded from report {report.pk}" if report else ""
    facts = [fact_record(program=program, by=by, why=why, **source, **each) for each in statements]
    if report is not None and facts:
        named = next((fact for fact in facts if fact.field == report.field), facts[0])
        report_settle(report=report, fact=named, by=by, now=now)
    return facts
