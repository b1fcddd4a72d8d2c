"""What an advisor reads on the page of one review."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from matching.models import OutcomeReport, Review, SavedList, StaffAccess
from matching.review.services import (
    patches_send,
    review_approve,
    review_release,
    review_resubmit,
    review_withdraw,
)
from matching.services import list_remove
from programs.models import Program
from tests.matching.admin_review.conftest import Page
from tests.matching.lists import ids_of
from tests.matching.review.conftest import Desk
from tests.matching.review.making import NOW, advisor_make, list_of_owner, organisation_make, owner_make
from tests.matching.review.proposing import draft, other_tier, send, sent, settle

pytestmark = pytest.mark.django_db


def words(response: Any) -> str:
    text = re.sub(r"<(script|style|select)[^>]*>.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def queries(page: Page) -> int:
    page.get()
    with CaptureQueriesContext(connection) as made:
        assert page.get().status_code == 200
    return len(made)


def test_head_says_who_where_since_when_and_what_presses(desk: Desk, page: Page) -> None:
    Review.objects.update(
        message="Is this too many?", submitted_at=NOW, p_none=0.31, strict_fails=3, unused_signals=2,
        over_budget_usd=240, missing_facts=8, danger=52.4,
    )  # fmt: skip
    User.objects.filter(pk=desk.owner.pk).update(first_name="Ana", last_name="Morales")

    said = words(page.get())

    for expected in (
        "Ana Morales", desk.review.code, "being reviewed", "US-citizen IMG, graduated 2025",
        "Harbor Advising", "sent 23 November 2026", "with Advisor Hale", "Is this too many?", "52 danger",
        "No interview in about 31 in 100 seasons", "3 programs closed by a strict rule", "2 signals not used",
        "$240 over the budget", "8 facts missing",
    ):  # fmt: skip
        assert expected in said, expected
    assert desk.owner.email not in said
    assert "{" not in said


def test_list_is_told_whole(desk: Desk, page: Page) -> None:
    response = page.get()

    rows = [line for group in response.context["rows"].groups for line in group.rows]
    assert [line.row.id for line in sorted(rows, key=lambda line: line.row.position)] == ids_of(
        desk.saved_list
    )
    said = words(response)
    for line in rows:
        assert line.row.name in said
        assert line.reasons
    assert "A hundred seasons with this list" in said
    assert "like yours" not in said


def test_moved_tier_stands_where_it_was_moved_and_says_ours(desk: Desk, page: Page) -> None:
    name = ids_of(desk.saved_list)[0]
    ours, to = desk.saved_list.entries.get(program=name).tier, other_tier(desk, name)
    settle(desk, sent(desk, "tier", name, tier=to, reason="knows", text="They read all of it"))

    rows = page.get().context["rows"]

    group = next(group for group in rows.groups if group.tier == to)
    line = next(line for line in group.rows if line.row.id == name)
    assert (line.ours, line.row.tier, line.mark) == (ours, ours, "They read all of it")
    assert rows.moved == 1


def test_open_changes_stand_beside_their_programs(desk: Desk, page: Page) -> None:
    first, second = ids_of(desk.saved_list)[:2]
    sent(desk, "lock", first)
    draft(desk, "remove", second)

    said = words(page.get())

    assert "sent: keep on the list" in said
    assert "draft: take off" in said


def test_differences_are_told_since_the_desk_last_sent(desk: Desk, page: Page) -> None:
    names = ids_of(desk.saved_list)
    patches_send(review=desk.review, advisor=desk.advisor, message="Please cut one", now=NOW)
    list_remove(saved_list=desk.saved_list, programs=[names[0]])

    response = page.get()

    assert (response.context["before"], response.context["after"]) == (2, "now")
    titles = [told.title for told in response.context["differences"]]
    assert "Taken off: 1 program" in titles
    assert any(title == "Odds and cost" for title in titles)


def test_two_versions_are_compared_as_chosen(desk: Desk, page: Page) -> None:
    names = ids_of(desk.saved_list)
    patches_send(review=desk.review, advisor=desk.advisor, message="Please cut one", now=NOW)
    list_remove(saved_list=desk.saved_list, programs=[names[0]])
    review_resubmit(review=desk.review, message="Done", actor=desk.owner, now=NOW)

    alike = page.get(before="2", after="1")
    apart = page.get(before="2", after="3")

    assert (alike.context["before"], alike.context["after"]) == (1, 2)
    assert alike.context["differences"] == ()
    assert [told.title for told in apart.context["differences"]][1] == "Taken off: 1 program"
    assert page.get(before="77", after="x").context["after"] == "now"


def test_answers_that_changed_are_told_with_what_they_were(desk: Desk, page: Page) -> None:
    run = desk.saved_list.match.run
    run.profile = {**run.profile, "graduation_year": 2019}
    run.save(update_fields=["profile"])

    response = page.get()

    changed = [line for line in response.context["lines"] if line.was is not None]
    assert [(line.label, line.items, line.was) for line in changed] == [
        ("Graduation year", ("2019",), ("2025",))
    ]
    assert "1 answer changed since version 1" in words(response)


def test_approval_is_told_and_that_it_is_stale(desk: Desk, page: Page) -> None:
    review_approve(review=desk.review, advisor=desk.advisor, now=NOW)
    assert "Approved by Advisor Hale (Harbor Advising), version 1, 23 November 2026" in words(page.get())

    list_remove(saved_list=desk.saved_list, programs=ids_of(desk.saved_list)[:1])

    said = words(page.get())
    assert "no longer fits" in said
    assert "Open again" in said
    assert "Add as a draft" not in said


def test_frozen_version_is_read_as_it_was(desk: Desk, page: Page) -> None:
    names = ids_of(desk.saved_list)
    list_remove(saved_list=desk.saved_list, programs=[names[0]])

    response = page.get("version", 1)

    assert [row.id for row in response.context["rows"]] == names
    assert "version 1" in words(response)
    assert page.get("version", 9).status_code == 404


def test_history_tells_every_event(desk: Desk, page: Page) -> None:
    draft(desk, "note", text="For us", private=True)
    send(desk)

    said = words(page.get())

    for event in desk.review.events.all():
        assert event.words in said
        assert event.actor_name in said
    assert "desk only" in said


def test_withdrawn_list_is_its_owners_alone_again(desk: Desk, page: Page) -> None:
    review_withdraw(review=desk.review, actor=desk.owner, now=NOW)
    name = Program.objects.get(pk=ids_of(desk.saved_list)[0]).name

    response = page.get()

    said = words(response)
    assert "Took the list back" in said
    assert name.removesuffix(" Program") not in said
    assert "US-citizen IMG" not in said
    assert page.get("version", 1).status_code == 404


def test_opening_is_noted_with_whose_it_is(desk: Desk, page: Page) -> None:
    page.get()

    noted = StaffAccess.objects.get()
    assert (noted.user, noted.action, noted.subject) == (desk.advisor, "opened", desk.owner)
    assert (noted.model, noted.object_id) == ("matching.Review", str(desk.review.pk))


def test_links_lead_to_the_list_and_back(desk: Desk, page: Page) -> None:
    there = reverse("admin:matching_savedlist_change", args=[desk.saved_list.pk])
    assert there in page.get().content.decode()
    assert page.address() in page.client.get(there).content.decode()


def test_links_lead_only_where_she_may_go(desk: Desk, page: Page) -> None:
    links = set(re.findall(r'<a [^>]*href="(/[^"?#]*)', page.get().content.decode()))

    refused = {link for link in links if page.client.get(link).status_code in (403, 404)}
    assert refused == set()


def test_outcome_is_linked_only_where_it_may_be_counted(desk: Desk, page: Page) -> None:
    report = OutcomeReport.objects.create(
        saved_list=desk.saved_list, season="2027", forecast={}, created_at=NOW, updated_at=NOW
    )
    address = reverse("admin:matching_outcomereport_change", args=[report.pk])
    assert address not in page.get().content.decode()

    report.consented_at = timezone.now()
    report.save(update_fields=["consented_at"])
    assert address in page.get().content.decode()


def test_what_people_type_is_escaped(desk: Desk, page: Page) -> None:
    script = "<script>alert(1)</script>"
    draft(desk, "note", text=script)
    Review.objects.update(message=script, snooze_note=script)
    SavedList.objects.update(name=script)
    Program.objects.update(name=script)

    assert script not in page.get().content.decode()


def test_queries_are_the_same_however_long_the_list_and_many_the_changes(desk: Desk, page: Page) -> None:
    few = queries(page)
    for number in range(30):
        draft(desk, "note", text=f"Note {number}")
    assert queries(page) == few <= 22

    owner = owner_make("another")
    longer = list_of_owner(owner, programs=12)
    assert longer.entries.count() > desk.saved_list.entries.count()
    review = Review.objects.create(
        saved_list=longer, organisation=desk.organisation, advisor=desk.advisor, state="in_review",
        submitted_at=NOW, changed_at=NOW,
    )  # fmt: skip
    assert queries(Page(review, desk.advisor)) <= few


@pytest.mark.parametrize("name", ["change", "version"])
def test_page_is_for_its_advisor_and_lead_alone(desk: Desk, page: Page, lead_page: Page, name: str) -> None:
    more = (1,) if name == "version" else ()
    outside = other_advisor()

    assert page.get(name, *more).status_code == lead_page.get(name, *more).status_code == 200
    assert Page(desk.review, outside).get(name, *more).status_code == 404
    assert Page(desk.review, desk.owner).get(name, *more).status_code in (302, 403, 404)
    assert Client().get(page.address(name, *more)).status_code == 302
    assert StaffAccess.objects.filter(user=outside, action="refused").count() == 1


def test_pool_is_not_openable(desk: Desk, page: Page, lead_page: Page) -> None:
    review_release(review=desk.review, advisor=desk.advisor, now=NOW)

    assert page.get().status_code == 404
    said = words(lead_page.get())
    assert "nobody has it" in said
    assert "Claim the review to propose changes." in said


def test_unknown_review_is_not_found(page: Page) -> None:
    for wrong in ("0" * 32, "not-an-id", "00000000-0000-0000-0000-000000000000"):
        assert page.client.get(f"/admin/matching/review/{wrong}/change/").status_code == 404


def other_advisor() -> User:

    return advisor_make(organisation_make("Elsewhere"), "stranger")
