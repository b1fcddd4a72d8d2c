"""Where the reference population may live and rotate: the catalogue's own geography, counted once."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from matching.scoring.columns import Columns
from matching.scoring.draws import Floats


@dataclass(frozen=True)
class Sites:
    """``weight`` of each state within its Census division, by its tracks, adding up to 1; ``programs`` by
    (state, specialty): the ids of its tracks there."""

    weight: Mapping[str, Mapping[str, float]]
    programs: Mapping[tuple[str, str], tuple[str, ...]]

    def states(self, divisions: Mapping[str, float]) -> tuple[tuple[str, ...], Floats]:
        """All states and their cumulated shares (states,), by the weights of ``divisions``; the last is 1."""
        total = sum(divisions.values())
        shares = [
            (state, share / total * part)
            for division, share in sorted(divisions.items())
            for state, part in sorted(self.weight.get(division, {}).items())
        ]
        cumulated = np.cumsum([share for _, share in shares])
        return tuple(state for state, _ in shares), cumulated / cumulated[-1]


def sites_of(columns: Columns) -> Sites:
    """The sites of a catalogue. A state of no division is nobody's home."""
    states = columns.place_state[columns.cell // 2]
    tracks: dict[str, dict[str, float]] = {}
    programs: dict[tuple[str, str], list[str]] = {}
    for row, state in enumerate(states.tolist()):
        specialty = columns.specialties[columns.specialty[row]]
        programs.setdefault((state, specialty), []).append(columns.ids[row])
        if division := columns.divisions.get(state):
            here = tracks.setdefault(division, {})
            here[state] = here.get(state, 0.0) + 1.0
    weight = {
        division: {state: count / sum(here.values()) for state, count in here.items()}
        for division, here in tracks.items()
    }
    return Sites(weight, {key: tuple(ids) for key, ids in programs.items()})
