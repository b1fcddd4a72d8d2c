"""Lines that were rejected, read as pages of a list: there and back, while the cohort may go."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from matching.api.cohorts import error_pages
from matching.cohorts import results
from matching.cohorts.running import cohort_cancel
from tests.api.cohort_calls import Headers, applicants, cohort_with, component, read, sent, work
from tests.api.conftest import KeyMaker, problem_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def partner(key_headers: KeyMaker) -> Headers:
    return key_headers(scopes=["cohorts"])


def test_errors_cancelled_while_a_page_is_made(
    client: Client, partner: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    cohort = cohort_with([[line] for line in range(2, 40, 2)], state="done", done=set(range(19)))
    read_page = results.errors_jsonl

    def read_and_cancel(blobs: list[bytes]) -> Any:
        cohort_cancel(cohort=cohort, now=timezone.now())
        return read_page(blobs)

    monkeypatch.setattr(error_pages, "errors_jsonl", read_and_cancel)

    assert (
        "cancelled"
        in problem_of(read(client, f"/api/v1/cohorts/{cohort.pk}/errors/", partner), 404)["detail"]
    )


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 200])
def test_errors_by_page_there_and_back(client: Client, partner: Headers, size: int) -> None:
    cohort = cohort_with([[1, 2, 3, 4], [5], [6], [7, 9], [10]], state="done", done=set(range(5)))
    there = [2, 4, 6, 10]
    address = f"/api/v1/cohorts/{cohort.pk}/errors/?page_size={size}"

    forwards, seen = [], []
    while address:
        page = read(client, address, partner).json()
        forwards.append([line["line"] for line in page["results"]])
        seen.append(page)
        address = page["next"]
    backwards = [seen[-1]]
    while backwards[-1]["previous"]:
        backwards.append(read(client, backwards[-1]["previous"], partner).json())

    assert forwards == [there[at : at + size] for at in range(0, len(there), size)]
    assert seen[0]["previous"] is None
    assert [page["results"] for page in backwards[::-1]] == [page["results"] for page in seen]


def test_errors_page_is_what_the_document_says(client: Client, partner: Headers) -> None:
    address = sent(client, partner, applicants(3, bad=[1, 3]))
    work()

    page = read(client, f"{address}errors/", partner).json()

    assert (page["next"], page["previous"]) == (None, None)
    assert [line["line"] for line in page["results"]] == [1, 3]
    for line in page["results"]:
        component("CohortError").validate(line)
    assert page["results"][0]["errors"][0]["pointer"] == "/profile/step2ck/score"


def test_errors_cursor_is_of_its_cohort_alone(client: Client, partner: Headers) -> None:
    one, two = (cohort_with([[2], [4]], state="done", done={0, 1}) for _ in "ab")
    link = read(client, f"/api/v1/cohorts/{one.pk}/errors/?page_size=1", partner).json()["next"]

    other = link.replace(str(one.pk), str(two.pk))
    for address in (other, f"/api/v1/cohorts/{one.pk}/errors/?cursor=made-up"):
        problem = problem_of(read(client, address, partner), 400)
        assert problem["errors"][0]["pointer"] == "/cursor"
