"""A small catalogue with a bit of everything, for tests of the calibration with the real parameters."""

from functools import lru_cache

from matching.calibration.crowd import TARGET_YEAR, World, world_make
from matching.scoring.signals import SignalTable
from programs.reference import reference_rows
from tests.scoring.made_catalogue import MadeTrack, columns_of, model_now, track_make

PLACES = (("CA", "Los Angeles"), ("NY", "Kings"), ("TX", "Harris"), ("FL", "Dade"), ("OH", "Franklin"))
SPECIALTIES = tuple(row["slug"] for row in reference_rows("specialties"))
COMMON = ("internal-medicine", "family-medicine", "pediatrics", "psychiatry")
PER_SPECIALTY, PER_COMMON = 25, 40


@lru_cache(maxsize=1)
def world() -> World:
    tracks: list[MadeTrack] = []
    for specialty in SPECIALTIES:
        for index in range(PER_COMMON if specialty in COMMON else PER_SPECIALTY):
            number = len(tracks) + 1
            facts = {"min_step2ck": 240.0} if index % 5 == 1 else {}
            kind = "transitional" if specialty == "transitional-year" else "categorical"
            place = PLACES[index % len(PLACES)]
            tracks.append(track_make(number, place, specialty=specialty, track=kind, facts=facts))
    signals = SignalTable.from_rows(reference_rows("signals"), TARGET_YEAR)
    return world_make(columns_of(*tracks), model_now(), signals)
