"""A receipt, as a visitor comes to it."""

import re
import uuid
import zlib
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from matching.models import Match, MatchRun, Receipt
from matching.receipts.services import FAILED, OUTDATED, WAITING
from tests.matching.factories import NOW, match_make, run_done_make, run_make
from tests.matching.pages import text_of
from tests.matching.people import visiting
from tests.matching.receipts.made import asked, asked_of, earlier_model, rows_with
from tests.reading import HARDEST, grade, prose

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_catalogue")]
STEP3 = {"status": "pass", "attempts": 1}


@pytest.fixture
def two(client: Client) -> tuple[Match, Match]:
    visitor = visiting(client)
    return asked(visitor), asked(visitor, step3=STEP3, options={"max_applications": 4})


def address(before: Match, after: Match) -> str:
    return f"/matches/{before.pk}/to/{after.pk}/"


def test_receipt_is_not_there_until_it_is_asked_for(client: Client, two: tuple[Match, Match]) -> None:
    text = text_of(client.get(address(*two)))
    assert "Work out why" in text
    assert "passed, 1 attempt" in text
    assert not Receipt.objects.exists()


def test_receipt_tells_the_causes_and_they_add_up(client: Client, two: tuple[Match, Match]) -> None:
    text = text_of(client.post(address(*two), follow=True))
    assert "Your chance of a match went from" in text
    assert "because of your limits on number and fees." in text
    falls = re.search(r'<table class="bars falls">.*?</table>', text)
    assert falls
    values = [
        float(value.replace("−", "-")) for value in re.findall(r'class="value">([+−\d.]+)<', falls.group())
    ]
    assert len(values) == 4
    assert sum(values[:-1]) == pytest.approx(values[-1])
    assert "Left the list we suggest" in text
    assert "Each share is a Shapley value" in text
    assert "4 mixtures of before and after" in text


def test_receipt_read_costs_the_same_and_works_nothing_out(
    client: Client, two: tuple[Match, Match], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.post(address(*two))
    kept = Receipt.objects.get()
    with django_assert_num_queries(5):  # session, two answers, receipt, specialties
        client.get(address(*two))
    assert Receipt.objects.get().created_at == kept.created_at


def test_receipt_of_the_same_answer_says_nothing_changed(client: Client) -> None:
    visitor = visiting(client)
    first, second = asked(visitor), asked(visitor)
    for response in (client.get(address(first, second)), client.post(address(first, second), follow=True)):
        text = text_of(response)
        assert "Nothing changed: the two answers are one." in text
        assert "Work out why" not in text


@pytest.mark.parametrize(
    ("values", "why"),
    [({}, WAITING), ({"state": "failed", "reason": "A fault.", "finished_at": NOW}, FAILED)],
)
def test_receipt_says_why_two_answers_cannot_be_compared(
    client: Client, values: dict[str, object], why: str
) -> None:
    visitor = visiting(client)
    first = asked(visitor)
    second = match_make(visitor=visitor, run=run_make(**{**values, "profile": first.run.profile}))
    assert why in text_of(client.get(address(first, second)))
    assert why in text_of(client.post(address(first, second), follow=True))
    assert not Receipt.objects.exists()


def test_receipt_of_an_outdated_answer_says_so(client: Client) -> None:
    visitor = visiting(client)
    first, blob = asked(visitor), zlib.compress(b'{"format": 1}')
    second = match_make(visitor=visitor, run=run_done_make(result=blob, profile=first.run.profile))
    assert OUTDATED in text_of(client.get(address(first, second)))
    assert "earlier form" in text_of(client.get("/matches/"))


def test_receipt_of_a_model_that_was_not_kept_guesses_nothing(client: Client) -> None:
    visitor = visiting(client)
    before = asked_of(earlier_model(rows_with(luck__sigma="0.4"), kept=False), visitor)
    text = text_of(client.post(address(before, asked(visitor, step3=STEP3)), follow=True))
    assert "The rest: the model has changed and its earlier version was not kept" in text
    assert "We do not guess what is in it." in text


def test_receipt_of_a_model_that_was_kept_names_the_parameters(client: Client) -> None:
    visitor = visiting(client)
    before = asked_of(earlier_model(rows_with(luck__sigma="0.4")), visitor)
    text = text_of(client.post(address(before, asked(visitor)), follow=True))
    assert "The model changed: 1 parameter." in text
    assert "<code>luck.sigma</code>" in text
    assert "A new version of the model" in text


def test_receipt_of_two_seasons_says_so(client: Client) -> None:
    visitor = visiting(client)
    before = asked_of(earlier_model(rows_with(), season="2026"), visitor)
    text = text_of(client.post(address(before, asked(visitor)), follow=True))
    assert "The new season, with its model" in text
    assert "They are of two seasons" in text
    assert "Changed: the season." in text_of(client.get("/matches/"))


def test_receipt_taken_by_section_says_so(client: Client) -> None:
    visitor = visiting(client)
    changes: dict[str, Any] = {
        "graduation_year": 2019,
        "ecfmg_certified": False,
        "step1": {"status": "pass", "attempts": 2},
        "letters": [],
        "languages": ["es"],
        "research": {"publications": 3},
    }
    text = text_of(client.post(address(asked(visitor), asked(visitor, step3=STEP3, **changes)), follow=True))
    assert "taken together by section" in text
    assert "<li>Your exams: your Step 1 and your Step 3.</li>" in text


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("method", ["get", "post"])
def test_receipt_of_anothers_answer_is_not_found(
    client: Client, two: tuple[Match, Match], side: int, method: str
) -> None:
    theirs = asked(uuid.uuid4(), graduation_year=2020)
    pair = [*two]
    pair[side] = theirs
    assert getattr(client, method)(address(pair[0], pair[1])).status_code == 404
    data = {"before": str(pair[0].pk), "after": str(pair[1].pk)}
    assert client.post("/matches/", data).status_code == 404
    assert not Receipt.objects.exists()


def test_result_leads_to_why_it_changed(client: Client, two: tuple[Match, Match]) -> None:
    link = address(*two)
    assert link in text_of(client.get(f"/matches/{two[1].pk}/"))
    assert "why did my list change?" not in text_of(client.get(f"/matches/{two[0].pk}/"))


def test_receipt_is_kept_out_of_caches_and_search(client: Client, two: tuple[Match, Match]) -> None:
    response = client.get(address(*two))
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in text_of(response)


def test_receipt_reads_at_the_level_of_advice(client: Client, two: tuple[Match, Match]) -> None:
    for response in (client.post(address(*two), follow=True), client.get("/matches/")):
        assert grade(prose(response.content.decode())) <= HARDEST


def test_receipt_percent_stands_only_beside_interview_or_match(
    client: Client, two: tuple[Match, Match]
) -> None:
    """The house's rule for a percent sign."""
    page = client.post(address(*two), follow=True).content.decode()
    main = re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main")])
    main = " ".join(main.split())
    for found in re.finditer(r"%", main):
        near = main[max(0, found.start() - 60) : found.end() + 20]
        assert "interview" in near or "match" in near.lower()


def test_runs_kept_by_the_history_are_never_written(client: Client, two: tuple[Match, Match]) -> None:
    before = list(MatchRun.objects.order_by("pk").values_list("pk", "model_version", "finished_at"))
    client.post(address(*two))
    client.get("/matches/")
    assert list(MatchRun.objects.order_by("pk").values_list("pk", "model_version", "finished_at")) == before


@pytest.mark.parametrize(
    ("after", "words"), [("", "The rule that closes it"), ("reach", "The rule that closed it")]
)
def test_receipt_speaks_of_a_rule_that_closed_in_the_past(after: str, words: str) -> None:
    row = {"opens": True, "gates": [object()], "after": {"tier": after, "words": "x"}}
    assert words in render_to_string("receipts/_moved.html", {"row": {**row, "id": "sp00001", "name": "N"}})
