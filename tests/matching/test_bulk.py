"""All of a tier in a place: from every program a match keeps, or from the rows of an older answer."""

import pytest

from matching.bulk import Bulk, Found, bulk_find
from matching.models import Match, MatchRun
from matching.selectors import MatchNotReady, match_document
from programs.models import DataVersion, Program
from tests.matching.factories import match_make, run_make
from tests.matching.lists import list_scored

pytestmark = pytest.mark.django_db


@pytest.fixture
def match(small_catalogue: DataVersion) -> Match:
    return list_scored(max_applications=12).match


def all_tiers(match: Match, ring: str, specialty: str = "") -> list[Found]:
    return [bulk_find(match, Bulk(tier, ring, specialty)) for tier in ("reach", "target", "safety")]


def test_bulk_find_of_all_tiers_is_every_open_program_of_the_ring(match: Match) -> None:
    for ring, states in (("los-angeles", {"CA"}), ("west-coast", {"CA", "OR"}), ("national", None)):
        found = {name for part in all_tiers(match, ring) for name in part.programs}
        rings = Program.objects.filter(pk__in=found).values_list("state", flat=True)
        assert found
        assert states is None or set(rings) == states
    assert len(found) == 12


def test_bulk_find_puts_the_likeliest_first(match: Match) -> None:
    odds = {row["program"]["id"]: row["interview"]["probability"] for row in match_document(match)["list"]}
    for part in all_tiers(match, "national"):
        chances = [odds[name] for name in part.programs]
        assert chances == sorted(chances, reverse=True)


def test_bulk_find_by_specialty(match: Match) -> None:
    assert all_tiers(match, "national", "internal-medicine") == all_tiers(match, "national")
    assert all(part.programs == () for part in all_tiers(match, "national", "pediatrics"))


def test_bulk_find_in_an_older_answer_takes_its_rows(match: Match) -> None:
    new = all_tiers(match, "california")
    MatchRun.objects.filter(pk=match.run_id).update(whole=None)
    old = all_tiers(Match.objects.select_related("run").get(pk=match.pk), "california")
    assert [set(part.programs) for part in old] == [set(part.programs) for part in new]


def test_bulk_find_without_an_answer_says_so(small_catalogue: DataVersion) -> None:
    with pytest.raises(MatchNotReady):
        bulk_find(match_make(run=run_make()), Bulk("reach", "national"))
