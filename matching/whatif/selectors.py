"""Reads of scenarios; whose they are follows from their match."""

from datetime import datetime

from django.db.models import QuerySet

from matching.models import Match, Scenario


def scenarios_of(match: Match) -> dict[int, Scenario]:
    """Place to scenario: the one at hand, and those kept. One query."""
    return {scenario.place: scenario for scenario in match.scenarios.all()}


def kept_elsewhere(match: Match, own: QuerySet[Match]) -> Scenario | None:
    """The scenario kept last on another of one's ``own`` matches."""
    kept = Scenario.objects.filter(match__in=own.values("pk"), place__gte=1).exclude(match=match)
    return kept.select_related("match").only("match__created_at").order_by("-created_at").first()


def scenario_kept(match: Match, place: int) -> Scenario:
    """Raises Scenario.DoesNotExist, also for the one at hand: it is not kept."""
    return match.scenarios.filter(place__gte=1).get(place=place)


def scenario_for_token(token: str, *, now: datetime) -> Scenario:
    """The scenario of an open private link. Raises Scenario.DoesNotExist for any other."""
    return Scenario.objects.filter(shared_until__gt=now).get(token=token)
