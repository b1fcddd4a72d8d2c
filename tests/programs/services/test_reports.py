import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from programs.models import FactReport
from programs.services import TooManyReports, fact_delete, report_make
from programs.services.reports import (
    MOST_A_DAY,
    ReportSettled,
    report_assign,
    report_decline,
    report_reopen,
    report_settle,
)
from tests.programs.factories import make_fact, make_program
from tests.programs.people import make_desk, make_person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_report_make_on_a_fact_takes_its_field() -> None:
    program = make_program()
    fact = make_fact(program, "min_step2ck", "220")
    report = report_make(
        program=program, fact=fact, field="visa_j1", said="x", reporter=uuid.uuid4(), now=NOW
    )
    assert (report.field, report.fact, report.state) == ("min_step2ck", fact, FactReport.State.NEW)


def test_report_make_of_another_programs_fact_is_refused() -> None:
    fact = make_fact(make_program(), "min_step2ck", "220")
    with pytest.raises(ValidationError) as refused:
        report_make(program=make_program(), fact=fact, said="x", reporter=uuid.uuid4(), now=NOW)
    assert list(refused.value.message_dict) == ["fact"]
    assert not FactReport.objects.exists()


@pytest.mark.parametrize("change", [{"said": ""}, {"said": "x" * 1001}, {"url": "x" * 401}, {"url": "no"}])
def test_report_make_keeps_nothing_the_table_cannot_hold(change: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        report_make(
            program=make_program(),
            reporter=uuid.uuid4(),
            now=NOW,
            said=change.get("said", "x"),
            url=change.get("url", ""),
        )
    assert not FactReport.objects.exists()


def test_report_make_of_an_unknown_field_is_refused() -> None:
    with pytest.raises((ValidationError, IntegrityError)), transaction.atomic():
        report_make(program=make_program(), field="nonsense", said="x", reporter=uuid.uuid4(), now=NOW)


def test_report_make_stops_one_visitor_for_a_day_and_no_other() -> None:
    program, visitor = make_program(), uuid.uuid4()
    for minute in range(MOST_A_DAY):
        report_make(program=program, said="x", reporter=visitor, now=NOW + timedelta(minutes=minute))
    with pytest.raises(TooManyReports):
        report_make(program=program, said="x", reporter=visitor, now=NOW + timedelta(hours=1))
    report_make(program=program, said="x", reporter=uuid.uuid4(), now=NOW + timedelta(hours=1))
    report_make(program=program, said="x", reporter=visitor, now=NOW + timedelta(days=1))
    assert FactReport.objects.count() == MOST_A_DAY + 2


def test_report_outlives_the_fact_it_is_about() -> None:
    program = make_program()
    fact = make_fact(program, "min_step2ck", "220")
    report = report_make(program=program, fact=fact, said="x", reporter=uuid.uuid4(), now=NOW)
    fact_delete(fact=fact)
    report.refresh_from_db()
    assert (report.fact, report.field) == (None, "min_step2ck")


def reported() -> FactReport:
    return report_make(program=make_program(), field="visa_j1", said="x", reporter=uuid.uuid4(), now=NOW)


def test_report_is_a_task_given_to_someone_of_the_desk_by_a_day() -> None:
    report, desk = reported(), make_desk()
    report_assign(report=report, to=desk, due_on=date(2026, 12, 1), by=make_desk())
    report.refresh_from_db()
    assert (report.assigned_to, report.due_on) == (desk, date(2026, 12, 1))
    with pytest.raises(ValidationError, match="data desk"):
        report_assign(report=report, to=make_person(), due_on=None, by=desk)
    report_assign(report=report, to=None, due_on=None, by=desk)
    report.refresh_from_db()
    assert (report.assigned_to, report.due_on) == (None, None)


def test_report_is_settled_by_a_fact_of_its_program_or_a_note() -> None:
    report, desk = reported(), make_desk()
    with pytest.raises(ValidationError, match="Say what was done"):
        report_settle(report=report, by=desk, now=NOW)
    with pytest.raises(ValidationError, match="another program"):
        report_settle(report=report, fact=make_fact(make_program(), "visa_j1", "no"), by=desk, now=NOW)
    fact = make_fact(report.program, "visa_j1", "no")
    report_settle(report=report, fact=fact, by=desk, now=NOW)
    report.refresh_from_db()
    assert (report.state, report.settled_fact, report.settled_by, report.settled_at) == (
        "accepted", fact, desk, NOW,
    )  # fmt: skip
    with pytest.raises(ReportSettled):
        report_decline(report=report, note="x", by=desk, now=NOW)


def test_report_is_declined_with_a_note_and_opened_again() -> None:
    report, desk = reported(), make_desk()
    for note in (" ", "x" * 301):
        with pytest.raises(ValidationError):
            report_decline(report=report, note=note, by=desk, now=NOW)
    report_decline(report=report, note="The page says yes.", by=desk, now=NOW)
    report.refresh_from_db()
    assert (report.state, report.settled_note) == ("declined", "The page says yes.")
    report_reopen(report=report, by=desk)
    report.refresh_from_db()
    assert (report.state, report.settled_note, report.settled_by) == ("new", "", None)


def test_report_is_decided_by_who_may() -> None:
    with pytest.raises(PermissionDenied):
        report_decline(report=reported(), note="x", by=make_person("view_factreport"), now=NOW)
