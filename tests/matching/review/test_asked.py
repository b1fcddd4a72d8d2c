"""Every fact an advisor may ask for has words, and a place on the form that is really there."""

import pytest
from django.test import Client

from matching.review.asked import ASKABLE, asked_fact
from matching.review.members import MEMBERS


@pytest.mark.parametrize("field", MEMBERS)
def test_each_member_that_may_be_asked_for_is_asked_on_the_form(field: str) -> None:
    fact = asked_fact(field)
    assert fact is not None
    assert fact.step.asks(fact.anchor.removeprefix("id_")) or fact.step.asks(f"{fact.anchor}-rows")


@pytest.mark.parametrize(
    ("field", "words", "step"),
    [
        ("step2ck.score", "your Step 2 CK score", "you"),
        ("step3.taken", "when you took Step 3", "you"),
        ("visa_needed", "whether you need a visa", "you"),
        ("letters", "your letters", "training"),
        ("research.publications", "your publications", "training"),
        ("wishes.ring", "where you would most like to train", "wishes"),
        ("step2ck", "your Step 2 CK", "you"),
    ],
)
def test_asked_is_told_as_to_her(field: str, words: str, step: str) -> None:
    fact = asked_fact(field)
    assert fact is not None
    assert (fact.words, fact.step.slug) == (words, step)


def test_asked_for_what_no_form_asks_is_nothing() -> None:
    assert asked_fact("shoe_size") is None
    assert asked_fact("") is None


@pytest.mark.django_db
def test_each_place_is_on_the_page_of_its_step(client: Client) -> None:
    pages = {
        slug: client.get(f"/profile/{slug}/", follow=True).content.decode()
        for slug in {fact.step.slug for fact in ASKABLE}
    }
    missing = [fact.field for fact in ASKABLE if f'id="{fact.anchor}' not in pages[fact.step.slug]]
    assert missing == []
