"""What is proposed, as the applicant reads and answers it on her page."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from matching.models import ReviewPatch
from matching.review.services import patch_withdraw, review_release
from matching.services import list_remove
from tests.matching.lists import ids_of, off_list
from tests.matching.pages import text_of
from tests.matching.review.conftest import Desk
from tests.matching.review.making import NOW
from tests.matching.review.proposing import draft, other_tier, send, sent


@pytest.fixture
def hers(client: Client, desk: Desk) -> Client:
    client.force_login(desk.owner)
    return client


def page_of(client: Client, desk: Desk) -> str:
    response = client.get(f"/lists/{desk.saved_list.pk}/review/")
    assert response.status_code == 200
    return text_of(response)


def answer(client: Client, desk: Desk, patch: ReviewPatch, accept: str = "yes", words: str = "") -> str:
    path = f"/lists/{desk.saved_list.pk}/review/answer/{patch.pk}/"
    response = client.post(path, {"accept": accept, "words": words}, follow=True)
    patch.refresh_from_db()
    return text_of(response)


def test_page_shows_each_change_with_reason_and_effect(hers: Client, desk: Desk) -> None:
    gone = ids_of(desk.saved_list)[-1]
    patch = sent(desk, "remove", gone, reason="refused", text="Two of mine were turned down.")
    page = page_of(hers, desk)
    name = desk.saved_list.entries.get(program=gone).program.name.removesuffix(" Program")
    assert f"Take {name} off" in page
    assert "<b>Applicants like this one were not read there.</b> Two of mine were turned down." in page
    assert "No interview at all" in page
    assert "Cost −$" in page
    assert "Advisor Hale has answered you." in page
    assert "There is 1 change to accept or decline." in page
    assert f"/lists/{desk.saved_list.pk}/review/answer/{patch.pk}/" in page


def test_accept_is_done_to_the_list_and_stays_readable(hers: Client, desk: Desk) -> None:
    new = off_list(desk.saved_list)[0]
    patch = sent(desk, "add", new, reason="matched")
    page = answer(hers, desk, patch, words="Gladly")
    assert patch.state == "accepted"
    assert new in ids_of(desk.saved_list)
    assert "Accepted. Your list shows it." in page
    assert "<b>You accepted this</b>" in page
    assert "Your words: Gladly" in page
    assert "All is answered." in page


def test_decline_leaves_the_list_as_it_is(hers: Client, desk: Desk) -> None:
    before = ids_of(desk.saved_list)
    patch = sent(desk, "remove", before[0], reason="fit")
    page = answer(hers, desk, patch, "no", "My sister lives there")
    assert (patch.state, patch.answer) == ("declined", "My sister lives there")
    assert ids_of(desk.saved_list) == before
    assert "<b>You declined this</b>" in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"accept": "yes", "words": "w" * 501}, "This has 501 characters; at most 500 are sent."),
        ({"words": "typed"}, "Press one of the two buttons."),
        ({"accept": "maybe", "words": "typed"}, "Press one of the two buttons."),
    ],
)
def test_answer_that_cannot_be_taken_shows_why_and_what_was_typed(
    hers: Client, desk: Desk, fields: dict[str, str], said: str
) -> None:
    patch = sent(desk, "lock", ids_of(desk.saved_list)[0], reason="ties")
    response = hers.post(f"/lists/{desk.saved_list.pk}/review/answer/{patch.pk}/", fields)
    assert response.status_code == 422
    page = text_of(response)
    assert f'id="words-{patch.pk}-error" role="alert">{said}' in page
    assert fields["words"] in page
    patch.refresh_from_db()
    assert patch.state == "sent"


def test_change_that_fits_no_more_says_so_beside_it(hers: Client, desk: Desk) -> None:
    first, last = ids_of(desk.saved_list)[0], ids_of(desk.saved_list)[-1]
    patch = sent(desk, "tier", first, tier=other_tier(desk, first), reason="knows")
    list_remove(saved_list=desk.saved_list, programs=[first, last])
    path = f"/lists/{desk.saved_list.pk}/review/answer/{patch.pk}/"
    response = hers.post(path, {"accept": "yes", "words": "yes please"})
    assert response.status_code == 422
    assert "This program is not on the list. Nothing was changed" in text_of(response)
    assert "yes please" in text_of(response)


def test_second_window_is_told_that_it_is_answered(hers: Client, desk: Desk) -> None:
    patch = sent(desk, "lock", ids_of(desk.saved_list)[0], reason="ties")
    answer(hers, desk, patch)
    assert "You answered this already: accepted." in answer(hers, desk, patch, "no")
    assert patch.state == "accepted"


def test_change_taken_back_meanwhile_is_told(hers: Client, desk: Desk) -> None:
    patch = sent(desk, "lock", ids_of(desk.saved_list)[0], reason="ties")
    patch_withdraw(patch=patch, advisor=desk.advisor, now=NOW)
    page = answer(hers, desk, patch)
    assert "Your advisor took this change back meanwhile." in page
    assert "<b>Your advisor took this back</b>" in page


def test_accept_all_takes_what_stood_on_the_page_and_nothing_since(hers: Client, desk: Desk) -> None:
    first, second = ids_of(desk.saved_list)[:2]
    new = off_list(desk.saved_list)[0]
    draft(desk, "add", new, reason="matched")
    draft(desk, "lock", first, reason="ties")
    send(desk)
    seen = list(ReviewPatch.objects.values_list("pk", flat=True))
    assert "Accept all 2 changes" in page_of(hers, desk)
    late = sent(desk, "remove", second, reason="fit")
    path = f"/lists/{desk.saved_list.pk}/review/answer/"
    page = text_of(hers.post(path, {"change": [*seen, "x", "99999"]}, follow=True))
    late.refresh_from_db()
    assert "Accepted 2 changes." in page
    assert new in ids_of(desk.saved_list)
    assert second in ids_of(desk.saved_list)
    assert late.state == "sent"


def test_accept_all_is_all_or_nothing(hers: Client, desk: Desk) -> None:
    first, second = ids_of(desk.saved_list)[:2]
    new = off_list(desk.saved_list)[0]
    draft(desk, "add", new, reason="matched")
    draft(desk, "tier", first, tier=other_tier(desk, first), reason="knows")
    send(desk)
    list_remove(saved_list=desk.saved_list, programs=[first])
    path = f"/lists/{desk.saved_list.pk}/review/answer/"
    response = hers.post(path, {"change": list(ReviewPatch.objects.values_list("pk", flat=True))})
    assert response.status_code == 422
    assert "This program is not on the list." in text_of(response)
    assert new not in ids_of(desk.saved_list)
    assert set(ReviewPatch.objects.values_list("state", flat=True)) == {"sent"}
    assert second in ids_of(desk.saved_list)


def test_fact_asked_for_leads_to_its_very_place_on_the_form(hers: Client, desk: Desk) -> None:
    patch = sent(desk, "ask", field="ties", text="Anybody in California?")
    page = page_of(hers, desk)
    assert "Tell us your ties to a place" in page
    assert 'href="/profile/training/#ties"' in page
    path = f"/lists/{desk.saved_list.pk}/review/answer/{patch.pk}/"
    response = hers.post(path, {"accept": "yes"})
    assert response.status_code == 422  # the answers the list stands on do not say it yet
    assert "put it into your profile" in text_of(response)
    assert "<b>You said: not now</b>" in answer(hers, desk, patch, "no", "I would rather not")


def test_question_is_answered_in_words(hers: Client, desk: Desk) -> None:
    patch = sent(desk, "ask", text="Would you move to Fresno?")
    assert "Your answer" in page_of(hers, desk)
    assert "Write your answer." in answer(hers, desk, patch)
    assert patch.state == "sent"
    page = answer(hers, desk, patch, words="Yes, in July")
    assert patch.state == "accepted"
    assert "Your words: Yes, in July" in page


def test_note_and_message_are_read_and_ask_for_nothing(hers: Client, desk: Desk) -> None:
    draft(desk, "note", text="Signals early.")
    send(desk, "Dear Ana")
    page = page_of(hers, desk)
    assert "What your advisor writes" in page
    assert "Signals early." in page
    assert "Dear Ana" in page
    assert "Accept<" not in page
    assert "All is answered." in page


def test_words_of_an_advisor_are_text_and_no_markup(hers: Client, desk: Desk) -> None:
    draft(desk, "note", text="<script>alert(1)</script>")
    send(desk)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page_of(hers, desk)


def test_history_names_who_did_what(hers: Client, desk: Desk) -> None:
    patch = sent(desk, "lock", ids_of(desk.saved_list)[0], reason="ties")
    answer(hers, desk, patch)
    page = page_of(hers, desk)
    assert "<span>You: Sent the list to Harbor Advising</span>" in page
    assert "<span>Advisor Hale: Sent 1 change back</span>" in page
    assert "<span>You: Accepted: Keep" in page


def test_review_given_back_says_that_somebody_else_takes_it_up(hers: Client, desk: Desk) -> None:
    review_release(review=desk.review, advisor=desk.advisor, now=NOW)
    assert "An advisor has not taken it up yet." in page_of(hers, desk)


def test_change_of_another_list_is_not_found(hers: Client, desk: Desk) -> None:
    patch = sent(desk, "lock", ids_of(desk.saved_list)[0], reason="ties")
    ReviewPatch.objects.filter(pk=patch.pk).update(private=False, sent_at=None, state="draft")
    path = f"/lists/{desk.saved_list.pk}/review/answer/{patch.pk}/"
    assert hers.post(path, {"accept": "yes"}).status_code == 404
    assert hers.post(path.replace(str(patch.pk), "424242"), {"accept": "yes"}).status_code == 404


@pytest.mark.parametrize("changes", [1, 6])
def test_page_costs_the_same_however_much_is_proposed(
    hers: Client, desk: Desk, changes: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for name in off_list(desk.saved_list)[:changes]:
        draft(desk, "add", name, reason="matched")
    send(desk)
    with django_assert_max_num_queries(14):
        page_of(hers, desk)
