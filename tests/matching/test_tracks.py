"""Where the tracks of a published catalogue stand, alike for every page that counts miles."""

import pytest

from matching.tracks import miles_to, placed
from programs.geometry.places import Spot
from programs.services.publishing import data_version_publish
from tests.matching.made_snapshot import row_make
from tests.programs.factories import make_program


def test_placed_takes_no_coordinates_where_the_city_is_not_known() -> None:
    at = placed(row_make(1), Spot(34.1, -118.2, exact=False))
    assert (at.latitude, at.longitude) == (34.1, -118.2)
    nowhere = placed(row_make(1), Spot(34.1, -118.2, exact=False, city_known=False))
    assert (nowhere.latitude, nowhere.longitude) == (None, None)


@pytest.mark.django_db
def test_miles_to_does_not_believe_a_place_far_from_its_city() -> None:
    for number in range(3):
        make_program(
            name=f"Right {number}", city="Los Angeles", latitude=34.05 + number / 1000, longitude=-118.24
        )
    wrong = make_program(name="Wrong", city="Los Angeles", latitude=34.7, longitude=-118.15)
    version = data_version_publish().version
    assert miles_to(version, wrong.pk) == pytest.approx(0, abs=1)
    assert miles_to(version, "sp99999") is None
    assert miles_to(None, wrong.pk) is None
