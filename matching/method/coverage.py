"""What is held of each region's programs: how much, how old, how sure. Counted once for a data version."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from matching.catalogue import LoadedCatalogue, catalogue_get
from matching.reference import model_for
from matching.scoring.tiers import CONFIDENCE, confidence_codes
from programs.geography import RINGS, STATE_NAMES, rings_within
from programs.snapshot import FactValue, TrackRow

CONFIDENCES = ("high", "medium", "low")
OLDEST = 8  # years; what is older stands with it
HOSPITAL_FILE = "government"
RING_NAMES = {
    "los-angeles": "Los Angeles",
    "california": "California",
    "west-coast": "West Coast",
    "national": "Nation",
}


@dataclass(frozen=True, slots=True)
class Region:
    """``known``: by field, at how many ``programs`` any fact is held. ``ages`` of the facts of public pages:
    years by count, the last ``OLDEST`` or more, and None where the page has no year. Government files about
    the main hospital are counted in ``known`` alone."""

    name: str
    title: str
    programs: int
    known: Counter[str]
    stated: int
    facts: int
    ages: Counter[int | None]
    confidence: Counter[str]
    standing: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Coverage:
    """``regions`` are the rings, each with those inside it, the nation last; ``states`` the most programs
    first."""

    version: str
    season: str
    regions: tuple[Region, ...]
    states: tuple[Region, ...]


def coverage_of(catalogue: LoadedCatalogue, season: str) -> Coverage:
    """Counted once for a version of the data and one of the model (how sure a program is hangs on it)."""
    return _coverage(catalogue.version, season, model_for(season).version)


@lru_cache(maxsize=4)
def _coverage(version: str, season: str, model: str) -> Coverage:
    catalogue = catalogue_get(version)
    tracks, year = catalogue.tracks, int(season) - 1
    standing = dict(zip(catalogue.columns(season).ids, _standings(catalogue, season), strict=True))
    rings = tuple(
        region_of(ring, RING_NAMES[ring], [t for t in tracks if t.ring in rings_within(ring)], year, standing)
        for ring in RINGS
    )
    by_state: dict[str, list[TrackRow]] = {}
    for track in tracks:
        by_state.setdefault(track.state, []).append(track)
    states = [
        region_of(state, STATE_NAMES.get(state, state), members, year, standing)
        for state, members in by_state.items()
        if state
    ]
    states.sort(key=lambda region: (-region.programs, region.title))
    return Coverage(version, season, rings, tuple(states))


def _standings(catalogue: LoadedCatalogue, season: str) -> list[str]:
    """How sure the core is of each track's own facts, by row."""
    codes = confidence_codes(catalogue.columns(season).evidence, model_for(season).parameters)
    return [CONFIDENCE[code] for code in codes.tolist()]


def region_of(
    name: str, title: str, tracks: Sequence[TrackRow], year: int, standing: dict[str, str]
) -> Region:
    """``standing``: how sure the model is of each track, by id; a program stands as its best track."""
    programs: dict[str, set[str]] = {}
    best: dict[str, str] = {}
    stated: set[str] = set()
    facts = list(facts_of(tracks))
    for track in tracks:
        programs.setdefault(track.program_key, set()).update(track.facts)
        ours = standing.get(track.id, CONFIDENCE[0])
        best[track.program_key] = max(best.get(track.program_key, CONFIDENCE[0]), ours, key=CONFIDENCE.index)
        if any(fact.source_kind != HOSPITAL_FILE for fact in track.facts.values()):
            stated.add(track.program_key)
    return Region(
        name=name,
        title=title,
        programs=len(programs),
        known=Counter(entry for fields in programs.values() for entry in fields),
        stated=len(stated),
        facts=len(facts),
        ages=Counter(age_of(fact, year) for fact in facts),
        confidence=Counter(fact.confidence for fact in facts),
        standing=Counter(best.values()),
    )


def facts_of(tracks: Iterable[TrackRow]) -> Iterable[FactValue]:
    """The current facts read from public pages."""
    return (fact for track in tracks for fact in track.facts.values() if fact.source_kind != HOSPITAL_FILE)


def age_of(fact: FactValue, year: int) -> int | None:
    """Years from the page's to ``year``, none below 0; None where the page has no year."""
    return None if fact.page_year is None else min(OLDEST, max(0, year - fact.page_year))
