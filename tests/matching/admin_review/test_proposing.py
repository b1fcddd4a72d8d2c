"""Changes are drafted, changed and withdrawn on the page; nothing that was typed is ever lost."""

import re
from typing import Any

import pytest
from django.test import Client

from matching.models import Review, ReviewEvent, ReviewPatch
from matching.review.services import review_withdraw
from programs.models import Program
from tests.matching.admin_review.conftest import Page
from tests.matching.lists import ids_of, off_list
from tests.matching.review.conftest import Desk
from tests.matching.review.making import NOW, advisor_make, organisation_make
from tests.matching.review.proposing import draft, other_tier, send, sent, settle

pytestmark = pytest.mark.django_db

TYPED = "They interview few from outside the state."


def tier_of(desk: Desk) -> dict[str, Any]:
    name = ids_of(desk.saved_list)[0]
    return {"kind": "tier", "program": name, "tier": other_tier(desk, name), "reason": "knows", "text": TYPED}


def test_each_kind_is_drafted_from_the_form(desk: Desk, page: Page) -> None:
    names, fresh = ids_of(desk.saved_list), off_list(desk.saved_list)[0]
    for typed in (
        tier_of(desk),
        {"kind": "remove", "program": names[1], "reason": "refused"},
        {"kind": "add", "found": fresh, "program": names[0], "text": "They know your school."},
        {"kind": "lock", "program": names[2]},
        {"kind": "note", "text": "Anxious: call her", "private": "on"},
        {"kind": "ask", "field": "letters"},
        {"kind": "ask", "text": "May I read your statement?", "reason": "knows"},
    ):
        response = page.send("patch", **typed)
        assert response.status_code == 302, response.context["errors"]

    rows = desk.review.patches.values_list("kind", "program", "state", "private")
    assert list(rows) == [
        ("tier", names[0], "draft", False),
        ("remove", names[1], "draft", False),
        ("add", fresh, "draft", False),
        ("lock", names[2], "draft", False),
        ("note", None, "draft", True),
        ("ask", None, "draft", False),
        ("ask", None, "draft", False),
    ]
    assert set(desk.review.patches.values_list("author", flat=True)) == {desk.advisor.pk}


def test_refused_change_names_the_field_and_keeps_what_was_typed(desk: Desk, page: Page) -> None:
    typed = {**tier_of(desk), "reason": ""}

    for htmx in (False, True):
        response = page.send("patch", htmx=htmx, **typed)

        html = response.content.decode()
        assert response.status_code == 422
        assert "Say why: choose a reason." in html
        assert re.search(r'id="p-reason"[^>]*aria-invalid="true"', html)
        assert TYPED in html
        assert f'<option value="{typed["program"]}" selected>' in html
        assert f'<option value="{typed["tier"]}" selected>' in html
    assert not desk.review.patches.exists()


@pytest.mark.parametrize("kind", ["remove", "add", "signal", "lock", "ask"])
def test_words_meant_for_the_desk_are_refused_where_a_kind_has_no_secrets(
    desk: Desk, page: Page, kind: str
) -> None:
    """She ticked *private* for a move, typed, and chose another kind: the words must not go out."""
    names, fresh = ids_of(desk.saved_list), off_list(desk.saved_list)[0]

    response = page.send("patch", kind=kind, program=names[1], found=fresh, text=TYPED, private="on")

    html = response.content.decode()
    assert response.status_code == 422
    assert "Only a note or a move to another tier can be kept private." in html
    assert TYPED in html
    assert re.search(r'name="private"[^>]* checked', html)
    assert not desk.review.patches.exists()


def test_answer_to_a_part_is_the_part_with_the_buttons_and_the_row(desk: Desk, page: Page) -> None:
    typed = tier_of(desk)

    html = page.send("patch", htmx=True, **typed).content.decode()

    assert "<html" not in html
    assert "Saved as a draft" in html
    assert 'id="moves" class="rv-moves" hx-swap-oob="true"' in html
    row = re.search(rf'<span id="pending-{typed["program"]}".*?hx-swap-oob="true">(.*?)</span> </span>', html)
    assert row is not None
    assert f"draft: move to {typed['tier']}" in row.group(1)


def test_another_program_is_picked_without_losing_the_words(desk: Desk, page: Page) -> None:
    names = ids_of(desk.saved_list)

    for htmx in (False, True):
        html = page.send(
            "propose", htmx=htmx, kind="remove", program=names[0], text=TYPED, pick=names[1]
        ).content.decode()
        assert f'<option value="{names[1]}" selected>' in html
        assert f'<option value="{names[0]}" selected>' not in html
        assert TYPED in html
        assert 'value="remove" checked' in html


def test_search_finds_by_name_and_by_code(desk: Desk, page: Page) -> None:
    listed, fresh = ids_of(desk.saved_list)[0], off_list(desk.saved_list)[0]
    Program.objects.filter(pk=fresh).update(acgme_id="1400500999", search_text="quiet harbor 1400500999")
    Program.objects.filter(pk=listed).update(search_text="quiet harbor too")

    by_code = page.send("find", htmx=True, kind="add", query="1400500999").content.decode()
    by_name = page.send("propose", kind="add", query="harbor  QUIET", text=TYPED).content.decode()
    none = page.send("find", htmx=True, kind="add", query="no such place").content.decode()

    assert f'value="{fresh}"' in by_code
    assert listed not in by_code
    assert f'value="{fresh}"' in by_name
    assert re.search(rf'value="{listed}" disabled', by_name)
    assert TYPED in by_name
    assert "No program is found by that" in none


def test_draft_is_changed_and_withdrawn(desk: Desk, page: Page) -> None:
    name = ids_of(desk.saved_list)[0]
    patch = draft(desk, "remove", name, text="As it was")

    form = page.send("propose", draft=patch.pk).content.decode()
    assert "Change this draft" in form
    assert "As it was" in form
    page.send("patch", patch=patch.pk, kind="remove", program=name, text="As it is")
    patch.refresh_from_db()
    assert (patch.text, desk.review.patches.count()) == ("As it is", 1)

    page.send("drop", patch.pk)
    patch.refresh_from_db()
    assert patch.state == "withdrawn"


def test_draft_that_was_sent_meanwhile_is_not_changed_and_words_are_kept(desk: Desk, page: Page) -> None:
    patch = sent(desk, "lock", ids_of(desk.saved_list)[0])

    response = page.send("patch", patch=patch.pk, kind="lock", program=patch.program_id, text=TYPED)

    assert response.status_code == 422
    html = response.content.decode()
    assert "That draft is gone" in html
    assert TYPED in html
    patch.refresh_from_db()
    assert (patch.state, patch.text) == ("sent", "")


def test_two_advisors_on_one_page_lose_nothing(desk: Desk, page: Page, lead_page: Page) -> None:
    drawn = Review.objects.get(pk=desk.review.pk).revision
    names = ids_of(desk.saved_list)
    lead_page.send("patch", revision=drawn, kind="lock", program=names[1], text="By the lead")

    refused = page.send("patch", revision=drawn, **tier_of(desk))

    html = refused.content.decode()
    assert refused.status_code == 409
    assert "This review changed since your page was drawn" in html
    assert "Lead Hale: Proposed: Keep " in html
    assert TYPED in html
    now = Review.objects.get(pk=desk.review.pk).revision
    assert f'name="revision" value="{now}"' in html
    assert [patch.kind for patch in desk.review.patches.all()] == ["lock"]

    again = page.send("patch", revision=now, **tier_of(desk))
    assert again.status_code == 302
    assert [patch.kind for patch in desk.review.patches.all()] == ["lock", "tier"]


@pytest.mark.parametrize("revision", ["", "x", "0", "99999999999999", "-1", "\u0663"])
def test_revision_that_is_none_is_told_everything(desk: Desk, page: Page, revision: str) -> None:
    response = page.send("patch", revision=revision, htmx=True, **tier_of(desk))

    assert response.status_code == 409
    assert TYPED in response.content.decode()
    assert not desk.review.patches.exists()


def test_accepted_move_is_taken_back(desk: Desk, page: Page) -> None:
    name = ids_of(desk.saved_list)[0]
    patch = settle(desk, sent(desk, "tier", name, tier=other_tier(desk, name), reason="knows"))

    assert "Take back" in page.get().content.decode()
    page.send("drop", patch.pk)

    assert not desk.saved_list.marks.filter(withdrawn_at=None).exists()
    declined = settle(desk, sent(desk, "lock", name), accept=False)
    assert f"/patch/{declined.pk}/withdraw/" not in page.get().content.decode()


def test_preview_tells_now_with_this_and_with_all(desk: Desk, page: Page) -> None:
    names = ids_of(desk.saved_list)
    draft(desk, "remove", names[1])
    before = ReviewEvent.objects.count()

    def told(**typed: Any) -> Any:
        return page.send("preview", htmx=True, **typed).context["effect"]

    alone = told(kind="tier")
    this = told(kind="remove", program=names[0])
    added = told(kind="add", found=off_list(desk.saved_list)[0])

    assert [row.label for row in alone.rows] == ["Now", "With 1 proposed"]
    assert "no chance" in alone.note
    assert [row.label for row in this.rows] == ["Now", "With this", "With this and 1 more"]
    assert [row.programs for row in this.rows] == [str(len(names)), str(len(names) - 1), str(len(names) - 2)]
    assert (this.rows[1].match_better, this.rows[1].none_better) == (-1, -1)
    assert this.rows[1].cost_gap.startswith("\u2212$")
    assert (added.rows[1].match_better, added.rows[1].cost_gap[0]) == (1, "+")
    assert ReviewEvent.objects.count() == before
    assert desk.review.patches.count() == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"kind": "remove", "program": "sp99999"},
        {"kind": "add", "found": "../../etc"},
        {"kind": "signal", "program": "sp00001", "other": "sp00001", "signal": "platinum"},
        {"kind": "nothing", "patch": "9" * 40},
        {"kind": "note", "text": "nul \0 in it"},
        {},
    ],
)
def test_nonsense_is_refused_in_words(desk: Desk, page: Page, typed: dict[str, Any]) -> None:
    assert page.send("preview", htmx=True, **typed).status_code == 200
    assert page.send("propose", **typed).status_code == 200
    if typed.get("kind") != "note":
        assert page.send("patch", **typed).status_code == 422
        assert not desk.review.patches.exists()
    else:
        page.send("patch", **typed)
        assert "\0" not in desk.review.patches.get().text


def test_effects_of_each_change_are_told(desk: Desk, page: Page) -> None:
    patch = draft(desk, "remove", ids_of(desk.saved_list)[0])
    note = draft(desk, "note", text="A note")

    told = {view.id: view.effect for view in page.get().context["patches"].drafts}

    assert re.fullmatch(r"no interview .* → .*, match .* → .*, \$\d+ less", told[patch.pk])
    assert told[note.pk] == ""


def test_facts_she_has_not_told_are_offered(desk: Desk, page: Page) -> None:
    choices = page.get().context["choices"]

    unknown = [choice.value for choice in choices.unknown]
    assert "letters" in unknown
    assert "graduation_year" not in unknown
    assert "graduation_year" in [choice.value for choice in choices.known]


POSTS = ("patch", "propose", "preview", "find", "move")


@pytest.mark.parametrize("name", [*POSTS, "drop"])
def test_posts_are_for_its_advisor_and_lead_alone(desk: Desk, page: Page, name: str) -> None:
    patch = draft(desk, "lock", ids_of(desk.saved_list)[0])
    more = (patch.pk,) if name == "drop" else ()
    typed = {**tier_of(desk), "move": "release"}
    stranger = Page(desk.review, advisor_make(organisation_make("Elsewhere"), "stranger"))
    colleague = Page(desk.review, advisor_make(desk.organisation, "colleague"))

    assert stranger.send(name, *more, **typed).status_code == 404
    assert colleague.send(name, *more, **typed).status_code == 404
    assert Page(desk.review, desk.owner).send(name, *more, **typed).status_code in (302, 403, 404)
    assert Client().post(page.address(name, *more), typed).status_code == 302
    assert list(desk.review.patches.values_list("pk", "state")) == [(patch.pk, "draft")]
    assert Review.objects.get(pk=desk.review.pk).advisor == desk.advisor


@pytest.mark.parametrize("name", [*POSTS, "drop"])
def test_nothing_is_done_to_a_list_that_was_taken_back(desk: Desk, page: Page, name: str) -> None:
    patch = draft(desk, "lock", ids_of(desk.saved_list)[0])
    review_withdraw(review=desk.review, actor=desk.owner, now=NOW)
    more, events = (patch.pk,) if name == "drop" else (), ReviewEvent.objects.count()

    plain = page.send(name, *more, **tier_of(desk))
    part = page.send(name, *more, htmx=True, **tier_of(desk))

    assert (plain.status_code, plain["Location"]) == (302, page.address())
    assert part["HX-Redirect"] == page.address()
    assert ReviewEvent.objects.count() == events


def test_patch_of_another_review_is_not_found(desk: Desk, page: Page) -> None:
    patch = draft(desk, "note", text="x")
    other = ReviewPatch.objects.create(
        review=Review.objects.create(
            saved_list=desk.saved_list, organisation=desk.organisation, state="withdrawn",
            submitted_at=NOW, changed_at=NOW,
        ),
        kind="note", text="y", author_name="z", created_at=NOW,
    )  # fmt: skip

    assert page.send("drop", other.pk).status_code == 404
    assert page.send("propose", draft=other.pk).status_code == 404
    assert page.send("propose", draft=patch.pk).status_code == 200


def test_sending_leaves_nothing_to_draft(desk: Desk, page: Page) -> None:
    draft(desk, "note", text="Private words", private=True)
    assert send(desk) == 1
    assert page.get().context["patches"].drafts == ()
