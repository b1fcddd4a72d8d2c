"""The file for the calibration: exactly its columns, only what may be counted, and accepted as it is."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from matching.models import ListEntry, Match, OutcomeReport
from matching.outcomes.reading import COLUMNS, outcomes_read
from matching.reporting.exporting import Exported, exported_words, outcomes_export
from matching.reporting.services import consent_withdraw
from programs.models import Specialty
from tests.matching.lists import ids_of, list_scored
from tests.matching.reporting.making import OVER, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_catalogue")]

AFTER, RUNNING = date(2027, 4, 5), date(2027, 1, 10)


def early(report: OutcomeReport) -> OutcomeReport:
    """As if its chances had been made the summer before."""
    report.saved_list.chances_before.update(made_at=datetime(2026, 8, 1, tzinfo=UTC))
    return report


def exported(*, today: date = AFTER) -> tuple[list[dict[str, str]], Exported]:
    out = io.StringIO()
    done = outcomes_export(OutcomeReport.objects.all(), out, today=today)
    return list(csv.DictReader(io.StringIO(out.getvalue()))), done


def test_rows_are_what_the_calibration_asks_for() -> None:
    saved_list = list_scored()
    first, second, third, last = ids_of(saved_list)
    report = early(told(saved_list, {first: "matched", second: "invited", third: "declined"}, ending="here"))

    rows, done = exported()

    by_program = {row["program_id"]: row for row in rows}
    assert tuple(rows[0]) == COLUMNS
    assert {row["applicant"] for row in rows} == {report.code}
    entry = saved_list.entries.get(program=first)
    run = saved_list.match.run
    assert by_program[first] == {
        "applicant": report.code, "program_id": first, "season": "2027", "model_version": run.model_version,
        "probability": str(entry.probability), "applicant_type": "us_img", "specialty": "internal-medicine",
        "step2ck": "220-229", "interviewed": "1", "matched": "1",
    }  # fmt: skip
    told_rows = [
        (by_program[name]["interviewed"], by_program[name]["matched"]) for name in (second, third, last)
    ]
    assert told_rows == [("1", "0"), ("0", "0"), ("0", "0")]
    assert exported_words(done) == "4 rows of 1 people. Left out: none."


def test_silence_is_empty_while_the_season_runs() -> None:
    saved_list = list_scored()
    early(told(saved_list, {ids_of(saved_list)[0]: "invited"}, ending="unknown"))

    rows, _ = exported(today=RUNNING)

    assert [(row["interviewed"], row["matched"]) for row in rows] == [("1", ""), ("", ""), ("", ""), ("", "")]


def test_only_consented_reports_leave_and_only_while_it_stands() -> None:
    saved_list = list_scored()
    early(told(saved_list))
    early(told(list_scored(), consent=False))
    assert exported()[1].rows == 4

    consent_withdraw(saved_list=saved_list, now=OVER)

    assert exported()[1].rows == 0


def test_rows_without_a_chance_are_left_out_and_counted() -> None:
    saved_list = list_scored()
    ListEntry.objects.filter(program=ids_of(saved_list)[0]).update(
        probability=None, low=None, high=None, tier=""
    )
    early(told(saved_list))

    rows, done = exported()

    assert (len(rows), done.no_chance) == (3, 1)


def test_chances_from_after_an_answer_are_left_out_and_counted() -> None:
    saved_list = list_scored()
    told(saved_list, {ids_of(saved_list)[0]: "invited"})
    saved_list.chances_before.update(made_at=OVER)

    rows, done = exported()

    assert (rows, done.late) == ([], 4)


def test_somebody_whose_kind_is_not_said_is_left_out_and_counted() -> None:
    early(told(list_scored()))
    OutcomeReport.objects.update(applicant_type="")

    assert exported()[1].kind_unsaid == 4


def test_application_told_on_two_lists_stands_once() -> None:
    saved_list = list_scored()
    early(told(saved_list))
    early(told(list_scored(visitor=saved_list.visitor), now=OVER + timedelta(hours=1)))

    rows, done = exported()

    assert (len(rows), done.twice, len(done.people)) == (4, 4, 1)


def test_export_costs_one_query_however_many(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(3):
        early(told(list_scored()))

    with django_assert_num_queries(1):
        exported()


def test_file_is_accepted_as_it_is(tmp_path: Path) -> None:
    """Made-up reports of 24 people, exported and measured by the commands themselves."""
    for number in range(24):
        saved_list = list_scored(max_applications=6)
        answers = dict.fromkeys(ids_of(saved_list)[: number % 3], "invited")
        early(told(saved_list, answers))
    path = tmp_path / "outcomes.csv"

    said = io.StringIO()
    call_command("outcomes_export", out=path, season="2027", stderr=said)
    read = outcomes_read(path, specialties=list(Specialty.objects.values_list("slug", flat=True)))
    call_command("calibrate", outcomes=path, stdout=io.StringIO())

    assert said.getvalue().startswith("144 rows of 24 people.")
    assert (len(read), read.applicants) == (144, 24)
    assert (tmp_path / "outcomes-report" / "outcomes.md").read_text(encoding="utf-8").count("24") > 0


def test_file_goes_to_the_terminal_too() -> None:
    early(told(list_scored()))
    out = io.StringIO()

    call_command("outcomes_export", stdout=out, stderr=io.StringIO())

    assert out.getvalue().splitlines()[0] == ",".join(COLUMNS)
    assert len(out.getvalue().splitlines()) == 5


def test_no_name_leaves() -> None:
    saved_list = list_scored()
    owner = User.objects.create_user("maria", email="maria@example.org")
    Match.objects.update(owner=owner, visitor=None)
    saved_list.name, saved_list.owner, saved_list.visitor = "Maria's list", owner, None
    saved_list.save()
    early(told(saved_list))

    text = str(exported()[0]).lower()

    assert "maria" not in text
    assert str(saved_list.pk) not in text
