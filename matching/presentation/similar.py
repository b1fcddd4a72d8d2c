"""Programs like another one, from what is openly known of both; each says in words what they share.

Nothing is guessed: what is not known of a program makes it like no other.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from programs.geography import DIVISION_BY_STATE, STATE_NAMES
from programs.snapshot import TrackRow

from .programs import program_name

MOST = 5
MOST_WORDS = 5
ENOUGH = 2.0  # points below which two programs are not called alike
# Points of likeness; judged. A place one can live in, then what kind of program it is, then her odds.
SAME_CITY, SAME_AREA, SAME_STATE, SAME_DIVISION = 3.0, 2.5, 1.5, 0.75
SAME_TOWN_SIZE, SAME_KIND, SAFETY_NET, SAME_SIGN, SAME_CUTOFF, SAME_SIZE = 0.5, 2.0, 1.5, 1.0, 1.0, 0.75
SAME_ODDS, ODDS_WITHIN = 2.0, 0.5  # log-odds
CUTOFF_WITHIN = 5.0
SIZE_WITHIN = 1.3  # times as many residents at the hospital, either way
TOWN_WITHIN = 2.0

TYPES = {
    "university": "a university program",
    "university-affiliated": "university-affiliated",
    "community": "a community program",
    "safety-net": "a safety-net program",
    "military": "a military program",
}
# (field, value) of a fact that speaks of openness, and how it is told.
SIGNS = {
    ("accepts_img", "yes"): "says it considers IMGs",
    ("min_step2ck", "none"): "no lowest Step 2 CK",
    ("holistic_review", "yes"): "reads every file as a whole",
}


@dataclass(frozen=True, slots=True)
class Kin:
    """What of one track another may be like. ``town``: programs of any specialty in its city."""

    id: str
    key: str
    name: str
    specialty: str
    track: str
    place: str
    city: str
    state: str
    in_los_angeles: bool
    old: bool
    town: int
    kind: str
    safety_net: bool
    signs: frozenset[str]
    cutoff: float | None
    trainees: float | None


@dataclass(frozen=True, slots=True)
class Similar:
    """``tier`` is hers, "" where none is told."""

    id: str
    name: str
    place: str
    shared: str
    tier: str = ""


def kin_groups(tracks: Sequence[TrackRow]) -> dict[str, tuple[Kin, ...]]:
    """Every track by its specialty: worked out once a data version."""
    keys = {track.id: track.program_key for track in tracks}
    towns = Counter((track.city, track.state) for track in tracks if track.city)
    groups: dict[str, list[Kin]] = {}
    for track in tracks:
        kin = _kin(track, keys.get(track.same_as or "", track.program_key), towns[track.city, track.state])
        groups.setdefault(track.specialty, []).append(kin)
    return {specialty: tuple(members) for specialty, members in groups.items()}


def similar(
    me: Kin,
    others: Iterable[Kin],
    *,
    odds: Mapping[str, float] | None = None,
    tiers: Mapping[str, str] | None = None,
    closed: frozenset[str] = frozenset(),
) -> tuple[Similar, ...]:
    """The likest first, at most ``MOST``, one a program. ``odds``, ``tiers``: hers by id.

    Left out: other tracks of the program itself, old listings, and what is ``closed`` to her.
    """
    found: dict[str, tuple[float, str, Kin, tuple[str, ...]]] = {}
    for other in others:
        if other.key == me.key or other.track != me.track or other.old or other.id in closed:
            continue
        points, words = likeness(me, other, odds or {})
        known = found.get(other.key)
        if points >= ENOUGH and (known is None or points > -known[0]):
            found[other.key] = (-points, other.id, other, words)
    best = sorted(found.values(), key=lambda entry: entry[:2])[:MOST]
    return tuple(_told(other, words, (tiers or {}).get(other.id, "")) for _, _, other, words in best)


def likeness(me: Kin, other: Kin, odds: Mapping[str, float]) -> tuple[float, tuple[str, ...]]:
    """Points, and what they are for, the weightiest first."""
    parts = [*_place(me, other), *_kind(me, other), *_odds(odds.get(me.id), odds.get(other.id))]
    parts.sort(key=lambda part: -part[0])
    return sum(points for points, _ in parts), tuple(words for _, words in parts)


def _kin(track: TrackRow, key: str, town: int) -> Kin:
    value = {field: fact.value for field, fact in track.facts.items()}
    cutoff, trainees = value.get("min_step2ck"), value.get("hospital_resident_fte")
    return Kin(
        id=track.id,
        key=key,
        name=program_name({"name": track.name}),
        specialty=track.specialty,
        track=track.track,
        place=f"{track.city}, {track.state}" if track.city else track.state,
        city=track.city,
        state=track.state,
        in_los_angeles=track.ring == "los-angeles",
        old=track.listing_status == "old",
        town=town,
        kind=str(value.get("program_type") or ""),
        safety_net=value.get("safety_net") == "yes",
        signs=frozenset(words for (field, code), words in SIGNS.items() if value.get(field) == code),
        cutoff=cutoff if isinstance(cutoff, float) else None,
        trainees=trainees if isinstance(trainees, float) else None,
    )


def _told(other: Kin, words: tuple[str, ...], tier: str) -> Similar:
    return Similar(other.id, other.name, other.place, " · ".join(words[:MOST_WORDS]), tier)


Parts = list[tuple[float, str]]


def _place(me: Kin, other: Kin) -> Parts:
    parts: Parts = []
    if me.city and (me.city, me.state) == (other.city, other.state):
        return [(SAME_CITY, me.city)]
    if me.in_los_angeles and other.in_los_angeles:
        parts.append((SAME_AREA, "greater Los Angeles"))
    elif me.state == other.state:
        parts.append((SAME_STATE, STATE_NAMES[me.state]))
    elif DIVISION_BY_STATE.get(me.state, me.id) == DIVISION_BY_STATE.get(other.state):
        parts.append((SAME_DIVISION, "the same part of the country"))
    if me.town and other.town and _near(me.town, other.town, TOWN_WITHIN):
        parts.append((SAME_TOWN_SIZE, "a city with about as many residencies"))
    return parts


def _kind(me: Kin, other: Kin) -> Parts:
    parts: Parts = []
    if me.kind and me.kind == other.kind:
        parts.append((SAME_KIND, TYPES[me.kind]))
    if me.safety_net and other.safety_net:
        parts.append((SAFETY_NET, "a safety-net hospital"))
    parts += [(SAME_SIGN, words) for words in sorted(me.signs & other.signs)]
    if me.cutoff and other.cutoff and abs(me.cutoff - other.cutoff) <= CUTOFF_WITHIN:
        parts.append((SAME_CUTOFF, f"a lowest Step 2 CK near {other.cutoff:g}"))
    if me.trainees and other.trainees and _near(me.trainees, other.trainees, SIZE_WITHIN):
        parts.append((SAME_SIZE, "a hospital that trains about as many residents"))
    return parts


def _odds(mine: float | None, theirs: float | None) -> Parts:
    """Nothing where either is not known: she has no answer, or no number may be told."""
    if not mine or not theirs or math.isnan(mine) or math.isnan(theirs):
        return []
    apart = abs(math.log(mine / (1 - mine)) - math.log(theirs / (1 - theirs)))
    if apart > ODDS_WITHIN:
        return []
    return [(SAME_ODDS * (1 - apart / ODDS_WITHIN / 2), "about the same odds for you")]


def _near(one: float, other: float, times: float) -> bool:
    return max(one, other) <= times * min(one, other)
