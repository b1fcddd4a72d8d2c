"""A saved list is what was recommended when it was saved, whatever comes after."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from matching.models import ListEntry, Match, SavedList
from matching.selectors import match_document, match_for_request
from matching.services import (
    ListNameInvalid,
    ListNotReady,
    list_delete,
    list_rename,
    list_save,
    match_start,
    run_score,
)
from programs.models import DataVersion, Program
from tests.matching.factories import list_make, match_make, run_make
from tests.matching.inputs import options_of, profile_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scored(small_catalogue: DataVersion) -> Match:
    visitor = uuid.uuid4()
    match = match_start(profile=profile_of(), options=options_of(), visitor=visitor)
    run_score(match.run_id)
    return match_for_request(match.pk, visitor=visitor)


def recommended(match: Match) -> list[dict[str, Any]]:
    return [row for row in match_document(match)["list"] if row["selected"]]


def test_list_save_freezes_the_recommended_programs_in_order(scored: Match) -> None:
    saved_list = list_save(match=scored, name="My list", note=" For Ana ")

    rows = recommended(scored)
    entries = list(saved_list.entries.all())
    assert len(entries) == len(rows) == 6
    assert [entry.position for entry in entries] == [1, 2, 3, 4, 5, 6]
    assert [entry.program_id for entry in entries] == [row["program"]["id"] for row in rows]
    assert [entry.tier for entry in entries] == [row["tier"] or "" for row in rows]
    assert [(entry.probability, entry.low, entry.high) for entry in entries] == [
        (row["interview"]["probability"], row["interview"]["low"], row["interview"]["high"]) for row in rows
    ]
    assert saved_list.note == "For Ana"


def test_list_save_belongs_to_whom_the_match_belongs(scored: Match) -> None:
    user = User.objects.create_user("ana")

    by_visitor = list_save(match=scored, name="Before")
    scored.owner, scored.visitor = user, None
    scored.save()
    by_account = list_save(match=scored, name="After")

    assert (by_visitor.owner, by_visitor.visitor is None) == (None, False)
    assert (by_account.owner, by_account.visitor) == (user, None)


def test_list_save_stays_as_it_was_when_the_catalogue_moves(scored: Match) -> None:
    saved_list = list_save(match=scored, name="My list")
    before = list(saved_list.entries.values_list("program_id", "tier", "probability", "low", "high"))

    Program.objects.filter(pk=before[0][0]).update(listing_status="old")

    assert list(saved_list.entries.values_list("program_id", "tier", "probability", "low", "high")) == before


@pytest.mark.parametrize("state", [{}, {"state": "failed", "reason": "r"}])
def test_list_save_needs_an_answer(state: dict[str, Any]) -> None:
    if state:
        state["finished_at"] = match_make().created_at
    match = match_make(run=run_make(**state))

    with pytest.raises(ListNotReady):
        list_save(match=match, name="Too early")

    assert not SavedList.objects.exists()


@pytest.mark.parametrize(
    ("name", "why"), [("", "Give the list a name"), (" \t\n ", "Give the list a name"), ("x" * 121, "121")]
)
def test_list_save_refuses_a_name_that_is_none(scored: Match, name: str, why: str) -> None:
    with pytest.raises(ListNameInvalid, match=why):
        list_save(match=scored, name=name)

    assert not SavedList.objects.exists()
    assert not ListEntry.objects.exists()


def test_list_save_takes_the_longest_name_and_tidies_blanks(scored: Match) -> None:
    assert list_save(match=scored, name="x" * 120).name == "x" * 120
    assert list_save(match=scored, name="  My \n list ").name == "My list"


def test_list_save_in_constant_queries(
    scored: Match, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5):  # savepoint, list, all entries, version, release
        list_save(match=scored, name="My list")


def test_list_rename_changes_name_and_note() -> None:
    saved_list = list_make(note="old")
    before = saved_list.updated_at

    list_rename(saved_list=saved_list, name="Second list")
    saved_list.refresh_from_db()
    assert (saved_list.name, saved_list.note) == ("Second list", "old")
    assert saved_list.updated_at > before

    list_rename(saved_list=saved_list, name="Third list", note="")
    saved_list.refresh_from_db()
    assert (saved_list.name, saved_list.note) == ("Third list", "")


def test_list_rename_refuses_a_name_that_is_none() -> None:
    saved_list = list_make()

    with pytest.raises(ListNameInvalid):
        list_rename(saved_list=saved_list, name=" ")

    saved_list.refresh_from_db()
    assert saved_list.name == "First list"


def test_list_delete_leaves_the_match() -> None:
    saved_list = list_make()

    list_delete(saved_list=saved_list)

    assert not SavedList.objects.exists()
    assert Match.objects.filter(pk=saved_list.match_id).exists()
