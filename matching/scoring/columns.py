"""The catalogue as columns: built once per published data version, immutable, shared by every applicant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.scoring.applicant import RINGS
from matching.scoring.draws import Floats, program_shift
from matching.scoring.parameters import Parameters
from matching.scoring.rules import RuleColumns, rules_build
from matching.scoring.track_facts import (
    FEATURES,
    Counts,
    Fade,
    counts_of,
    evidence_of,
    features_of,
    has_mission,
    typed,
)
from matching.scoring.tracks import TrackLike

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

RING_CODES: dict[str, int] = {ring: code for code, ring in enumerate(RINGS)}
LISTING = {"current": 0, "unconfirmed": 1, "old": 2}

# A match here is for one year: it is not what P(match) speaks of.
YEAR_ONLY_TRACKS = frozenset({"preliminary", "transitional"})


@dataclass(frozen=True)
class Place:
    """A place as ties see it: a state, and whether it is the Los Angeles ring of it."""

    state: str
    ring: str
    division: str


@dataclass(frozen=True, eq=False)
class Columns:
    """n tracks in order of id. ``cell`` indexes (place, mission) pairs: 2 × place + mission.

    ``features`` is (n, len(FEATURES)), each faded with the age of its fact, ``feature_age`` in seasons.
    ``typical`` holds the rows whose residents' usual Step 2 CK is known, with that score and the weight its
    age leaves it.
    ``track`` codes ``tracks``; ``year_only`` tracks match no one for good. ``program`` gives the tracks of
    one program (and of one program listed twice) the same number; ``siblings`` are those not alone.
    """

    ids: tuple[str, ...]
    row_of: Mapping[str, int]
    rows_of_program: Mapping[int, tuple[int, ...]]
    specialties: tuple[str, ...]
    places: tuple[Place, ...]
    place_state: NDArray[np.str_]
    place_division: NDArray[np.str_]
    divisions: Mapping[str, str]
    place_ring: Ints
    program: Ints
    siblings: Flags
    specialty: Ints
    tracks: tuple[str, ...]
    track: Ints
    year_only: Flags
    ring: Ints
    cell: Ints
    listing: Ints
    shift: Floats
    features: Floats
    feature_age: Floats
    type_known: Flags
    counts: Counts
    typical_rows: Ints
    typical_score: Floats
    typical_weight: Floats
    typical_age: Floats
    evidence: Floats
    rules: RuleColumns

    @cached_property
    def _pairs(self) -> tuple[Ints, Ints, Ints]:
        cells = 2 * len(self.places)
        pairs, pair = np.unique(self.specialty * cells + self.cell, return_inverse=True)
        return pair.astype(np.int64), pairs // max(cells, 1), pairs % max(cells, 1)

    @property
    def pair(self) -> Ints:
        """(n,) which of the pairs of specialty and cell that occur."""
        return self._pairs[0]

    @property
    def pair_specialty(self) -> Ints:
        """(pairs,) the specialty of each pair."""
        return self._pairs[1]

    @property
    def pair_cell(self) -> Ints:
        """(pairs,) the cell of each pair."""
        return self._pairs[2]

    def __len__(self) -> int:
        return len(self.ids)


def columns_build(
    tracks: Sequence[TrackLike], *, parameters: Parameters, season: str, divisions: Mapping[str, str]
) -> Columns:
    """Columns of ``tracks`` (any order; they are put in order of id) as the season's applicants see them.

    ``divisions``: the Census division of every state, also of those without a program.
    """
    ordered = sorted(tracks, key=lambda track: track.id)
    fade = Fade(int(season) - 1, parameters)
    specialties = tuple(sorted({track.specialty for track in ordered}))
    places, cells = _places(ordered, divisions)
    program, rows_of_program = _programs(ordered)
    typical = [(row, fact) for row, track in enumerate(ordered) if (fact := typed(track, "avg_step2ck"))]
    kinds = tuple(sorted({track.track for track in ordered}))
    shown = np.array([features_of(track, fade) for track in ordered]).reshape(len(ordered), len(FEATURES), 2)
    return Columns(
        ids=tuple(track.id for track in ordered),
        row_of={track.id: row for row, track in enumerate(ordered)},
        rows_of_program=rows_of_program,
        specialties=specialties,
        places=places,
        place_state=np.array([place.state for place in places], dtype=np.str_),
        divisions=divisions,
        place_division=np.array([place.division for place in places], dtype=np.str_),
        place_ring=np.array([RING_CODES[place.ring] for place in places], dtype=np.int64),
        program=program,
        siblings=np.bincount(program)[program] > 1,
        specialty=_codes([track.specialty for track in ordered], {s: i for i, s in enumerate(specialties)}),
        tracks=kinds,
        track=_codes([track.track for track in ordered], {kind: i for i, kind in enumerate(kinds)}),
        year_only=np.array([track.track in YEAR_ONLY_TRACKS for track in ordered], dtype=bool),
        ring=_codes([track.ring for track in ordered], RING_CODES),
        cell=cells,
        listing=_codes([track.listing_status for track in ordered], LISTING),
        shift=np.array([program_shift(track.id) for track in ordered]),
        features=np.ascontiguousarray(shown[:, :, 0]),
        feature_age=np.ascontiguousarray(shown[:, :, 1]),
        type_known=np.array(["program_type" in track.facts for track in ordered], dtype=bool),
        counts=counts_of(ordered, fade),
        typical_rows=np.array([row for row, _ in typical], dtype=np.int64),
        typical_score=np.array([fact.value for _, fact in typical], dtype=np.float64),
        typical_weight=np.array([fade.weight(fact) for _, fact in typical]),
        typical_age=np.array([fade.age(fact) for _, fact in typical]),
        evidence=np.array([evidence_of(track, fade) for track in ordered]),
        rules=rules_build(ordered),
    )


def _codes(names: Sequence[str], codes: Mapping[str, int]) -> Ints:
    return np.array([codes[name] for name in names], dtype=np.int64)


def _places(tracks: Sequence[TrackLike], divisions: Mapping[str, str]) -> tuple[tuple[Place, ...], Ints]:
    pairs = sorted({(track.state, track.ring) for track in tracks})
    index = {pair: i for i, pair in enumerate(pairs)}
    places = tuple(Place(state, ring, divisions.get(state, "")) for state, ring in pairs)
    cells = [2 * index[(track.state, track.ring)] + has_mission(track) for track in tracks]
    return places, np.array(cells, dtype=np.int64)


def _programs(tracks: Sequence[TrackLike]) -> tuple[Ints, dict[int, tuple[int, ...]]]:
    """A number a program; a program listed under two names is one."""
    key_of = {track.id: track.program_key for track in tracks}
    keys = [key_of.get(track.same_as or "", track.program_key) for track in tracks]
    first = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    numbers = [first[key] for key in keys]
    rows: dict[int, list[int]] = {}
    for row, number in enumerate(numbers):
        rows.setdefault(number, []).append(row)
    return np.array(numbers, dtype=np.int64), {number: tuple(members) for number, members in rows.items()}
