"""What is written of scenarios: tried, undone, kept, shared, ended."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from matching.models import Match, Scenario
from matching.models.scenario import MOST_KEPT
from matching.whatif.changes import ChangeInvalid
from matching.whatif.desk import MatchOutdated
from matching.whatif.selectors import scenario_for_token
from matching.whatif.services import (
    MOST_EARLIER,
    NothingToKeep,
    NothingToUndo,
    ScenarioLimit,
    scenario_change,
    scenario_drop,
    scenario_keep,
    scenario_open,
    scenario_reset,
    scenario_share,
    scenario_undo,
    scenario_unshare,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LATER = timedelta(minutes=1)


def move(match: Match, *, now: datetime = NOW, **sent: str) -> Scenario:
    return scenario_change(match=match, sent=sent, now=now)


def at_hand(match: Match) -> Scenario:
    return Scenario.objects.get(match=match, place=0)


def kept(match: Match, name: str = "Mine") -> Scenario:
    move(match, max_usd="200")
    return scenario_keep(match=match, name=name, now=NOW)


def without(figures: dict[str, Any] | None) -> dict[str, Any]:
    assert figures is not None
    return {name: figures[name] for name in ("now", "changed")}


def test_scenario_change_stores_the_changes_and_the_figures(scored: Match) -> None:
    move(scored, max_usd="200")
    scenario = at_hand(scored)
    assert scenario.changes == {"max_usd": 200}
    assert scenario.figures is not None
    assert scenario.figures["now"]["cost_usd"] <= 200
    assert scenario.figures["judged"] == {
        "model": scored.run.model_version,
        "data": scored.run.data_version,
    }


def test_scenario_change_never_touches_the_profile_or_the_run(scored: Match) -> None:
    before = (dict(scored.run.profile), dict(scored.run.options), bytes(scored.run.result or b""))
    move(scored, field_family_medicine="yes", max_usd="200")
    scored.run.refresh_from_db()
    assert (scored.run.profile, scored.run.options, bytes(scored.run.result or b"")) == before


def test_scenario_change_refused_leaves_what_was(scored: Match) -> None:
    move(scored, max_usd="200")
    with pytest.raises(ChangeInvalid):
        move(scored, max_usd="-5")
    assert at_hand(scored).changes == {"max_usd": 200}


def test_scenario_change_is_of_no_use_on_an_earlier_edition(scored: Match) -> None:
    scored.run.model_version = "m0"
    with pytest.raises(MatchOutdated):
        move(scored, max_usd="200")
    assert not Scenario.objects.exists()


def test_scenario_undo_restores_changes_and_figures_step_by_step(scored: Match) -> None:
    move(scored)
    first = without(at_hand(scored).figures)
    move(scored, now=NOW + LATER, max_usd="200")
    second = without(at_hand(scored).figures)
    move(scored, now=NOW + 2 * LATER, signals="no")
    scenario_undo(match=scored, now=NOW)
    assert without(at_hand(scored).figures) == second
    scenario_undo(match=scored, now=NOW)
    assert (at_hand(scored).changes, without(at_hand(scored).figures)) == ({}, first)
    with pytest.raises(NothingToUndo):
        scenario_undo(match=scored, now=NOW)


def test_scenario_undo_takes_back_a_drag_as_one(scored: Match) -> None:
    for step, usd in enumerate(("1000", "700", "400", "200")):
        move(scored, now=NOW + timedelta(seconds=step), max_usd=usd)
    scenario_undo(match=scored, now=NOW)
    assert at_hand(scored).changes == {}


def test_scenario_undo_takes_back_turns_of_a_switch_one_by_one(scored: Match) -> None:
    move(scored, signals="no")
    move(scored, signals="yes")
    scenario_undo(match=scored, now=NOW)
    assert at_hand(scored).changes == {"signals": False}


def test_scenario_undo_history_is_bounded(scored: Match) -> None:
    for step in range(MOST_EARLIER + 5):
        move(scored, now=NOW + step * LATER, signals=("no", "yes")[step % 2])
    assert len(at_hand(scored).earlier) == MOST_EARLIER


def test_scenario_reset_goes_back_and_can_itself_be_undone(scored: Match) -> None:
    move(scored, max_usd="200")
    scenario_reset(match=scored, now=NOW)
    assert at_hand(scored).changes == {}
    scenario_undo(match=scored, now=NOW)
    assert at_hand(scored).changes == {"max_usd": 200}


def test_scenario_keep_takes_the_first_place_free_up_to_three(scored: Match) -> None:
    places = [kept(scored, f"Number {count}").place for count in range(MOST_KEPT)]
    assert places == [1, 2, 3]
    with pytest.raises(ScenarioLimit):
        kept(scored)
    scenario_drop(scenario=Scenario.objects.get(match=scored, place=2))
    assert kept(scored).place == 2


def test_scenario_keep_wants_a_change(scored: Match) -> None:
    with pytest.raises(NothingToKeep):
        scenario_keep(match=scored, name="Nothing", now=NOW)
    move(scored)
    with pytest.raises(NothingToKeep):
        scenario_keep(match=scored, name="Nothing", now=NOW)


def test_scenario_kept_stays_when_one_tries_on(scored: Match) -> None:
    mine = kept(scored)
    move(scored, now=NOW + LATER, max_usd="1000", signals="no")
    mine.refresh_from_db()
    assert mine.changes == {"max_usd": 200}
    assert "programs" not in (mine.figures or {})["base"]
    scenario_open(scenario=mine, now=NOW + LATER)
    assert at_hand(scored).changes == {"max_usd": 200}
    assert without(at_hand(scored).figures) == without(mine.figures)


def test_scenario_share_opens_until_its_end_and_ends_when_revoked(scored: Match) -> None:
    mine = scenario_share(scenario=kept(scored), end="week", now=NOW)
    token = mine.token or ""
    assert len(token) >= 32
    assert scenario_for_token(token, now=NOW + timedelta(days=6)) == mine
    with pytest.raises(Scenario.DoesNotExist):
        scenario_for_token(token, now=NOW + timedelta(days=7))
    scenario_unshare(scenario=mine)
    with pytest.raises(Scenario.DoesNotExist):
        scenario_for_token(token, now=NOW)


def test_scenario_share_again_ends_the_older_link(scored: Match) -> None:
    mine = kept(scored)
    old = scenario_share(scenario=mine, end="week", now=NOW).token or ""
    new = scenario_share(scenario=mine, end="month", now=NOW).token or ""
    assert old != new
    with pytest.raises(Scenario.DoesNotExist):
        scenario_for_token(old, now=NOW)


def test_scenario_place_is_taken_once(scored: Match) -> None:
    mine = kept(scored)
    with pytest.raises(IntegrityError), transaction.atomic():
        Scenario.objects.create(match=scored, place=mine.place, created_at=NOW, updated_at=NOW)
