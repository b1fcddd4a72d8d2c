"""Reports of wrong facts on the desk: tasks, given and settled; never made or rewritten there."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programs.models import FactReport
from programs.services import report_make
from tests.programs.desk import page, source
from tests.programs.factories import make_fact, make_program

pytestmark = pytest.mark.django_db
REPORTS = reverse("admin:programs_factreport_changelist")


def reported(**members: str) -> FactReport:
    program = make_program()
    fact = make_fact(program, "min_step2ck", "220")
    said = {"said": "It asks for 230 now.", "url": "https://program.example/apply", **members}
    return report_make(program=program, fact=fact, reporter=uuid.uuid4(), now=timezone.now(), **said)


def test_report_page_shows_what_was_said_beside_what_we_hold(admin_client: Client) -> None:
    report = reported(said="<script>alert(1)</script> 230")
    html = admin_client.get(page("factreport", report.pk)).content.decode()
    assert "Lowest Step 2 CK score" in html
    assert ">220<" in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 230" in html
    assert 'href="https://program.example/apply" rel="noreferrer noopener nofollow"' in html
    assert str(report.reporter) not in html


def test_report_page_never_links_to_an_address_that_runs(admin_client: Client) -> None:
    report = reported()
    FactReport.objects.filter(pk=report.pk).update(url="javascript:alert(1)")
    assert b'href="javascript' not in admin_client.get(page("factreport", report.pk)).content


def task(report: FactReport) -> str:
    return page("factreport", report.pk, "task")


def test_report_words_are_not_rewritten_on_the_desk(admin_client: Client) -> None:
    report = reported()
    assert admin_client.post(page("factreport", report.pk), {"said": "rewritten"}).status_code == 403
    report.refresh_from_db()
    assert report.said == "It asks for 230 now."


def test_task_is_given_with_a_day_and_found_as_mine_and_overdue(
    admin_client: Client, admin_user: User
) -> None:
    report, other = reported(), reported()
    late = timezone.localdate() - timedelta(days=1)
    given = {"do": "assign", "assigned_to": admin_user.pk, "due_on": late.isoformat()}
    admin_client.post(task(report), given)

    for kind, found in (("mine", [report]), ("overdue", [report]), ("nobody", [other]), ("settled", [])):
        assert list(admin_client.get(REPORTS, {"task": kind}).context["cl"].result_list) == found, kind
    assert set(admin_client.get(REPORTS).context["cl"].result_list) == {report, other}
    assert "overdue" in admin_client.get(REPORTS).content.decode()


def test_task_given_to_who_may_not_or_a_day_that_is_none_is_refused(admin_client: Client) -> None:
    report, visitor = reported(), User.objects.create_user("visitor")
    for wrong in ({"assigned_to": visitor.pk}, {"due_on": "soon"}):
        answer = admin_client.post(task(report), {"do": "assign", **wrong}, follow=True)
        assert "Choose someone of the data desk" in answer.content.decode()
    report.refresh_from_db()
    assert (report.assigned_to, report.due_on) == (None, None)


@pytest.mark.parametrize(("do", "state"), [("accept", "accepted"), ("decline", "declined")])
def test_task_is_settled_with_a_note_alone_and_opened_again(
    admin_client: Client, do: str, state: str
) -> None:
    report = reported()
    admin_client.post(task(report), {"do": do, "note": " "})
    report.refresh_from_db()
    assert report.state == "new", "not without a sentence"

    admin_client.post(task(report), {"do": do, "note": "Read it: 230 is of another program."})
    report.refresh_from_db()
    assert (report.state, report.settled_note) == (state, "Read it: 230 is of another program.")
    assert report.fact is not None
    assert report.fact.value == 220
    html = admin_client.get(page("factreport", report.pk)).content.decode()
    assert "Read it: 230 is of another program." in html
    assert str(report.reporter) not in html

    admin_client.post(task(report), {"do": "reopen"})
    report.refresh_from_db()
    assert report.state == "new"


def test_task_is_settled_by_the_fact_recorded_from_it(admin_client: Client) -> None:
    report = reported()
    address = f"{page('program', report.program_id, 'enter')}?report={report.pk}"
    html = admin_client.get(address).content.decode()
    assert "It asks for 230 now." in html
    assert 'value="https://program.example/apply"' in html

    admin_client.post(address, {**source(), "min_step2ck-value": "230", "min_step2ck-strictness": "strict"})

    report.refresh_from_db()
    assert report.state == "accepted"
    assert report.settled_fact is not None
    assert (report.settled_fact.value, report.settled_fact.check_state) == (230, "waiting")
    assert admin_client.get(address).status_code == 404, "it is settled"


def test_task_of_another_program_is_not_found(admin_client: Client) -> None:
    report = reported()
    other = page("program", make_program().pk, "enter")
    assert admin_client.get(f"{other}?report={report.pk}").status_code == 404


def test_reports_are_found_by_program_and_not_by_reporter(admin_client: Client) -> None:
    report = reported()
    found = admin_client.get(REPORTS, {"q": report.program.name.lower()})
    assert list(found.context["cl"].result_list) == [report]
    assert admin_client.get(REPORTS, {"reporter__startswith": "a"}).status_code == 400


def test_reports_cost_the_same_however_many(admin_client: Client) -> None:
    reported()
    admin_client.get(REPORTS)
    with CaptureQueriesContext(connection) as few:
        admin_client.get(REPORTS)
    for _ in range(5):
        reported()
    with CaptureQueriesContext(connection) as many:
        admin_client.get(REPORTS)
    assert len(many) == len(few)


def test_reports_are_found_by_what_they_are_about(admin_client: Client) -> None:
    report = reported()
    other = report_make(program=report.program, said="x", reporter=uuid.uuid4(), now=timezone.now())
    for about, found in (("min_step2ck", [report]), ("itself", [other])):
        assert list(admin_client.get(REPORTS, {"about": about}).context["cl"].result_list) == found
