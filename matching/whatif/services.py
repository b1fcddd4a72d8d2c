"""What may be written of scenarios. Trying scores in the request: it is what answers while one drags."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from matching.models import Match, Scenario
from matching.models.scenario import MOST_KEPT
from matching.services.links import DAYS

if TYPE_CHECKING:
    from .control import Value

AT_HAND = 0
MOST_EARLIER = 30
ONE_DRAG = timedelta(seconds=6)  # moves of one slider so close together are undone at once


class NothingToUndo(Exception):
    """The scenario stands where it began."""


class NothingToKeep(Exception):
    """Nothing is changed: there is no scenario to keep."""


class ScenarioLimit(Exception):
    """As many are kept as one may compare."""


@transaction.atomic
def scenario_change(*, match: Match, sent: Mapping[str, str], now: datetime) -> Scenario:
    """Try what a form sends. Raises ChangeInvalid, with nothing changed; MatchOutdated."""
    from .changes import changes_kept, changes_read  # noqa: PLC0415
    from .desk import desk_of  # noqa: PLC0415

    desk, scenario = desk_of(match), _at_hand(match, now)
    stored = changes_kept(scenario.changes, desk.controls)
    changes = changes_read(sent, stored, desk.controls)
    if changes != scenario.changes or scenario.figures is None:
        figures = desk.reckoned(changes, scenario.figures)
        if changes != scenario.changes and not _one_drag(scenario, changes, now):
            scenario.earlier = [*scenario.earlier, scenario.changes][-MOST_EARLIER:]
        _write(scenario, changes, figures, now)
    return scenario


@transaction.atomic
def scenario_undo(*, match: Match, now: datetime) -> Scenario:
    """Back to what it was before the last change. Raises NothingToUndo, MatchOutdated."""
    scenario = _at_hand(match, now)
    if not scenario.earlier:
        raise NothingToUndo(str(match.pk))
    *scenario.earlier, changes = scenario.earlier
    return _turn(scenario, match, changes, now)


@transaction.atomic
def scenario_reset(*, match: Match, now: datetime) -> Scenario:
    """Back to the baseline; what was tried can be had again by undo. Raises MatchOutdated."""
    return _leave_for({}, match, now)


@transaction.atomic
def scenario_open(*, scenario: Scenario, now: datetime) -> Scenario:
    """A kept one at hand again, to go on from there. Raises MatchOutdated."""
    return _leave_for(scenario.changes, scenario.match, now)


@transaction.atomic
def scenario_keep(*, match: Match, name: str, now: datetime) -> Scenario:
    """The one at hand beside the others, in the first place free. Raises NothingToKeep, ScenarioLimit."""
    Match.objects.select_for_update(of=("self",)).get(pk=match.pk)  # two windows never take one place
    scenarios = {each.place: each for each in match.scenarios.all()}
    trying = scenarios.get(AT_HAND)
    if trying is None or not trying.changes:
        raise NothingToKeep(str(match.pk))
    place = next((place for place in range(1, MOST_KEPT + 1) if place not in scenarios), None)
    if place is None:
        raise ScenarioLimit(str(MOST_KEPT))
    return Scenario.objects.create(
        match=match,
        place=place,
        name=name,
        changes=trying.changes,
        figures=_figures_alone(trying.figures),
        created_at=now,
        updated_at=now,
    )


@transaction.atomic
def scenario_drop(*, scenario: Scenario) -> None:
    """Delete a kept scenario, its private link with it."""
    scenario.delete()


@transaction.atomic
def scenario_share(*, scenario: Scenario, end: str, now: datetime) -> Scenario:
    """A private link to a kept scenario, for as many days as ``end`` names. An older link of it ends.

    Raises KeyError for an end that is none.
    """
    scenario.token = secrets.token_urlsafe(24)
    scenario.shared_until = now + timedelta(days=DAYS[end])
    scenario.save(update_fields=["token", "shared_until"])
    return scenario


@transaction.atomic
def scenario_unshare(*, scenario: Scenario) -> None:
    """Whoever opens its link finds nothing from now on."""
    scenario.token = scenario.shared_until = None
    scenario.save(update_fields=["token", "shared_until"])


def _at_hand(match: Match, now: datetime) -> Scenario:
    scenario, _ = Scenario.objects.select_for_update().get_or_create(
        match=match, place=AT_HAND, defaults={"created_at": now, "updated_at": now}
    )
    return scenario


def _leave_for(changes: "Mapping[str, Value]", match: Match, now: datetime) -> Scenario:
    scenario = _at_hand(match, now)
    if scenario.changes != changes:
        scenario.earlier = [*scenario.earlier, scenario.changes][-MOST_EARLIER:]
    return _turn(scenario, match, changes, now)


def _turn(scenario: Scenario, match: Match, changes: "Mapping[str, Value]", now: datetime) -> Scenario:
    """Reckoned anew; of stored changes, what the controls of today still take."""
    from .changes import changes_kept  # noqa: PLC0415
    from .desk import desk_of  # noqa: PLC0415

    desk = desk_of(match)
    changes = changes_kept(changes, desk.controls)
    return _write(scenario, changes, desk.reckoned(changes, scenario.figures), now)


def _write(
    scenario: Scenario, changes: "Mapping[str, Value]", figures: dict[str, Any], now: datetime
) -> Scenario:
    scenario.changes, scenario.figures, scenario.updated_at = dict(changes), figures, now
    scenario.save(update_fields=["changes", "earlier", "figures", "updated_at"])
    return scenario


def _one_drag(scenario: Scenario, changes: "Mapping[str, Value]", now: datetime) -> bool:
    """Whether this goes on with the move before it: the same slider, and at once."""
    if not scenario.earlier or now - scenario.updated_at > ONE_DRAG:
        return False
    moved, before = _differing(scenario.changes, changes), _differing(scenario.earlier[-1], scenario.changes)
    return moved == before and len(moved) == 1 and not _switched(changes, scenario.changes, moved)


def _differing(one: "Mapping[str, Value]", other: "Mapping[str, Value]") -> set[str]:
    return {name for name in {*one, *other} if one.get(name) != other.get(name)}


def _switched(one: "Mapping[str, Value]", other: "Mapping[str, Value]", names: set[str]) -> bool:
    """A switch is never dragged: each turn of it is a step of its own."""
    return any(isinstance(held.get(name), bool | str) for name in names for held in (one, other))


def _figures_alone(figures: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What is shown of a kept one: the programs of the baseline one by one are not."""
    if figures is None:
        return None
    base = {name: value for name, value in figures["base"].items() if name != "programs"}
    return {**figures, "base": base}
