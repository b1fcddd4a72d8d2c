import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from programs.models import FactReport
from programs.services import TooManyReports, fact_delete, report_make
from programs.services.reports import MOST_A_DAY
from tests.programs.factories import make_fact, make_program

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
