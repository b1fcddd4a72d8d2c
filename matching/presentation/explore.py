"""Explore: what was found in a sentence, the maps, and what each other choice would bring."""

from collections import Counter
from dataclasses import dataclass

from matching.explore_form import RING_WORDS
from matching.exploring import CLOSED, NOT_SCORED, Found
from programs.geography import STATE_NAMES

from .explore_map import MapView, inexact, los_angeles_map, us_map
from .numbers import counted, listed

TIER_CHOICES = ("reach", "target", "safety", CLOSED, NOT_SCORED)
TIER_TITLES = {CLOSED: "closed to me", NOT_SCORED: "no number"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter with what it would bring."""

    value: str
    title: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class ExplorePage:
    sentence: str
    second: str
    count_words: str
    us: MapView
    los_angeles: MapView
    map_words: str
    los_angeles_words: str
    place_words: str
    rings: tuple[Choice, ...]
    tiers: tuple[Choice, ...]
    states: tuple[tuple[str, str, int], ...]
    share_note: str
    closed_note: str


def explore_page(found: Found, *, ring: str, tier: str, state: str, county: str, base: str) -> ExplorePage:
    """``ring``, ``tier``, ``state`` and ``county`` as chosen; ``base``: the address of the catalogue."""
    count, odds = len(found.rows), found.odds
    us = us_map(found, base=base, state=state)
    near = los_angeles_map(found, base=base, county=county)
    return ExplorePage(
        sentence=sentence(found),
        second=second_sentence(found),
        count_words=counted(count, "program track"),
        us=us,
        los_angeles=near,
        map_words=map_words(found),
        los_angeles_words=near_words(near.count),
        place_words=place_words(inexact(found.shelf, found.rows)),
        rings=rings(found, ring),
        tiers=tiers(found, tier) if odds else (),
        states=tuple((view.query, view.name, found.states.get(view.query, 0)) for view in us.regions),
        share_note=share_note(found.share_unknown),
        closed_note=f"{counted(found.hidden_closed, 'track')} that a rule closes to you left out."
        if found.hidden_closed
        else "",
    )


def sentence(found: Found) -> str:
    """What is on the map, in words."""
    count = len(found.rows)
    if not count:
        return "No program fits all of this."
    if found.odds is None:
        return f"{counted(count, 'program track')}, each where it is."
    per = found.per_standing
    parts = [
        f"{per[name]:,} {'is' if per[name] == 1 else 'are'} {word}"
        for name, word in (
            ("safety", "safe for you"),
            ("target", "a target" if per["target"] == 1 else "targets"),
            ("reach", "a reach" if per["reach"] == 1 else "reaches"),
        )
        if per[name]
    ]
    if not parts:
        return f"{counted(count, 'program track')}, and none with odds for you."
    none = "" if per["safety"] else " None is safe."
    alone = next((name for name in ("safety", "target", "reach") if per[name] == count), "")
    if alone:
        return f"{alone_words(alone, count)}{none}"
    return f"Of {counted(count, 'program track')}, {listed(parts)}.{none}"


def alone_words(tier: str, count: int) -> str:
    """All of one tier."""
    one, many = {
        "safety": ("safe for you", "safe for you"),
        "target": ("a target", "targets"),
        "reach": ("a reach", "reaches"),
    }[tier]
    return (
        f"The one program track found is {one}."
        if count == 1
        else f"All {count:,} program tracks are {many}."
    )


def second_sentence(found: Found) -> str:
    """What has no tier, and why."""
    per, parts = found.per_standing, []
    if found.odds is None:
        return ""
    if per[CLOSED]:
        parts.append(f"{counted(per[CLOSED], 'track is', 'tracks are')} closed to you by a stated rule.")
    if per[NOT_SCORED]:
        parts.append(f"{per[NOT_SCORED]:,} without a number: the listing is old, or too little is known.")
    return " ".join(parts)


def map_words(found: Found) -> str:
    """The map for who does not see it."""
    counts = Counter(found.shelf.state[found.rows].tolist())
    most = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:3]
    if not most:
        return "The map is empty."
    twin = "Each mark is one track; the list below holds the same tracks."
    if len(counts) == 1:
        return f"All stand in {STATE_NAMES[most[0][0]]}. {twin}"
    told = listed([f"{STATE_NAMES[state]} with {count:,}" for state, count in most])
    return f"{'Most' if len(counts) > 3 else 'They'} stand in {told}. {twin}"


def near_words(count: int) -> str:
    if not count:
        return "None of these is in the five counties round Los Angeles."
    return f"{counted(count, 'track')} in the five counties round Los Angeles."


def place_words(count: int) -> str:
    if not count:
        return ""
    return f"For {counted(count, 'mark')} we know no more than the city or the state: the place is not exact."


def rings(found: Found, chosen: str) -> tuple[Choice, ...]:
    chosen = chosen if chosen in RING_WORDS else "national"
    return tuple(
        Choice("" if ring == "national" else ring, title, found.rings[ring], ring == chosen)
        for ring, title in RING_WORDS.items()
    )


def tiers(found: Found, chosen: str) -> tuple[Choice, ...]:
    everything = Choice("", "All", sum(found.standings.values()), chosen not in TIER_CHOICES)
    each = (
        Choice(name, TIER_TITLES.get(name, name), found.standings[name], name == chosen)
        for name in TIER_CHOICES
    )
    return (everything, *each)


def share_note(unknown: int) -> str:
    if not unknown:
        return ""
    return (
        f"For {counted(unknown, 'more track')} that fit otherwise nobody says openly how many residents are"
        " IMGs, so they are not shown. That is not a no: choose “Not known” to see them, and ask."
    )
