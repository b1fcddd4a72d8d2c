"""Reports of wrong facts on the desk: read, accepted or declined; never made or rewritten there."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programs.models import FactReport
from programs.services import report_make
from tests.programs.desk import page
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


def test_report_words_are_not_rewritten_on_the_desk(admin_client: Client) -> None:
    report = reported()
    admin_client.post(page("factreport", report.pk), {"state": "accepted", "said": "rewritten"})
    report.refresh_from_db()
    assert (report.state, report.said) == ("accepted", "It asks for 230 now.")


@pytest.mark.parametrize(("action", "state"), [("accept", "accepted"), ("decline", "declined")])
def test_reports_are_decided_from_the_list_and_the_fact_stays(
    admin_client: Client, action: str, state: str
) -> None:
    report, other = reported(), reported()
    admin_client.post(REPORTS, {"action": action, "_selected_action": report.pk})
    report.refresh_from_db()
    other.refresh_from_db()
    assert (report.state, other.state) == (state, "new")
    assert report.fact is not None
    assert report.fact.value == 220


def test_reports_are_found_by_state_and_program_and_not_by_reporter(admin_client: Client) -> None:
    report = reported()
    found = admin_client.get(REPORTS, {"state__exact": "new", "q": report.program.name.lower()})
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
