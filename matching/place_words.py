"""What a tie to a place rests on, in a short sentence beside its number."""

from collections.abc import Sequence

from matching.scoring.applicant import Applicant, Experience, Letter
from matching.scoring.local_factors import HOME_TIES, ring_state
from matching.scoring.person import SERVED, service_months
from programs.geography import STATE_NAMES
from programs.snapshot import TrackRow

RING_WORDS = {
    "los-angeles": "greater Los Angeles",
    "california": "California",
    "west-coast": "the West Coast",
    "national": "the nation",
}
TIE_WORDS = {
    "family": "Family in",
    "residence": "You live in",
    "grew_up": "You grew up in",
    "education": "You studied in",
    "work": "You worked in",
}


def count_words(number: float, noun: str) -> str:
    return f"{number:g} {noun}" if number == 1 else f"{number:g} {noun}s"


def place_words(track: TrackRow, ring: str | None) -> str:
    """The place both share: greater Los Angeles where ``ring`` and the program are of it, else the state."""
    if track.ring == ring == "los-angeles":
        return RING_WORDS[ring]
    return STATE_NAMES.get(track.state, track.state)


def usce_local_words(me: Applicant, track: TrackRow) -> str:
    if me.experience is None:
        return "Local experience not known"
    return f"Clinical experience in {_nearest(me.experience, track)}"


def letter_local_words(me: Applicant, track: TrackRow) -> str:
    return "Local letters not known" if me.letters is None else f"A letter from {_nearest(me.letters, track)}"


def _nearest(items: Sequence[Experience | Letter], track: TrackRow) -> str:
    """Greater Los Angeles only where one of ``items`` was there."""
    return place_words(track, "los-angeles" if any(item.ring == "los-angeles" for item in items) else None)


def geography_words(me: Applicant, track: TrackRow) -> str:
    if me.ties is None:
        return "Ties not known"
    near = [tie for tie in me.ties if (tie.state or ring_state(tie.ring)) == track.state]
    if not near:
        return "A tie to the same part of the country"
    nearest = max(near, key=lambda tie: (tie.ring == track.ring, tie.kind in HOME_TIES))
    return f"{TIE_WORDS[nearest.kind]} {place_words(track, nearest.ring)}"


def mission_words(me: Applicant) -> str:
    months = service_months(me)
    unsaid = any(item.focus in SERVED and item.months is None for item in me.service or ())
    parts = [count_words(months, "month") + " of service"] if months else ["Service"] if unsaid else []
    if "es" in (me.languages or ()):
        parts.append("Spanish")
    not_known = "Service not known" if me.service is None else "Languages not known"
    return f"{' and '.join(parts) or not_known}, at a program that serves the underserved"
