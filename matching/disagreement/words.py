"""What the report's groups and columns are called."""

from collections.abc import Mapping

from matching.models import ReviewPatch
from programs.choices import ProgramType, Ring

from .selectors import BANDS, NO_KIND, NO_SCORE

TITLES = {
    "specialty": "By specialty",
    "ring": "By ring",
    "kind": "By kind of program",
    "band": "By Step 2 CK score",
}
RING_NAMES = {
    Ring.LOS_ANGELES: "Los Angeles",
    Ring.CALIFORNIA: "Rest of California",
    Ring.WEST_COAST: "Rest of the West Coast",
    Ring.NATIONAL: "Rest of the nation",
}
BAND_NAMES = {
    "below-220": "Below 220",
    "250-up": "250 or more",
    NO_SCORE: "No score yet",
} | {band: band.replace("-", "\N{EN DASH}") for band in BANDS[1:4]}
# In this order on the page and in the file; what is not here comes after, by name.
NAMES: Mapping[str, Mapping[str, str]] = {
    "specialty": {},
    "ring": {ring.value: name for ring, name in RING_NAMES.items()},
    "kind": {kind.value: str(kind.label) for kind in ProgramType} | {NO_KIND: "Kind not known"},
    "band": {band: BAND_NAMES[band] for band in BANDS},
}
REASONS: Mapping[str, str] = {str(value): str(label) for value, label in ReviewPatch.Reason.choices}
