"""The report at the desk: what it counts, for whom, in how many queries."""

import csv
import io
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from matching.disagreement.selectors import disagreement
from matching.models import ListEntry, Review, ReviewPatch, ReviewVersion
from programs.models import Program, ProgramFact
from tests.matching.admin_queue.queued import client_for, member, office, queued, text
from tests.matching.factories import program_make

pytestmark = pytest.mark.django_db

REPORT, FILE = reverse("admin:matching_disagreement"), reverse("admin:matching_disagreement_csv")


@pytest.fixture
def lead() -> User:
    return member("lena", role="lead")


@pytest.fixture
def programs() -> list[Program]:
    return [program_make(f"sp0000{at}") for at in range(1, 5)]


def reviewed(name: str, programs: list[Program], *, answered: bool = True, **values: Any) -> Review:
    """With each program on its list, a target; sent back to the applicant unless not answered."""
    advisor = values.pop("advisor", None) or User.objects.filter(username="bea").first() or member("bea")
    review = queued(name, advisor, **values)
    ListEntry.objects.bulk_create(
        ListEntry(saved_list=review.saved_list, program=program, position=at, tier="target")
        for at, program in enumerate(programs, 1)
    )
    if answered:
        ReviewVersion.objects.create(
            review=review, number=1, list_version=1, reason="sent", entries=[], profile={}, model_version="m",
            data_version="d", created_at=timezone.now(),
        )  # fmt: skip
    return review


def moved(review: Review, program: Program, tier: str = "safety", **values: Any) -> ReviewPatch:
    given = {"kind": "tier", "state": "sent", "tier_from": "target", "tier_to": tier, "reason": "knows"}
    return ReviewPatch.objects.create(
        review=review, program=program, created_at=timezone.now(), **(given | {"author_name": "Bea"} | values)
    )


def test_report_counts_what_stands(lead: User, programs: list[Program]) -> None:
    review = reviewed("Ana Diaz", programs)
    moved(review, programs[0], state="accepted")
    moved(review, programs[1], "reach", state="declined")
    moved(review, programs[2], state="withdrawn")
    moved(review, programs[3], state="draft")

    total = disagreement(lead).total

    assert (total.looked_at, total.up, total.down) == (4, 1, 1)


def test_report_counts_what_is_kept_for_the_desk(lead: User, programs: list[Program]) -> None:
    review = reviewed("Ana Diaz", programs, answered=False)
    moved(review, programs[0], private=True, state="accepted")

    total = disagreement(lead).total

    assert (total.looked_at, total.up, total.private) == (4, 1, 1)


def test_report_looks_at_no_list_that_nobody_answered_or_that_was_taken_back(
    lead: User, programs: list[Program]
) -> None:
    reviewed("Ana Diaz", programs, answered=False)
    moved(reviewed("Bao Chen", programs, state="withdrawn"), programs[0])
    assert disagreement(lead).total.looked_at == 0


def test_report_groups_by_what_the_program_and_the_score_are(lead: User, programs: list[Program]) -> None:
    Program.objects.filter(pk=programs[1].pk).update(state="NY", county="Kings")
    ProgramFact.objects.create(
        id=1, program=programs[0], field="program_type", value_code="community", is_current=True,
        observed_on=timezone.now().date(), source_kind="program_page", strictness="statement",
        confidence="high",
        url="https://program.example/",
    )  # fmt: skip
    moved(reviewed("Ana Diaz", programs, profile={"step2ck": {"score": 224}}), programs[0])
    reviewed("Bao Chen", programs, profile={"step2ck": None})
    reviewed("Gita Eze", programs, profile={"step2ck": {"score": 250}})

    facets = disagreement(lead).facets

    def sizes(facet: str) -> dict[str, tuple[int, int]]:
        return {name: (group.looked_at, group.moved) for name, group in facets[facet].items()}

    assert sizes("specialty") == {"Internal medicine": (12, 1)}
    assert sizes("ring") == {"los-angeles": (9, 1), "national": (3, 0)}
    assert sizes("kind") == {"community": (3, 1), "none": (9, 0)}
    assert sizes("band") == {"220-229": (4, 1), "none": (4, 0), "250-up": (4, 0)}


def test_report_keeps_a_program_that_left_the_list(lead: User, programs: list[Program]) -> None:
    review = reviewed("Ana Diaz", programs[:2])
    moved(review, programs[3])
    assert disagreement(lead).total.looked_at == 3


def test_lead_counts_her_organisation_alone(lead: User, programs: list[Program]) -> None:
    moved(reviewed("Ana Diaz", programs), programs[0])
    elsewhere = office("Elsewhere")
    olga = member("olga", organisation=elsewhere)
    moved(reviewed("Bao Chen", programs, advisor=olga, organisation=elsewhere), programs[0])

    assert disagreement(lead).total.moved == 1
    assert disagreement(User.objects.create_superuser("chief")).total.moved == 2


def test_page_names_no_person(lead: User, programs: list[Program]) -> None:
    review = reviewed("Ana Diaz", programs)
    moved(review, programs[0], text="Her letter from Dr Quill", author_name="Beatrix")

    for address in (REPORT, FILE):
        content = client_for(lead).get(address).content.decode()
        for name in ("Ana", "Diaz", "Quill", "Beatrix", review.code):
            assert name not in content


def test_page_shows_sentence_drawing_and_table(lead: User, programs: list[Program]) -> None:
    moved(reviewed("Ana Diaz", programs), programs[0])

    response = client_for(lead).get(REPORT)

    words = text(response)
    assert "Advisors moved 1 of 4 programs they looked at (25%)" in words
    assert "Internal medicine few" in words
    html = response.content.decode()
    assert html.count('role="img"') == 8
    assert "style=" not in html


def test_page_of_nothing_is_plain(lead: User) -> None:
    assert "No advisor has answered a list yet" in text(client_for(lead).get(REPORT))


def test_file_is_read_as_a_table(lead: User, programs: list[Program]) -> None:
    moved(reviewed("Ana Diaz", programs), programs[0])

    response = client_for(lead).get(FILE)

    assert response["Content-Type"].startswith("text/csv")
    assert "no-store" in response["Cache-Control"]
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0]["Programs looked at"] == "4"
    assert rows[0]["Reason: I know how this program selects"] == "1"


def test_report_is_refused_to_whoever_may_not() -> None:
    advisor = member("bea")
    for address in (REPORT, FILE):
        assert client_for(advisor).get(address).status_code == 403
        assert Client().get(address).status_code == 302


def test_whoever_is_given_the_right_counts_what_she_sees(programs: list[Program]) -> None:
    advisor = member("bea")
    moved(reviewed("Ana Diaz", programs, advisor=advisor), programs[0])
    moved(reviewed("Bao Chen", programs, advisor=member("carl")), programs[0])
    advisor.user_permissions.add(Permission.objects.get(codename="view_disagreement"))

    assert "Advisors moved 1 of 4" in text(client_for(advisor).get(REPORT))


def test_queue_and_index_lead_to_it_for_whoever_may(lead: User) -> None:
    queue, index = reverse("admin:matching_review_changelist"), reverse("admin:index")
    for address in (queue, index):
        assert REPORT in client_for(lead).get(address).content.decode()
    advisor = client_for(member("bea"))
    for address in (queue, index):
        assert REPORT not in advisor.get(address).content.decode()


def test_queries_do_not_grow_with_the_reviews(lead: User, programs: list[Program]) -> None:
    counts = []
    for more in (1, 8):
        for at in range(more):
            moved(
                reviewed(f"Person{more} N{at}", programs, profile={"step2ck": {"score": 200 + at}}),
                programs[0],
            )
        with CaptureQueriesContext(connection) as seen:
            disagreement(lead)
        counts.append(len(seen))
    assert counts == [5, 5]
