"""Where the what-if pages of a match are, and a kept scenario in the fewest words."""

from django.utils import timezone

from matching.models import Match, Scenario
from matching.whatif.services import scenario_change, scenario_keep


def address(match: Match, way: str = "") -> str:
    return f"/matches/{match.pk}/what-if/{way}"


def kept(match: Match, name: str = "Less money") -> Scenario:
    scenario_change(match=match, sent={"max_usd": "200"}, now=timezone.now())
    return scenario_keep(match=match, name=name, now=timezone.now())
