"""The options of a match in plain lines."""

from collections.abc import Mapping
from typing import Any

from applicants.labels import WISHED_RINGS
from applicants.portrait import Line

from .numbers import dollars
from .programs import TRACKS


def option_lines(options: Mapping[str, Any]) -> tuple[Line, ...]:
    """How the list was to be chosen; ids of tracks taken in or left out by hand are given as they are."""
    most, weight = options.get("max_usd"), options.get("la_weight")
    lines = (
        Line("Where", tuple(WISHED_RINGS.get(ring, ring) for ring in options.get("rings") or ())),
        Line("Tracks", tuple(TRACKS.get(track, track) for track in options.get("tracks") or ())),
        Line("Programs at most", (str(options.get("max_applications", "")),)),
        Line("Fees at most", (dollars(most) if most is not None else "no limit",)),
        Line("Weight of Los Angeles", (f"{weight:g}" if weight is not None else "the model's",)),
        Line("Always on the list", tuple(options.get("must_include") or ())),
        Line("Never on the list", tuple(options.get("must_exclude") or ())),
    )
    return tuple(line for line in lines if any(line.items))
