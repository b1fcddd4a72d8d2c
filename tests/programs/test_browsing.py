import math

import pytest

from programs.browsing import Shelf, shelf_build
from programs.services.publishing import data_version_publish
from programs.snapshot import snapshot_get
from tests.programs.factories import make_fact, make_program

pytestmark = pytest.mark.django_db


def shelf() -> Shelf:
    return shelf_build(
        sorted(snapshot_get(data_version_publish().version).tracks, key=lambda track: track.id)
    )


def test_shelf_holds_what_is_known_and_nothing_for_what_is_not() -> None:
    known = make_program(latitude=33.84, longitude=-118.32)
    make_fact(known, "program_type", "community")
    make_fact(known, "safety_net", "yes", page_year=2024)
    make_fact(known, "residents_total", "20")
    make_fact(known, "residents_img", "11")
    bare = make_program(city="", county="", last_listed_year=None, listing_status="old")
    held = shelf()
    row, empty = held.row_of[known.pk], held.row_of[bare.pk]
    assert (held.kind[row], held.safety_net[row], held.listed[row]) == ("community", True, 2026)
    assert held.img_share[row] == pytest.approx(0.55)
    assert (held.said[row], held.said_year[row]) == (True, 2024)
    assert 10 < held.miles[row] < 20
    assert (held.kind[empty], held.safety_net[empty], held.listed[empty]) == ("", False, 0)
    assert (held.said[empty], held.said_year[empty]) == (False, 0)
    assert math.isnan(held.img_share[empty])
    assert math.isnan(held.miles[empty])


def test_shelf_does_not_believe_more_graduates_than_residents() -> None:
    program = make_program()
    make_fact(program, "residents_total", "5")
    make_fact(program, "residents_img", "11")
    assert math.isnan(shelf().img_share[0])


def test_shelf_does_not_count_files_of_the_government_as_pages() -> None:
    program = make_program()
    make_fact(
        program, "main_hospital", "", value_as_stated="Harbor", source_kind="government", page_year=2026
    )
    assert not shelf().said[0]


def test_shelf_puts_names_in_order_whatever_their_case() -> None:
    for name in ("beta", "Alpha", "Gamma"):
        make_program(name=name)
    held = shelf()
    assert [held.tracks[row].name for row in held.name_rank.argsort()] == ["Alpha", "beta", "Gamma"]


def test_shelf_shows_only_the_five_counties_close_up() -> None:
    here = make_program(county="Orange", city="Irvine", latitude=33.68, longitude=-117.79)
    make_program(state="NY", county="Kings", city="Brooklyn", latitude=40.65, longitude=-73.95)
    held = shelf()
    assert list(held.los_angeles_points) == [held.row_of[here.pk]]
    assert len(held.us_points) == 2
    assert held.counties == {"CA": ("Orange",), "NY": ("Kings",)}
