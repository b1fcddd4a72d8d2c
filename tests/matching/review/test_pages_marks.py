"""What an advisor's word holds, on the list's own page: moved tiers, kept programs, the approval."""

import pytest
from django.test import Client

from matching.list_state import Edit
from matching.review.services import patch_withdraw, review_approve
from matching.services import list_edit, list_remove
from tests.matching.lists import ids_of, off_list
from tests.matching.pages import text_of
from tests.matching.review.conftest import Desk
from tests.matching.review.making import NOW
from tests.matching.review.proposing import other_tier, sent, settle
from tests.matching.test_view_list_edit import HTMX, edit, form_of


@pytest.fixture
def hers(client: Client, desk: Desk) -> Client:
    client.force_login(desk.owner)
    return client


def page_of(client: Client, desk: Desk, query: str = "") -> str:
    return text_of(client.get(f"/lists/{desk.saved_list.pk}/{query}"))


def lock(desk: Desk) -> str:
    name = ids_of(desk.saved_list)[0]
    settle(desk, sent(desk, "lock", name, reason="ties"))
    desk.saved_list.refresh_from_db()
    return name


def test_moved_tier_is_shown_with_ours_beside_it_and_counted(hers: Client, desk: Desk) -> None:
    entries = list(desk.saved_list.entries.order_by("position"))
    name, ours = entries[0].program_id, entries[0].tier
    tier = other_tier(desk, name)
    patch = sent(desk, "tier", name, tier=tier, reason="knows")
    assert "Moved by your advisor" not in page_of(hers, desk)  # she has not answered yet
    settle(desk, patch)
    response = hers.get(f"/lists/{desk.saved_list.pk}/")
    assert f"Moved by your advisor. We say {ours}." in text_of(response)
    shown = [tier, *(entry.tier for entry in entries[1:])]
    counts = dict(response.context["desk"].tier_counts)
    assert counts == {each: shown.count(each) for each in set(shown)}
    patch_withdraw(patch=patch, advisor=desk.advisor, now=NOW)
    assert "Moved by your advisor" not in page_of(hers, desk)


def test_odds_swapped_alone_keep_the_moved_tier(hers: Client, desk: Desk) -> None:
    name = ids_of(desk.saved_list)[0]
    tier = other_tier(desk, name)
    settle(desk, sent(desk, "tier", name, tier=tier, reason="knows"))
    desk.saved_list.refresh_from_db()
    fields = form_of(desk.saved_list, **{f"status-{name}": "applied", "do": "autosave"})
    response = edit(hers, desk.saved_list, fields, headers=HTMX)
    assert f'id="odds-{name}" hx-swap-oob="true"><span class="tier tier--{tier}">' in text_of(response)


def test_kept_program_is_asked_about_once_before_it_goes(hers: Client, desk: Desk) -> None:
    name = lock(desk)
    assert "Kept: you and your advisor agreed on it." in page_of(hers, desk)
    response = edit(hers, desk.saved_list, form_of(desk.saved_list, do=f"remove:{name}"))
    assert response["Location"] == f"/lists/{desk.saved_list.pk}/?remove={name}#row-{name}"
    assert name in ids_of(desk.saved_list)
    page = page_of(hers, desk, f"?remove={name}")
    assert "Remove it all the same?" in page
    assert f'value="drop:{name}"' in page
    edit(hers, desk.saved_list, form_of(desk.saved_list, do=f"drop:{name}"))
    assert name not in ids_of(desk.saved_list)
    assert "Removed" in page_of(hers, desk)


def test_kept_program_is_asked_about_where_it_is_swapped(hers: Client, desk: Desk) -> None:
    name = lock(desk)
    fields = form_of(desk.saved_list, **{f"note-{name}": "Call them", "do": f"remove:{name}"})
    response = edit(hers, desk.saved_list, fields, headers=HTMX)
    assert "Remove it all the same?" in text_of(response)
    assert desk.saved_list.entries.get(program=name).note == "Call them"


def test_program_that_is_not_kept_goes_at_once(hers: Client, desk: Desk) -> None:
    lock(desk)
    other = ids_of(desk.saved_list)[1]
    edit(hers, desk.saved_list, form_of(desk.saved_list, do=f"remove:{other}"))
    assert other not in ids_of(desk.saved_list)
    assert "Remove it all the same?" not in page_of(hers, desk, f"?remove={other}")


def test_button_elsewhere_leads_to_the_question(hers: Client, desk: Desk) -> None:
    name = lock(desk)
    fields = {"program": name, "list": str(desk.saved_list.pk), "next": "/lists/"}
    response = hers.post("/lists/remove/", fields, follow=True)
    assert name in ids_of(desk.saved_list)
    page = text_of(response)
    assert "You and your advisor agreed to keep" in page
    assert f"/lists/{desk.saved_list.pk}/?remove={name}#row-{name}" in page


def test_approval_is_shown_with_version_and_date(hers: Client, desk: Desk) -> None:
    review_approve(review=desk.review, advisor=desk.advisor, now=NOW)
    desk.saved_list.refresh_from_db()
    version = desk.saved_list.version
    words = f"Approved by Advisor Hale (Harbor Advising), version {version}, 23 November 2026"
    page = page_of(hers, desk)
    assert f"<b>{words}</b>" in page
    assert "no longer fits" not in page
    assert words in page_of(hers, desk, "review/")
    assert "Your list is approved." in page_of(hers, desk, "review/")


def test_approval_that_no_longer_fits_says_why_and_is_sent_again_by_one_button(
    hers: Client, desk: Desk
) -> None:
    review_approve(review=desk.review, advisor=desk.advisor, now=NOW)
    list_remove(saved_list=desk.saved_list, programs=ids_of(desk.saved_list)[:1])
    page = page_of(hers, desk)
    assert "no longer fits: 1 program taken off" in page
    assert f'action="/lists/{desk.saved_list.pk}/review/send/"' in page
    hers.post(f"/lists/{desk.saved_list.pk}/review/send/")
    desk.review.refresh_from_db()
    assert desk.review.state == "in_review"
    assert "no longer fits" not in page_of(hers, desk)


def test_note_beside_a_program_leaves_the_approval_as_it_is(hers: Client, desk: Desk) -> None:
    review_approve(review=desk.review, advisor=desk.advisor, now=NOW)
    desk.saved_list.refresh_from_db()
    name = ids_of(desk.saved_list)[0]
    list_edit(saved_list=desk.saved_list, version=desk.saved_list.version, sent={name: Edit(note="Call")})
    assert "no longer fits" not in page_of(hers, desk)


def test_list_of_a_visitor_asks_for_no_marks(client: Client, desk: Desk) -> None:
    """Another's page of another list says nothing of this one."""
    assert (
        client.get(f"/lists/{desk.saved_list.pk}/?remove={off_list(desk.saved_list)[0]}").status_code == 404
    )
