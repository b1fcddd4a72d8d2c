"""The calendar of a plan: what is in it, how sure its dates are, how it changes, and that it is RFC 5545."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from matching.models import Plan
from matching.planning.feed import calendar_bytes
from matching.planning.selectors import plan_read
from tests.matching.factories import program_make
from tests.matching.planning.fed import MADE, STEPS, TODAY, document_of, plan_make, stand, step

pytestmark = pytest.mark.django_db


def written(plan: Plan, today: date = TODAY) -> bytes:
    fresh = Plan.objects.prefetch_related("steps").get(pk=plan.pk)
    return calendar_bytes(fresh, plan_read(fresh), today=today)


def events(plan: Plan, today: date = TODAY) -> dict[str, Any]:
    """By what they are called; read back as a calendar reads them."""
    calendar = Calendar.from_ical(written(plan, today))
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


def test_calendar_has_dates_of_the_season_and_each_step_from_start_to_due() -> None:
    found = events(plan_make())
    assert {title: event.decoded("dtstart") for title, event in found.items()} == {
        "Applications can be sent (some day in September)": date(2027, 9, 1),
        "Match week": date(2028, 3, 13),
        "A letter to ask for: latest start": TODAY + timedelta(days=3),
        "A letter to ask for: due": TODAY + timedelta(days=23),
        "Clinical weeks: latest start": TODAY + timedelta(days=14),
        "Clinical weeks: due": TODAY + timedelta(days=34),
        "Interview preparation: latest start": TODAY + timedelta(days=15),
        "Interview preparation: due": TODAY + timedelta(days=35),
        "Exam preparation: latest start": TODAY - timedelta(days=1),
        "Exam preparation: due": TODAY + timedelta(days=19),
    }


def test_every_event_is_a_whole_day_that_blocks_nothing() -> None:
    for event in events(plan_make()).values():
        start, end = event.decoded("dtstart"), event.decoded("dtend")
        assert not isinstance(start, datetime)
        assert end - start == timedelta(days=1)
        assert (str(event["transp"]), str(event["class"])) == ("TRANSPARENT", "PRIVATE")


def test_date_that_is_not_announced_says_so_and_so_does_what_rests_on_it() -> None:
    found = events(plan_make())
    said = str(found["Applications can be sent (some day in September)"]["description"])
    assert said == "Not announced; from the pattern of earlier years. Source: https://example.org/a"
    assert "description" not in found["Match week"]
    assert "may move" in str(found["A letter to ask for: due"]["description"])


def test_step_due_on_the_day_it_starts_is_one_event() -> None:
    found = events(plan_make(step("rank", TODAY, due=TODAY)))
    assert [title for title in found if title.startswith("Rank")] == ["Rank order list: latest start"]


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_step_done_or_dropped_leaves_the_calendar(state: str) -> None:
    plan = plan_make()
    stand(plan, "letters_asked", state)
    assert not [title for title in events(plan) if title.startswith("A letter")]


def test_step_put_off_comes_on_the_day_it_was_put_off_to() -> None:
    plan, later = plan_make(), TODAY + timedelta(days=10)
    stand(plan, "letters_asked", "snoozed", snoozed_until=later)
    found = events(plan)
    assert found["A letter to ask for: put off to today"].decoded("dtstart") == later
    assert "A letter to ask for: latest start" not in found
    assert "A letter to ask for: latest start" in events(plan, later)


def test_step_at_a_program_has_its_own_state() -> None:
    plan = plan_make()
    stand(plan, "rotation_here", "done", program=program_make("sp00001"))
    assert not [title for title in events(plan) if title.startswith("Clinical")]


def test_names_of_events_stay_and_their_number_grows_with_a_change() -> None:
    plan = plan_make()
    before = events(plan)
    assert len({str(event["uid"]) for event in before.values()}) == len(before)
    stand(plan, "letters_asked", "open", updated_at=MADE + timedelta(hours=1))
    after = events(plan)
    changed = {title for title in after if after[title]["sequence"] > before[title]["sequence"]}
    assert changed == {"A letter to ask for: latest start", "A letter to ask for: due"}
    assert {title: str(event["uid"]) for title, event in after.items()} == {
        title: str(event["uid"]) for title, event in before.items()
    }
    Plan.objects.update(updated_at=MADE + timedelta(hours=2))
    newest = events(plan)
    assert all(newest[title]["sequence"] > after[title]["sequence"] for title in after)
    assert all(event.decoded("last-modified") == MADE + timedelta(hours=2) for event in newest.values())


def test_same_plan_is_the_same_bytes() -> None:
    plan = plan_make()
    assert written(plan) == written(plan)
    assert all(event.decoded("dtstamp") == MADE for event in events(plan).values())


def test_two_plans_share_no_name_of_an_event() -> None:
    ours, theirs = ({str(event["uid"]) for event in events(plan_make()).values()} for _ in range(2))
    assert ours.isdisjoint(theirs)


def test_lines_are_folded_ended_and_escaped_as_the_standard_asks() -> None:
    raw = written(plan_make())
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert rb"Not announced\; from the pattern" in raw.replace(b"\r\n ", b"")
    assert raw.startswith(b"BEGIN:VCALENDAR\r\n")
    assert {b"VERSION:2.0", b"METHOD:PUBLISH", b"REFRESH-INTERVAL;VALUE=DURATION:PT12H"} <= set(
        raw.split(b"\r\n")
    )


def test_calendar_says_nothing_of_what_the_plan_says_to_her() -> None:
    text = written(plan_make()).decode()
    for each in STEPS:
        assert each.label not in text
    for word in (" 212", " 209", "failed", "Retake", "Harbor", "Newark", "concern"):
        assert word not in text


@given(label=st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=200))
def test_any_words_are_read_back_as_they_were_and_folded(label: str) -> None:
    document = document_of()
    dated = replace(document.dates[1], label=label)
    plan = Plan(season="2028", updated_at=MADE)
    raw = calendar_bytes(plan, replace(document, dates=(dated,)), today=TODAY)
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    assert str(event["summary"]) == label
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
