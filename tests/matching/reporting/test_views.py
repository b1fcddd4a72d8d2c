"""The page where she tells what became of her list: shown, sent, mended, taken back; hers alone."""

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from matching.models import Match, MatchRun, Outcome, OutcomeReport, SavedList
from matching.services import list_add, list_remove
from programs.models import DataVersion
from tests.matching.lists import ids_of, list_scored, off_list, state_of
from tests.matching.pages import persona_match, text_of
from tests.matching.reporting.making import told
from tests.reading import HARDEST, grade, prose


@pytest.fixture
def saved_list(
    client: Client,
    small_catalogue: DataVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> SavedList:
    match = persona_match(client, django_capture_on_commit_callbacks)
    client.post(f"/matches/{match.pk}/save/", {"name": "Los Angeles first"})
    return SavedList.objects.get()


def address(saved_list: SavedList, more: str = "") -> str:
    return f"/lists/{saved_list.pk}/outcomes/{more}"


def sent(saved_list: SavedList, results: dict[str, str] | None = None, **more: str) -> dict[str, str]:
    """As the page draws it for a list that is only planned, and what is chosen."""
    saved_list.refresh_from_db()
    fields = {f"result-{name}": "" for name in ids_of(saved_list)}
    fields |= {f"result-{name}": value for name, value in (results or {}).items()}
    return {"version": str(saved_list.version), "applied": "all", **fields, **more}


def selected(html: str) -> dict[str, str]:
    """By program, the choice the page shows."""
    rows = re.findall(r'<select id="result-(sp\d+)"[^>]*>(.*?)</select>', html, re.S)
    return {name: "".join(re.findall(r'value="(\w*)" selected', options)) for name, options in rows}


def test_page_asks_of_planned_programs_and_presumes_nothing(client: Client, saved_list: SavedList) -> None:
    response = client.get(address(saved_list))

    html = text_of(response)
    assert response.status_code == 200
    assert f"{saved_list.entries.count()} programs are still marked" in html
    assert set(selected(html).values()) == {""}
    assert "checked" not in html
    assert "There is nothing to tell yet" not in html


def test_page_is_filled_in_from_the_statuses(client: Client, saved_list: SavedList) -> None:
    statuses = ["applied", "invited", "declined", "interviewed", "ranked"]
    ids = ids_of(saved_list)
    for name, status in zip(ids, statuses, strict=False):
        saved_list.entries.filter(program=name).update(status=status)

    shown = selected(text_of(client.get(address(saved_list))))

    told_by_page = [shown[name] for name in ids[: len(statuses)]]
    assert told_by_page == ["silent", "invited", "declined", "interviewed", "ranked"][: len(told_by_page)]


def test_sent_becomes_a_report_and_the_list_follows(client: Client, saved_list: SavedList) -> None:
    first, second, *rest = ids_of(saved_list)
    version = saved_list.version

    response = client.post(
        address(saved_list), sent(saved_list, {first: "invited", second: "plan"}, consent="yes"), follow=True
    )

    saved_list.refresh_from_db()
    assert response.redirect_chain == [(address(saved_list), 302)]
    assert "as one change" in text_of(response)
    assert [each.status for each in state_of(saved_list)][:3] == ["invited", "plan", "applied"]
    assert saved_list.version == version + 1
    assert Outcome.objects.count() == 1 + len(rest)
    assert OutcomeReport.objects.get().consented_at is not None


def test_without_the_tick_it_is_hers_alone(client: Client, saved_list: SavedList) -> None:
    page = client.post(address(saved_list), sent(saved_list), follow=True)

    assert OutcomeReport.objects.get().consented_at is None
    assert "It is yours alone." in text_of(page)


def test_none_applied_to_leaves_the_list_alone(client: Client, saved_list: SavedList) -> None:
    client.post(address(saved_list), sent(saved_list, applied="none"))

    assert {each.status for each in state_of(saved_list)} == {"plan"}
    assert not Outcome.objects.exists()


def test_some_applied_to_takes_those_that_are_said(client: Client, saved_list: SavedList) -> None:
    first, second, *_ = ids_of(saved_list)

    client.post(address(saved_list), sent(saved_list, {first: "silent", second: "declined"}, applied="some"))

    assert {row.program_id: row.result for row in Outcome.objects.all()} == {
        first: "silent",
        second: "declined",
    }


def test_who_told_of_some_is_not_asked_again_whether_she_applied(
    client: Client, saved_list: SavedList
) -> None:
    first, second, *_ = ids_of(saved_list)
    client.post(address(saved_list), sent(saved_list, {first: "silent"}, applied="some"))

    html = text_of(client.get(address(saved_list)))

    assert re.findall(r'name="applied" value="(\w+)" checked', html) == ["some"]
    client.post(address(saved_list), sent(saved_list, {first: "silent", second: "invited"}, applied="some"))
    assert set(Outcome.objects.values_list("program_id", flat=True)) == {first, second}


def test_none_applied_to_is_said_and_not_laid_to_the_chances(client: Client, saved_list: SavedList) -> None:
    html = text_of(client.post(address(saved_list), sent(saved_list, applied="none"), follow=True))

    assert "As it stands, you applied to none of these programs." in html
    assert "had a chance shown" not in html


def test_no_match_is_met_with_a_next_step(client: Client, saved_list: SavedList) -> None:
    told(saved_list, ending="unknown")
    assert "can aim at the next one" not in text_of(client.get(address(saved_list)))

    told(saved_list, ending="none")
    assert '<a href="/plan/">Your plan</a> can aim at the next one' in text_of(
        client.get(address(saved_list))
    )


def test_second_window_takes_back_nothing_it_left_open(client: Client, saved_list: SavedList) -> None:
    first, second, third, *_ = ids_of(saved_list)
    late = sent(saved_list, {second: "ranked"})
    client.post(address(saved_list), sent(saved_list, {first: "invited"}))

    html = fault(client.post(address(saved_list), late))

    shown = selected(html)
    assert (shown[first], shown[second], shown[third]) == ("invited", "ranked", "silent")


def fault(response: Any) -> str:
    assert response.status_code == 422
    return text_of(response)


def test_unanswered_question_is_named_and_nothing_typed_is_lost(
    client: Client, saved_list: SavedList
) -> None:
    first = ids_of(saved_list)[0]

    html = fault(
        client.post(address(saved_list), sent(saved_list, {first: "ranked"}, applied="", consent="yes"))
    )

    assert "Say whether you applied to the" in html
    assert 'href="#applied-all"' in html
    assert selected(html)[first] == "ranked"
    assert re.search(r'id="consent"[^>]* checked', html)
    assert not OutcomeReport.objects.exists()


def test_unknown_choice_is_named_at_its_row(client: Client, saved_list: SavedList) -> None:
    first, second, *_ = ids_of(saved_list)

    html = fault(
        client.post(address(saved_list), sent(saved_list, {first: "<b>hired</b>", second: "invited"}))
    )

    assert f'href="#result-{first}"' in html
    assert "is no answer. Choose one of the list." in html
    assert "<b>hired</b>" not in html
    assert selected(html).get(second) == "invited"


def test_matched_before_match_week_is_named_at_its_row(
    client: Client, saved_list: SavedList, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, datetime(2027, 2, 28, tzinfo=UTC))
    first = ids_of(saved_list)[0]

    html = fault(client.post(address(saved_list), sent(saved_list, {first: "matched"})))

    assert "Match week is in March 2027" in html
    assert f'id="error-{first}"' in html


def test_matched_twice_names_both_rows(client: Client, saved_list: SavedList) -> None:
    MatchRun.objects.update(season="2026")
    first, second, *_ = ids_of(saved_list)

    html = fault(client.post(address(saved_list), sent(saved_list, {first: "matched", second: "matched"})))

    assert f'id="error-{first}"' in html
    assert f'id="error-{second}"' in html
    assert "One matches at one program only." in html


@pytest.mark.parametrize("ending", ["elsewhere", "none", "here", "happy"])
def test_ending_that_does_not_fit_is_named(client: Client, saved_list: SavedList, ending: str) -> None:
    MatchRun.objects.update(season="2026")
    results = {ids_of(saved_list)[0]: "matched"} if ending in ("elsewhere", "none") else {}

    html = fault(client.post(address(saved_list), sent(saved_list, results, ending=ending)))

    assert 'id="ending-error"' in html


def test_matched_alone_says_how_the_match_ended(client: Client, saved_list: SavedList) -> None:
    MatchRun.objects.update(season="2026")

    client.post(address(saved_list), sent(saved_list, {ids_of(saved_list)[0]: "matched"}, ending="unknown"))

    assert OutcomeReport.objects.get().ending == "here"


def test_list_changed_elsewhere_shows_what_was_typed_with_the_list_as_it_is(
    client: Client, saved_list: SavedList
) -> None:
    first = ids_of(saved_list)[0]
    form = sent(saved_list, {first: "invited"})
    list_remove(saved_list=saved_list, programs=[ids_of(saved_list)[1]])

    html = fault(client.post(address(saved_list), form))

    saved_list.refresh_from_db()
    assert "changed in another window" in html
    assert selected(html)[first] == "invited"
    assert f'name="version" value="{saved_list.version}"' in html
    assert client.post(address(saved_list), sent(saved_list, {first: "invited"})).status_code == 302


def test_program_that_left_the_list_stays_in_the_report(client: Client, saved_list: SavedList) -> None:
    first = ids_of(saved_list)[0]
    client.post(address(saved_list), sent(saved_list, {first: "invited"}))
    list_remove(saved_list=saved_list, programs=[first])

    html = text_of(client.get(address(saved_list)))

    assert "no longer on your list" in html
    assert selected(html)[first] == "invited"


def test_report_holds_the_forecast_against_what_came(client: Client, saved_list: SavedList) -> None:
    Match.objects.update(created_at=timezone.now() - timedelta(days=90))
    page = client.post(address(saved_list), sent(saved_list, {ids_of(saved_list)[0]: "invited"}), follow=True)

    html = text_of(page)
    assert "1 interview so far from" in html
    assert "One season proves little" in html
    assert "you: 1" in html
    assert "counted nowhere" not in html
    assert page.context["held"].tiers


def test_chances_made_the_same_day_are_shown_and_said_not_to_count(
    client: Client, saved_list: SavedList
) -> None:
    page = client.post(address(saved_list), sent(saved_list, {ids_of(saved_list)[0]: "invited"}), follow=True)

    assert "may have been made after you knew of an answer" in text_of(page)


def at(monkeypatch: pytest.MonkeyPatch, day: datetime) -> None:
    monkeypatch.setattr("matching.reporting.views.now_is", lambda: day)


def test_before_applications_open_it_says_when(
    client: Client, saved_list: SavedList, monkeypatch: pytest.MonkeyPatch
) -> None:
    MatchRun.objects.update(season="2028")
    at(monkeypatch, datetime(2027, 8, 31, tzinfo=UTC))

    html = text_of(client.get(address(saved_list)))
    assert "Applications for the 2028 season open in September 2027 (not announced" in html
    assert "<select" not in html

    at(monkeypatch, datetime(2027, 9, 1, tzinfo=UTC))
    assert "<select" in text_of(client.get(address(saved_list)))


def test_empty_list_has_nothing_to_tell(client: Client, saved_list: SavedList) -> None:
    list_remove(saved_list=saved_list, programs=ids_of(saved_list))

    assert "This list is empty" in text_of(client.get(address(saved_list)))


def test_consent_is_taken_back_and_the_report_deleted(client: Client, saved_list: SavedList) -> None:
    client.post(address(saved_list), sent(saved_list, consent="yes"))

    client.post(address(saved_list, "withdraw/"))
    assert OutcomeReport.objects.get().consented_at is None
    client.post(address(saved_list, "delete/"))
    assert not OutcomeReport.objects.exists()
    assert client.get(address(saved_list)).status_code == 200


@pytest.mark.usefixtures("small_catalogue")
def test_outsiders_find_nothing(client: Client) -> None:
    other = list_scored()
    told(other)

    for more in ("", "withdraw/", "delete/"):
        assert client.post(address(other, more), sent(other)).status_code == 404
    assert client.get(address(other)).status_code == 404
    assert client.get(f"/lists/{uuid.uuid4()}/outcomes/").status_code == 404
    assert OutcomeReport.objects.get().consented_at is not None


def test_only_post_changes(client: Client, saved_list: SavedList) -> None:
    assert client.get(address(saved_list, "withdraw/")).status_code == 405
    assert client.get(address(saved_list, "delete/")).status_code == 405


def test_page_is_kept_nowhere(client: Client, saved_list: SavedList) -> None:
    assert "no-store" in client.get(address(saved_list))["Cache-Control"]


@pytest.mark.parametrize("length", [2, 12])
def test_page_costs_a_constant_number_of_queries(
    client: Client, saved_list: SavedList, django_assert_max_num_queries: DjangoAssertNumQueries, length: int
) -> None:
    list_remove(saved_list=saved_list, programs=ids_of(saved_list)[length:])
    list_add(
        saved_list=saved_list, programs=off_list(saved_list)[: max(0, length - saved_list.entries.count())]
    )
    client.post(address(saved_list), sent(saved_list, {ids_of(saved_list)[0]: "invited"}))

    with django_assert_max_num_queries(6):
        client.get(address(saved_list))


def test_words_keep_to_the_ninth_grade(client: Client, saved_list: SavedList) -> None:
    asked = client.get(address(saved_list)).content.decode()
    page = client.post(address(saved_list), sent(saved_list, consent="yes"), follow=True).content.decode()
    everyone = client.get("/outcomes/").content.decode()

    grades = [grade(prose(html)) for html in (asked, page, everyone)]
    assert max(grades) <= HARDEST


def test_report_of_a_season_gone_by_is_shown_and_not_asked_again(
    client: Client, saved_list: SavedList
) -> None:
    client.post(address(saved_list), sent(saved_list))
    MatchRun.objects.update(season="2026")

    assert "This is your report of the 2027 season." in text_of(client.get(address(saved_list)))
    assert client.post(address(saved_list), sent(saved_list)).status_code == 422
