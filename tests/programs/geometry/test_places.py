import csv
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from programs.geography import LOS_ANGELES_COUNTIES, miles_between
from programs.geometry.albers import LOS_ANGELES, us_conic
from programs.geometry.maps import map_get
from programs.geometry.places import NEAR_PIXELS, SAME_CITY_MILES, Spot, coordinates, spots_of
from programs.geometry.polygons import distance


@dataclass(frozen=True)
class Track:
    city: str = "Los Angeles"
    county: str = "Los Angeles"
    state: str = "CA"
    latitude: float | None = 34.05
    longitude: float | None = -118.24


def real_tracks() -> list[Track]:
    with (Path(settings.BASE_DIR) / "fixtures" / "programs.csv").open(encoding="utf-8") as file:
        return [
            Track(
                row["city"],
                row["county"],
                row["state"],
                float(row["latitude"]) if row["latitude"] else None,
                float(row["longitude"]) if row["longitude"] else None,
            )
            for row in csv.DictReader(file)
        ]


def test_spots_of_every_track_lie_in_its_state_and_county() -> None:
    tracks = real_tracks()
    spots = spots_of(tracks)
    states, counties = map_get("us").regions, map_get("los_angeles").regions
    for track, spot in zip(tracks, spots, strict=True):
        at = (spot.latitude, spot.longitude)
        assert distance(us_conic(track.state).forward(*at), states[track.state].rings) <= NEAR_PIXELS, track
        if track.state == "CA" and track.county in LOS_ANGELES_COUNTIES:
            assert distance(LOS_ANGELES.forward(*at), counties[track.county].rings) <= NEAR_PIXELS, track
    assert sum(not spot.exact for spot in spots) < 0.03 * len(spots)


def test_spots_of_coordinates_in_another_county_go_to_their_city() -> None:
    wrong = Track(latitude=33.8821, longitude=-117.7568)  # Yorba Linda, Orange County
    assert coordinates(wrong) is None
    assert spots_of([wrong, Track()])[0] == Spot(34.05, -118.24, exact=False)


def test_spots_of_coordinates_far_from_their_city_go_to_it() -> None:
    city = [Track("Fresno", "Fresno", "CA", 36.74 + step / 100, -119.78) for step in range(3)]
    far = Track("Fresno", "Fresno", "CA", 40.58, -122.39)
    assert coordinates(far) is not None
    *near, moved = spots_of([*city, far])
    assert all(spot.exact for spot in near)
    assert not moved.exact
    assert miles_between((moved.latitude, moved.longitude), (36.75, -119.78)) < SAME_CITY_MILES


@pytest.mark.parametrize(
    ("track", "place"),
    [
        (Track("", "Orange", "CA", None, None), "Orange"),
        (Track("", "", "TX", None, None), "TX"),
        (Track("Nowhere", "", "PR", 10.0, 10.0), "PR"),
    ],
)
def test_spots_of_what_is_not_known_stand_in_the_middle_of_what_is(track: Track, place: str) -> None:
    (spot,) = spots_of([track])
    assert not spot.exact
    assert not spot.city_known
    conic, name = (LOS_ANGELES, "los_angeles") if place == "Orange" else (us_conic(place), "us")
    at = conic.forward(spot.latitude, spot.longitude)
    assert at == pytest.approx(map_get(name).regions[place].middle, abs=0.01)
