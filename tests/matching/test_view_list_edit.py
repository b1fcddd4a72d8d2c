"""The forms of one's own list, without scripts and with them."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from matching.models import Match, SavedList
from matching.services import list_remove, match_start, run_score
from programs.models import DataVersion
from tests.matching.inputs import options_of, profile_of
from tests.matching.lists import ids_of, list_scored
from tests.matching.pages import persona_match, text_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def saved_list(
    client: Client,
    small_catalogue: DataVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> SavedList:
    match = persona_match(client, django_capture_on_commit_callbacks)
    client.post(f"/matches/{match.pk}/save/", {"name": "Los Angeles first"})
    return SavedList.objects.get()


def form_of(saved_list: SavedList, **changed: str) -> dict[str, str]:
    """All the fields of the page's form as they were drawn, and what is changed."""
    fields = {"version": str(saved_list.version)}
    for entry in saved_list.entries.all():
        for name, value in (("place", entry.position), ("signal", entry.signal), ("status", entry.status),
                            ("note", entry.note)):  # fmt: skip
            fields[f"{name}-{entry.program_id}"] = str(value)
    return fields | changed


def edit(client: Client, saved_list: SavedList, fields: dict[str, str], **more: Any) -> Any:
    return client.post(f"/lists/{saved_list.pk}/edit/", fields, **more)


def test_edit_saves_what_was_typed_and_leads_back(client: Client, saved_list: SavedList) -> None:
    first = ids_of(saved_list)[0]
    response = edit(client, saved_list, form_of(saved_list, **{f"note-{first}": "Ask", "do": "save"}))
    assert response["Location"] == f"/lists/{saved_list.pk}/#desk"
    page = text_of(client.get(f"/lists/{saved_list.pk}/"))
    assert 'value="Ask"' in page
    assert "Wrote a note on" in page


def test_edit_moves_and_leads_back_to_the_row(client: Client, saved_list: SavedList) -> None:
    first, second, *rest = ids_of(saved_list)
    response = edit(client, saved_list, form_of(saved_list, do=f"down:{first}"))
    assert response["Location"].endswith(f"#row-{first}")
    assert ids_of(saved_list) == [second, first, *rest]


def test_edit_removes_and_offers_to_undo(client: Client, saved_list: SavedList) -> None:
    before = ids_of(saved_list)
    edit(client, saved_list, form_of(saved_list, do=f"remove:{before[0]}"))
    assert ids_of(saved_list) == before[1:]
    page = text_of(client.get(f"/lists/{saved_list.pk}/"))
    assert '<button class="btn--link" type="submit" form="list-undo">Undo</button>' in page
    saved_list.refresh_from_db()
    client.post(f"/lists/{saved_list.pk}/undo/", {"version": saved_list.version})
    assert ids_of(saved_list) == before


def test_edit_that_cannot_be_taken_over_names_it_and_loses_nothing(
    client: Client, saved_list: SavedList
) -> None:
    first, second = ids_of(saved_list)[:2]
    fields = form_of(saved_list, **{f"place-{first}": "top", f"note-{second}": "typed long"})
    for headers in ({}, HTMX):
        response = edit(client, saved_list, fields, headers=headers)
        text = text_of(response)
        assert response.status_code == 422
        assert "“top” is no place on the list" in text
        assert 'value="typed long"' in text
    saved_list.refresh_from_db()
    assert saved_list.version == 1


def test_edit_saved_by_itself_answers_with_the_line_and_what_changed(
    client: Client, saved_list: SavedList
) -> None:
    first = ids_of(saved_list)[0]
    fields = form_of(saved_list, **{f"note-{first}": "Ask", "do": "autosave"})
    text = text_of(edit(client, saved_list, fields, headers=HTMX))
    assert 'id="list-saved"' in text
    assert 'id="list-summary"' in text
    assert text.count('class="pick__odds"') == 1
    assert 'class="picks"' not in text


def test_edit_with_scripts_answers_with_the_whole_list_where_places_change(
    client: Client, saved_list: SavedList
) -> None:
    first, second = ids_of(saved_list)[:2]
    fields = form_of(saved_list, **{f"place-{first}": "2", "do": "autosave"})
    response = edit(client, saved_list, fields, headers=HTMX)
    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#desk", "outerHTML")
    saved_list.refresh_from_db()
    response = edit(client, saved_list, form_of(saved_list, do=f"remove:{second}"), headers=HTMX)
    assert f'value="remove:{first}" data-focus' in text_of(response)
    assert "Removed" in text_of(response)


def test_edit_from_an_older_window_keeps_both_and_says_so(client: Client, saved_list: SavedList) -> None:
    first, *_, last = ids_of(saved_list)
    drawn = form_of(saved_list, **{f"note-{first}": "Hers"})
    list_remove(saved_list=saved_list, programs=[last])
    edit(client, saved_list, drawn)
    assert last not in ids_of(saved_list)
    assert saved_list.entries.get(program=first).note == "Hers"
    assert "changed in another window" in text_of(client.get(f"/lists/{saved_list.pk}/"))


def test_undo_of_another_version_looks_first(client: Client, saved_list: SavedList) -> None:
    gone = ids_of(saved_list)[0]
    list_remove(saved_list=saved_list, programs=[gone])
    client.post(f"/lists/{saved_list.pk}/undo/", {"version": 1})
    assert gone not in ids_of(saved_list)
    assert "Undo again if you still mean it" in text_of(client.get(f"/lists/{saved_list.pk}/"))


def test_undo_with_nothing_left_says_so(client: Client, saved_list: SavedList) -> None:
    response = client.post(f"/lists/{saved_list.pk}/undo/", {"version": 1}, headers=HTMX)
    assert "There is nothing left to undo." in text_of(response)


def test_bulk_adds_a_tier_of_a_place_as_one_change(client: Client, saved_list: SavedList) -> None:
    edit(client, saved_list, form_of(saved_list, do=f"remove:{ids_of(saved_list)[0]}"))
    saved_list.refresh_from_db()
    before = ids_of(saved_list)
    tiers = {row.tier for row in saved_list.entries.all()}
    for tier in ("reach", "target", "safety"):
        client.post(f"/lists/{saved_list.pk}/add-all/", {"tier": tier, "ring": "national", "specialty": ""})
    saved_list.refresh_from_db()
    assert set(before) < set(ids_of(saved_list))
    assert tiers
    assert saved_list.versions.filter(change__startswith="Added all ").count() == saved_list.version - 2
    assert "on the list already" in text_of(client.get(f"/lists/{saved_list.pk}/"))


def test_bulk_of_what_is_no_choice_adds_nothing(client: Client, saved_list: SavedList) -> None:
    before = ids_of(saved_list)
    client.post(f"/lists/{saved_list.pk}/add-all/", {"tier": "sure", "ring": "moon"})
    assert ids_of(saved_list) == before
    assert "Choose what to add" in text_of(client.get(f"/lists/{saved_list.pk}/"))


def test_repair_betters_the_list_or_says_that_nothing_would(client: Client, saved_list: SavedList) -> None:
    response = client.post(f"/lists/{saved_list.pk}/repair/", follow=True)
    assert "No single exchange would better this list" in text_of(response) or "Undo" in text_of(response)
    assert response.status_code == 200


def test_rebase_is_offered_and_judges_by_the_latest_answers(client: Client, saved_list: SavedList) -> None:
    assert "Judge this list by my latest answers" not in text_of(client.get(f"/lists/{saved_list.pk}/"))
    newer = match_start(profile=profile_of(), options=options_of(), visitor=saved_list.visitor)
    run_score(newer.run_id)
    assert "Judge this list by my latest answers" in text_of(client.get(f"/lists/{saved_list.pk}/"))
    client.post(f"/lists/{saved_list.pk}/judge/")
    saved_list.refresh_from_db()
    assert saved_list.match_id == newer.pk


@pytest.mark.parametrize("length", [2, 12])
def test_list_page_costs_the_same_however_long(
    client: Client, saved_list: SavedList, django_assert_max_num_queries: DjangoAssertNumQueries, length: int
) -> None:
    list_remove(saved_list=saved_list, programs=ids_of(saved_list)[length:])
    with django_assert_max_num_queries(10):
        client.get(f"/lists/{saved_list.pk}/")


def test_list_of_three_hundred_fields_is_read(client: Client, saved_list: SavedList) -> None:
    many = {f"{name}-sp{number:05d}": "" for number in range(20000, 20300) for name in
            ("note", "place", "signal", "other")}  # fmt: skip
    first = ids_of(saved_list)[0]
    response = edit(client, saved_list, form_of(saved_list, **many, **{f"note-{first}": "kept"}))
    assert response.status_code == 302
    assert saved_list.entries.get(program=first).note == "kept"


def test_lists_new_copy_current_and_delete(client: Client, saved_list: SavedList) -> None:
    client.post("/lists/new/", {"name": "Second"})
    second = SavedList.objects.get(name="Second")
    client.post(f"/lists/{saved_list.pk}/copy/")
    copied = SavedList.objects.get(name="Los Angeles first (copy)")
    assert ids_of(copied) == ids_of(saved_list)
    client.post(f"/lists/{second.pk}/current/")
    client.post("/lists/add/", {"program": "sp00001"})
    assert ids_of(second) == ["sp00001"]
    assert "This cannot be undone" in text_of(client.get(f"/lists/{copied.pk}/delete/"))
    assert SavedList.objects.filter(pk=copied.pk).exists()
    client.post(f"/lists/{copied.pk}/delete/")
    assert not SavedList.objects.filter(pk=copied.pk).exists()


def test_lists_new_without_a_name_or_an_answer_says_so(client: Client, saved_list: SavedList) -> None:
    assert "Give the list a name" in text_of(client.post("/lists/new/", {"name": " "}, follow=True))
    assert Client().post("/lists/new/", {"name": "x"})["Location"] == "/profile/"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", "edit/"), ("post", "undo/"), ("post", "add-all/"), ("post", "repair/"), ("post", "judge/"),
        ("post", "copy/"), ("post", "current/"), ("get", "delete/"), ("get", "paste/"), ("post", "paste/"),
        ("post", "paste/add/"), ("get", "versions/"), ("post", "versions/1/restore/"),
        ("post", "versions/1/name/"),
    ],
)  # fmt: skip
def test_every_form_of_anothers_list_is_not_found(saved_list: SavedList, method: str, path: str) -> None:
    stranger, account = Client(), Client()
    account.force_login(User.objects.create_user("other"))
    list_scored(visitor=uuid.uuid4())
    before = ids_of(saved_list)
    for other in (stranger, account):
        body = {"version": "1", "do": f"remove:{before[0]}", "tier": "reach", "ring": "national", "text": "x"}
        assert getattr(other, method)(f"/lists/{saved_list.pk}/{path}", body).status_code == 404
        assert getattr(other, method)(f"/lists/{uuid.uuid4()}/{path}", body).status_code == 404
    assert ids_of(saved_list) == before
    assert SavedList.objects.get(pk=saved_list.pk).version == 1
    assert Match.objects.count() == 2


def test_edit_sorts_after_taking_over_what_was_typed(client: Client, saved_list: SavedList) -> None:
    first = ids_of(saved_list)[0]
    fields = form_of(saved_list, **{f"note-{first}": "Ask", "do": "sort", "sort": "name"})
    page = text_of(edit(client, saved_list, fields, headers=HTMX))
    assert "Sorted: by name" in page
    assert saved_list.entries.get(program=first).note == "Ask"
    names = list(saved_list.entries.order_by("position").values_list("program__name", flat=True))
    assert names == sorted(names, key=str.casefold)


@pytest.mark.parametrize("sort", ["", "price"])
def test_edit_refuses_an_order_there_is_not(client: Client, saved_list: SavedList, sort: str) -> None:
    before = ids_of(saved_list)
    page = text_of(edit(client, saved_list, form_of(saved_list, do="sort", sort=sort), headers=HTMX))
    assert "Choose an order from the list" in page
    assert ids_of(saved_list) == before


def test_lists_cost_the_same_however_many(
    client: Client, saved_list: SavedList, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        client.post(f"/lists/{saved_list.pk}/copy/")
    with django_assert_max_num_queries(4):
        assert client.get("/lists/").status_code == 200
