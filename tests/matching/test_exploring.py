"""Looking through a small catalogue by every filter, with odds made by hand."""

import numpy as np
import pytest

from matching.catalogue import LoadedCatalogue
from matching.exploring import STANDINGS, Asked, Found, Odds, explore, shelf_get
from programs.models import Program
from programs.services.publishing import data_version_publish
from programs.snapshot import snapshot_get
from tests.programs.factories import make_fact, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def programs() -> dict[str, Program]:
    """Five programs from downtown to Brooklyn, known by a letter."""
    held = {
        "a": make_program(name="A", latitude=34.05, longitude=-118.24, city="Los Angeles"),
        "b": make_program(name="B", county="Orange", city="Irvine", latitude=33.68, longitude=-117.79),
        "c": make_program(name="C", county="Kern", city="Bakersfield", latitude=35.37, longitude=-119.02),
        "d": make_program(
            name="D", state="NV", county="Clark", city="Las Vegas", latitude=36.17, longitude=-115.14
        ),
        "e": make_program(
            name="E",
            state="NY",
            county="Kings",
            city="Brooklyn",
            latitude=40.65,
            longitude=-73.95,
            specialty="surgery",
            last_listed_year=2023,
            listing_status="unconfirmed",
        ),
    }
    make_fact(held["e"], "program_type", "community", page_year=2020)
    make_fact(held["c"], "safety_net", "yes", page_year=2025)
    make_fact(held["b"], "residents_total", "10")
    make_fact(held["b"], "residents_img", "3")
    return held


@pytest.fixture
def catalogue(programs: dict[str, Program]) -> LoadedCatalogue:
    return LoadedCatalogue(snapshot_get(data_version_publish().version))


def odds() -> Odds:
    """A reach, a target, a safety, one closed, one without a number."""
    return Odds(
        p=np.array([0.05, 0.2, 0.6, np.nan, np.nan]),
        standing=np.array([0, 1, 2, 3, 4]),
        fit=np.array([90.0, 100.0, 80.0, 10.0, 0.0]),
        gain=np.array([0.02, 0.01, 0.05, 0.0, 0.0]),
        usd=np.array([11, 11, 30, 30, 0]),
        asked=np.array([True, True, True, True, False]),
        selected=np.array([True, True, False, False, False]),
    )


def names(found: Found) -> str:
    return "".join(found.shelf.tracks[row].name.lower() for row in found.rows)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked(), "abcde"),
        (Asked(ring="los-angeles"), "ab"),
        (Asked(ring="california"), "abc"),
        (Asked(ring="west-coast"), "abcd"),
        (Asked(state="NY"), "e"),
        (Asked(county="los ANGELES"), "a"),
        (Asked(specialty="surgery"), "e"),
        (Asked(specialty="surgery", ring="los-angeles"), ""),
        (Asked(kind="community"), "e"),
        (Asked(kind="safety-net"), "c"),
        (Asked(kind="unknown"), "abd"),
        (Asked(img_share=0.25), "b"),
        (Asked(img_share=0.5), ""),
        (Asked(img_share_unknown=True), "acde"),
        (Asked(age="listed-2024"), "abcd"),
        (Asked(age="listed-2023"), "abcde"),
        (Asked(age="said"), "bce"),
        (Asked(age="said-2024"), "c"),
        (Asked(search="irvine"), "b"),
        (Asked(search="%_'"), ""),
        (Asked(sort="name"), "abcde"),
        # What rests on odds holds nobody back who has none.
        (Asked(standing="target", open_only=True, mine=True, sort="odds"), "abcde"),
    ],
)
def test_explore_without_odds(catalogue: LoadedCatalogue, asked: Asked, expected: str) -> None:
    assert "".join(sorted(names(explore(catalogue, asked, None)))) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked(sort="odds"), "cbade"),
        (Asked(sort="fit"), "bacde"),
        (Asked(sort="gain"), "acbde"),
        (Asked(sort="distance"), "abcde"),
        (Asked(mine=True, sort="name"), "abcd"),
        (Asked(standing="target"), "b"),
        (Asked(standing="closed"), "d"),
        (Asked(standing="none"), "e"),
        (Asked(open_only=True, sort="name"), "abce"),
    ],
)
def test_explore_with_odds(catalogue: LoadedCatalogue, asked: Asked, expected: str) -> None:
    assert names(explore(catalogue, asked, odds())) == expected


def test_explore_counts_what_each_other_choice_would_bring(catalogue: LoadedCatalogue) -> None:
    found = explore(catalogue, Asked(ring="los-angeles", standing="target"), odds())
    assert names(found) == "b"
    assert found.rings == {"los-angeles": 1, "california": 1, "west-coast": 1, "national": 1}
    assert found.standings == {"reach": 1, "target": 1, "safety": 0, "closed": 0, "none": 0}
    assert found.states == {"CA": 1}
    everything = explore(catalogue, Asked(), odds())
    assert everything.rings == {"los-angeles": 2, "california": 3, "west-coast": 4, "national": 5}
    assert everything.standings == dict.fromkeys(STANDINGS, 1)
    assert everything.states == {"CA": 3, "NV": 1, "NY": 1}


def test_explore_says_how_many_shares_are_not_known_and_how_many_are_hidden(
    catalogue: LoadedCatalogue,
) -> None:
    assert explore(catalogue, Asked(img_share=0.1, ring="california"), None).share_unknown == 2
    assert explore(catalogue, Asked(ring="california"), None).share_unknown == 0
    assert explore(catalogue, Asked(open_only=True), odds()).hidden_closed == 1
    assert explore(catalogue, Asked(), odds()).hidden_closed == 0


def test_shelf_get_keeps_what_it_built(catalogue: LoadedCatalogue) -> None:
    assert shelf_get(catalogue.version) is shelf_get(catalogue.version)


def test_explore_finds_by_name_alias_institution_city_and_code() -> None:
    program = make_program(
        id="sp00042",
        name="Harbor-UCLA Program",
        aliases="The Old Harbor",
        institution="Hôpital Central",
        acgme_id="1400531041",
        nrmp_code="1049140C0",
    )
    make_program(name="Elsewhere", city="Fresno", county="Fresno", institution="Fresno Hospital")
    held = LoadedCatalogue(snapshot_get(data_version_publish().version))
    for search in (
        "harbor",
        "HARBOR ucla",
        "the old harbor",
        "Hôpital",
        "torrance",
        "1400531041",
        "1049140c0",
        "sp00042",
    ):
        found = explore(held, Asked(search=search), None)
        assert [found.shelf.tracks[row].id for row in found.rows] == [program.pk], search
