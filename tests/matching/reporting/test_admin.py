"""What an advisor reads of what became of lists, and what she may say of it."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matching.models import OutcomeReport
from matching.outcomes.reading import COLUMNS
from tests.matching.desk import account, advisor_client, client_of, list_sent
from tests.matching.lists import ids_of
from tests.matching.reporting.making import told
from tests.matching.reporting.test_exporting import early

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_catalogue")]

REPORTS = reverse("admin:matching_outcomereport_changelist")


def page(report: OutcomeReport) -> str:
    return reverse("admin:matching_outcomereport_change", args=[report.pk])


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def reckoned(results: int = 1, name: str = "ana", *, consent: bool = True) -> OutcomeReport:
    """A report whose chances were made the summer before."""
    saved_list = list_sent(owner=account(name))
    early(told(saved_list, consent=consent))
    answers = dict.fromkeys(ids_of(saved_list)[:results], "invited")
    return told(saved_list, answers, consent=consent)


@pytest.fixture
def advisor() -> Client:
    return advisor_client()


def test_report_page_holds_forecast_against_outcome(advisor: Client) -> None:
    report = reckoned(2)

    words = text(advisor.get(page(report)).content.decode())

    assert "2 interviews so far from" in words or "2 interviews from" in words
    assert "We expected" in words
    assert "ana" in words
    assert "Autumn list" in words
    assert "as the applicant says" in words
    assert report.code not in words


def test_reports_are_told_one_by_one_and_together(advisor: Client) -> None:
    reckoned(1, "ana")
    reckoned(2, "bea")

    words = text(advisor.get(REPORTS).content.decode())

    assert "ana" in words
    assert "bea" in words
    assert "2 people, 12 applications:" in words
    assert "3 came." in words


def test_what_is_hers_alone_is_shown_to_nobody(advisor: Client, admin_client: Client) -> None:
    report = reckoned(consent=False)

    for client in (advisor, admin_client):
        assert client.get(page(report)).status_code == 404
        assert "ana" not in text(client.get(REPORTS).content.decode())


def post(client: Client, action: str, report: OutcomeReport) -> object:
    return client.post(REPORTS, {"action": action, "_selected_action": report.pk, "index": "0"})


def test_advisor_marks_as_seen_with_who_and_when(advisor: Client) -> None:
    report = reckoned()
    assert "Mark as seen by me" in advisor.get(page(report)).content.decode()

    post(advisor, "witness", report)

    report.refresh_from_db()
    who = User.objects.get(username="advisor")
    entry = LogEntry.objects.get()
    assert (report.evidence, report.seen_by) == ("seen", who)
    assert report.seen_at is not None
    assert (entry.user, entry.object_id, entry.change_message) == (
        who, str(report.pk), "Marked as seen: the applicant's proof was looked at",
    )  # fmt: skip
    words = advisor.get(page(report)).content.decode()
    assert "seen by advisor" in text(words)
    assert "Mark as seen by me" not in words


def test_marking_again_keeps_the_first_who_and_when(advisor: Client, admin_client: Client) -> None:
    report = reckoned()
    post(advisor, "witness", report)
    report.refresh_from_db()
    first = (report.seen_by, report.seen_at)

    post(admin_client, "witness", report)

    report.refresh_from_db()
    assert (report.seen_by, report.seen_at) == first


def test_reader_without_the_right_marks_nothing() -> None:
    report = reckoned()
    client = client_of(is_staff=True)
    reader = User.objects.get(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_outcomereport"))

    post(client, "witness", report)

    report.refresh_from_db()
    assert report.evidence == "said"
    assert "Mark as seen by me" not in client.get(page(report)).content.decode()


def test_advisor_does_not_export(advisor: Client) -> None:
    response = post(advisor, "export", reckoned())

    assert getattr(response, "status_code", 0) == 302
    assert not LogEntry.objects.exists()


def test_superuser_exports_and_that_is_kept(admin_client: Client) -> None:
    report = reckoned()

    response = admin_client.post(REPORTS, {"action": "export", "_selected_action": report.pk, "index": "0"})

    lines = response.content.decode().splitlines()
    assert response["Content-Type"].startswith("text/csv")
    assert lines[0] == ",".join(COLUMNS)
    assert len(lines) == 1 + 6
    assert "ana" not in response.content.decode()
    assert LogEntry.objects.get().change_message.startswith("Exported: 6 rows of 1 people.")


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_reports_cost_the_same_however_many(advisor: Client) -> None:
    reckoned(1, "ana")
    few = queries_of(advisor, REPORTS)
    for number in range(3):
        reckoned(1, f"user {number}")

    assert queries_of(advisor, REPORTS) == few <= 13


def test_report_page_costs_a_constant_number(advisor: Client) -> None:
    assert queries_of(advisor, page(reckoned())) <= 12
