"""The rows of Explore: one track a row, in words. Each mark of the maps is one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan

from matching.exploring import CLOSED, NOT_SCORED, STANDINGS, Found
from programs.choices import ProgramType
from programs.snapshot import TrackRow

from .numbers import dollars, listed, percent
from .programs import TRACKS, distance_words

DISTANCE_UNKNOWN = "distance not known"
TYPE_WORDS = {str(value): str(label) for value, label in ProgramType.choices}


@dataclass(frozen=True, slots=True)
class ExploreRow:
    id: str
    name: str
    specialty: str
    place: str
    distance: str
    standing: str
    chance: str
    fit: str
    gain: str
    facts: tuple[str, ...]
    warning: str
    listed: bool
    ticked: bool


def explore_rows(
    found: Found,
    rows: Sequence[int],
    *,
    specialties: Mapping[str, str],
    on_list: frozenset[str],
    ticked: Sequence[str],
) -> tuple[ExploreRow, ...]:
    return tuple(_row(found, row, specialties, on_list, ticked) for row in rows)


def _row(
    found: Found, row: int, specialties: Mapping[str, str], on_list: frozenset[str], ticked: Sequence[str]
) -> ExploreRow:
    track, odds = found.shelf.tracks[row], found.odds
    standing = STANDINGS[odds.standing[row]] if odds else ""
    scored = odds is not None and standing not in {CLOSED, NOT_SCORED}
    name = specialties.get(track.specialty, track.specialty)
    return ExploreRow(
        id=track.id,
        name=track.name.removesuffix(" Program") or track.name,
        specialty=name if track.track == "categorical" else f"{name}, {TRACKS[track.track]}",
        place=place(track),
        distance=distance_words(found.shelf.miles[row]) or DISTANCE_UNKNOWN,
        standing=standing,
        chance=f"about {percent(odds.p[row])}" if odds and scored else "",
        fit=f"{odds.fit[row]:.0f}" if odds and not isnan(odds.fit[row]) else "",
        gain=gain_words(odds.gain[row], int(odds.usd[row])) if odds and scored else "",
        facts=facts_words(found, row),
        warning=warning_words(track),
        listed=track.id in on_list,
        ticked=track.id in ticked,
    )


def place(track: TrackRow) -> str:
    if not track.city:
        return f"{track.state}, city not known"
    county = f", {track.county} County" if track.ring == "los-angeles" and track.county != track.city else ""
    return f"{track.city}{county}, {track.state}"


def gain_words(gain: float, usd: int) -> str:
    """What one more application brings to the chance of a match, in points of a hundred."""
    points = 100 * gain
    told = f"+{points:.1f}" if points >= 0.05 else "under +0.1"
    return f"{told} for {dollars(usd)}"


def facts_words(found: Found, row: int) -> tuple[str, ...]:
    """Type, share of IMGs and age, each said to be unknown where it is."""
    shelf = found.shelf
    kind = str(shelf.kind[row])
    types = [TYPE_WORDS[kind]] if kind in TYPE_WORDS else []
    if shelf.safety_net[row] and kind != "safety-net":
        types.append("safety net" if types else "Safety net")
    share = shelf.img_share[row]
    unknown = [name for name, missing in (("type", not types), ("IMG share", isnan(share))) if missing]
    year = int(shelf.said_year[row])
    undated = "undated pages" if shelf.said[row] else "no page of its own read"
    said = f"its page of {year}" if year else undated
    return tuple(
        words
        for words in (
            ", ".join(types),
            "" if isnan(share) else f"{percent(share)} of residents are IMGs",
            f"Listed {shelf.listed[row]}, {said}" if shelf.listed[row] else said.capitalize(),
            f"Not known: {listed(unknown)}" if unknown else "",
        )
        if words
    )


def warning_words(track: TrackRow) -> str:
    if track.listing_status == "current":
        return ""
    if track.listing_status == "old":
        return "It may be closed: check it still exists"
    return "Check it still exists"
