import re
from math import dist
from xml.etree import ElementTree

import numpy as np
import pytest

from matching.catalogue import LoadedCatalogue
from matching.exploring import CLOSED, NOT_SCORED, STANDINGS, Asked, Found, Odds, explore
from matching.presentation import explore_map
from matching.presentation.explore_map import (
    LEAST_ROOM,
    inexact,
    los_angeles_map,
    mark_path,
    room_for,
    us_map,
)
from programs.services.publishing import data_version_publish
from programs.snapshot import snapshot_get
from tests.programs.factories import make_program

pytestmark = pytest.mark.django_db


def odds_for(standings: list[str]) -> Odds:
    n = len(standings)
    scored = np.array([standing in STANDINGS[:3] for standing in standings])
    return Odds(
        p=np.where(scored, 0.125, np.nan),
        standing=np.array([STANDINGS.index(standing) for standing in standings]),
        fit=np.full(n, 50.0),
        gain=np.zeros(n),
        usd=np.full(n, 11),
        asked=np.ones(n, dtype=bool),
        selected=np.zeros(n, dtype=bool),
    )


def found_with(standings: list[str] | None = None, *, asked: Asked | None = None) -> Found:
    catalogue = LoadedCatalogue(snapshot_get(data_version_publish().version))
    return explore(catalogue, asked or Asked(), odds_for(standings) if standings else None)


def starts(groups: tuple[explore_map.MarkGroup, ...]) -> list[tuple[float, float]]:
    drawn = "".join(str(group.links) + group.path for group in groups)
    return [(float(x), float(y)) for x, y in re.findall(r"M(-?[\d.]+) (-?[\d.]+)", drawn)]


def test_us_map_draws_every_standing_with_its_own_shape_and_words() -> None:
    programs = [
        make_program(name=f"P{standing} & <b>", latitude=34.05, longitude=-118.24) for standing in STANDINGS
    ]
    view = us_map(found_with(list(STANDINGS)), base="/programs/", state="")
    assert [group.standing for group in view.groups] == ["safety", "target", "reach", CLOSED, NOT_SCORED]
    assert view.count == 5
    links = ElementTree.fromstring(f"<svg>{''.join(group.links for group in view.groups)}</svg>").findall("a")
    assert {link.attrib["href"] for link in links} == {f"/programs/{program.pk}/" for program in programs}
    titles = {link.findtext("title") for link in links}
    assert "Pclosed & <b>, Torrance, CA: closed to you" in titles
    assert "Ptarget & <b>, Torrance, CA: target, about 12%" in titles
    assert "Pnone & <b>, Torrance, CA: no number" in titles
    assert all("tabindex" not in link.attrib for link in links)


def test_marks_of_one_city_all_are_to_be_seen() -> None:
    for _ in range(30):
        make_program(latitude=34.05, longitude=-118.24)
    found = found_with(["target"] * 30)
    for view in (us_map(found, base="/", state=""), los_angeles_map(found, base="/", county="")):
        places = starts(view.groups)
        assert len(set(places)) == 30
        assert max(dist(a, b) for a in places for b in places) < 100


def test_map_without_odds_is_neutral() -> None:
    make_program(name="Harbor Program")
    view = us_map(found_with(), base="/programs/", state="")
    assert [group.standing for group in view.groups] == [NOT_SCORED]
    assert "closed" not in view.groups[0].links
    assert "<title>Harbor, Torrance, CA, place not exact</title>" in view.groups[0].links


def test_map_of_many_marks_has_fewer_stops_and_then_no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        make_program(latitude=34.05 + number / 10, longitude=-118.24)
    found = found_with(["reach"] * 4)
    monkeypatch.setattr(explore_map, "TABBED", 3)
    assert us_map(found, base="/", state="").groups[0].links.count('tabindex="-1"') == 4
    monkeypatch.setattr(explore_map, "LINKED", 3)
    view = us_map(found, base="/", state="")
    assert not view.linked
    assert view.groups[0].links == ""
    assert view.groups[0].path.count("M") == 4


def test_regions_count_their_tracks_and_know_the_chosen() -> None:
    make_program(county="Orange", city="Irvine")
    make_program(county="Orange", city="Irvine")
    make_program(state="NY", county="Kings", city="Brooklyn")
    found = found_with(asked=Asked(state="CA", county="orange"))
    us, near = us_map(found, base="/", state="CA"), los_angeles_map(found, base="/", county="orange")
    states = {region.query: region for region in us.regions}
    assert len(states) == 52
    assert (states["CA"].words, states["CA"].current) == ("California: 2 tracks", True)
    assert (states["NY"].count, states["TX"].empty) == (0, True)
    counties = {region.query: region for region in near.regions}
    assert (counties["Orange"].words, counties["Orange"].current) == ("Orange County: 2 tracks", True)
    assert counties["San Bernardino"].ref == "San-Bernardino"
    assert near.count == 2
    assert len(near.neighbours) == 5


def test_inexact_counts_marks_whose_place_is_not_known() -> None:
    make_program(latitude=34.05, longitude=-118.24, city="Los Angeles")
    make_program(latitude=40.0, longitude=-70.0, city="Los Angeles")
    found = found_with()
    assert inexact(found.shelf, found.rows) == 1


@pytest.mark.parametrize("standing", [*STANDINGS, "plain"])
def test_mark_path_keeps_to_its_room(standing: str) -> None:
    path = mark_path(standing, (100.0, 50.0), 4.0)
    x, y = re.match(r"M(-?[\d.]+) (-?[\d.]+)", path).groups()  # type: ignore[union-attr]
    assert dist((float(x), float(y)), (100, 50)) < 6
    assert len({mark_path(each, (0, 0), 4.0) for each in STANDINGS}) == len(STANDINGS)


def test_room_for_shrinks_with_the_number_and_with_the_crowd() -> None:
    wide = [(60.0 * column, 60.0 * row) for column in range(10) for row in range(9)]
    crowded = [(300.0, 300.0)] * 90
    assert room_for(wide) > room_for(crowded) > LEAST_ROOM
    assert room_for([(300.0, 300.0)] * 700) == LEAST_ROOM
    assert room_for([(300.0, 300.0)] * 4000) < LEAST_ROOM
    assert room_for([]) == room_for(wide[:1])
