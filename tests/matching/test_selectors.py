"""Who may read what, and what a read costs."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from pytest_django import DjangoAssertNumQueries

from matching.models import ListEntry, ListLink, Match, SavedList
from matching.selectors import (
    MatchNotReady,
    link_for_token,
    list_entries,
    list_for_request,
    lists_for_request,
    match_document,
    match_for_request,
    matches_for_request,
)
from matching.services import match_start, run_score
from programs.models import DataVersion
from tests.matching.factories import NOW, key_make, link_make, list_make, match_make, program_make, run_make
from tests.matching.inputs import options_of, profile_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scored(small_catalogue: DataVersion) -> Match:
    visitor = uuid.uuid4()
    match = match_start(profile=profile_of(), options=options_of(), visitor=visitor)
    run_score(match.run_id)
    return match_for_request(match.pk, visitor=visitor)


def test_match_for_request_finds_ones_own() -> None:
    user = User.objects.create_user("ana")
    key, _ = key_make()
    visitor = uuid.uuid4()

    by_account, by_visit, by_key = (
        match_make(owner=user),
        match_make(visitor=visitor),
        match_make(api_key=key),
    )

    assert match_for_request(by_account.pk, user=user) == by_account
    assert match_for_request(by_visit.pk, visitor=visitor) == by_visit
    assert match_for_request(by_visit.pk, user=user, visitor=visitor) == by_visit
    assert match_for_request(by_key.pk, api_key=key) == by_key


def test_match_for_request_finds_nobody_elses() -> None:
    ana, ben = User.objects.create_user("ana"), User.objects.create_user("ben")
    key, other_key = key_make()[0], key_make()[0]
    matches = [match_make(owner=ana), match_make(), match_make(api_key=key)]
    strangers: list[dict[str, Any]] = [
        {},
        {"user": AnonymousUser()},
        {"user": ben, "visitor": uuid.uuid4()},
        {"api_key": other_key},
    ]

    for match in matches:
        for stranger in strangers:
            with pytest.raises(Match.DoesNotExist):
                match_for_request(match.pk, **stranger)


def test_match_for_request_unknown_id() -> None:
    with pytest.raises(Match.DoesNotExist):
        match_for_request(uuid.uuid4(), user=User.objects.create_user("ana"))


def test_match_for_request_brings_its_run(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    match = match_make()

    with django_assert_num_queries(1):
        assert match_for_request(match.pk, visitor=match.visitor).run.result


def test_match_document_is_the_contracts_answer(scored: Match, small_catalogue: DataVersion) -> None:
    document = match_document(scored)

    assert document["id"] == str(scored.pk)
    assert document["data_version"] == small_catalogue.version
    assert document["model_version"] == scored.run.model_version
    assert document["season"] == "2027"
    assert document["created_at"] == f"{scored.created_at:%Y-%m-%dT%H:%M:%S}Z"
    assert len(document["list"]) == 12
    assert sum(row["selected"] for row in document["list"]) == 6


def test_match_document_explains_as_many_rows_as_asked(scored: Match) -> None:
    def explained(document: dict[str, Any]) -> int:
        return sum("factors" in row for row in document["list"])

    assert explained(match_document(scored)) == scored.explain == 3
    assert explained(match_document(scored, explain=0)) == 0
    assert explained(match_document(scored, explain=12)) == 12


def test_match_document_scores_nothing_again(
    scored: Match, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = match_document(scored)
    with django_assert_num_queries(0):
        assert match_document(scored) == first


def test_match_document_reads_the_version_it_was_made_with(scored: Match) -> None:
    from programs.services.publishing import data_version_publish  # noqa: PLC0415

    before = match_document(scored)
    program_make("sp00099")
    data_version_publish()

    assert match_document(scored) == before


@pytest.mark.parametrize(
    ("values", "state", "reason"),
    [
        ({}, "queued", ""),
        ({"state": "failed", "reason": "It rained.", "finished_at": NOW}, "failed", "It rained."),
    ],
)
def test_match_document_says_why_there_is_none(values: dict[str, Any], state: str, reason: str) -> None:
    with pytest.raises(MatchNotReady) as caught:
        match_document(match_make(run=run_make(**values)))

    assert (caught.value.state, caught.value.reason) == (state, reason)


def test_matches_for_request_own_without_their_answers(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    user = User.objects.create_user("ana")
    mine = [match_make(owner=user), match_make(owner=user)]
    match_make()

    with django_assert_num_queries(1):
        found = list(matches_for_request(user=user))
        assert {match.run.state for match in found} == {"done"}

    assert set(found) == set(mine)
    assert "result" in found[0].run.get_deferred_fields()


def test_lists_for_request_count_their_entries_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    user = User.objects.create_user("ana")
    long, empty, others = (
        list_make(match=match_make(owner=user)),
        list_make(match=match_make(owner=user)),
        list_make(),
    )
    for position in (1, 2, 3):
        program = program_make(f"sp{position:05d}")
        for saved_list in (long, others):
            ListEntry.objects.create(saved_list=saved_list, program=program, position=position)

    with django_assert_num_queries(1):
        counts = {saved_list.pk: saved_list.entry_count for saved_list in lists_for_request(user=user)}

    assert counts == {long.pk: 3, empty.pk: 0}
    assert not lists_for_request(user=AnonymousUser()).exists()


def test_list_for_request_finds_ones_own_alone() -> None:
    saved_list = list_make()

    assert list_for_request(saved_list.pk, visitor=saved_list.visitor) == saved_list
    with pytest.raises(SavedList.DoesNotExist):
        list_for_request(saved_list.pk, user=User.objects.create_user("ben"), visitor=uuid.uuid4())


def test_link_for_token_asks_for_nothing_but_the_token(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    link = link_make(list_make())

    with django_assert_num_queries(1):
        found = link_for_token(link.token, now=NOW)
        assert found.saved_list.match.run.profile == {}
    assert found == link
    for wrong in ("", link.token[:-1], link.token + "x", str(link.saved_list_id)):
        with pytest.raises(ListLink.DoesNotExist):
            link_for_token(wrong, now=NOW)


def test_list_entries_in_order_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    saved_list = list_make()
    for position in (3, 1, 2):
        ListEntry.objects.create(
            saved_list=saved_list, program=program_make(f"sp{position:05d}"), position=position
        )

    with django_assert_num_queries(1):
        shown = [
            (entry.program_id, entry.program.institution.name, entry.program.specialty.name)
            for entry in list_entries(saved_list)
        ]

    assert [row[0] for row in shown] == ["sp00001", "sp00002", "sp00003"]
    assert shown[0][1:] == ("Harbor Hospital", "Internal medicine")
