"""The change between two ends split among its causes, for the list as a whole and for every program."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.receipts.ends import End, Scored, end_score
from matching.receipts.players import Players, mixtures_of, players_of
from matching.scoring.attribution import shapley
from matching.scoring.columns import Ints
from matching.scoring.draws import Floats


@dataclass(frozen=True)
class Split:
    """``figures`` (k, 4) shares of the players in each of FIGURES; ``ids``: the m tracks of both catalogues,
    ``programs`` (k, m) shares in the chance of an interview there, NaN where a mixture has no number;
    ``listed`` (k, m) shares in being on the list: they add up to 1 where it came on, to -1 where it left."""

    before: End
    after: End
    first: Scored
    last: Scored
    players: Players
    figures: Floats
    ids: tuple[str, ...]
    programs: Floats
    listed: Floats

    @cached_property
    def place(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.ids)}


def split_make(before: End, after: End) -> Split:
    """Every mixture scored: 2 to the power of the number of causes, which is never more than MOST."""
    players = players_of(before, after)
    ends = mixtures_of(before, after, players.each)
    scored = [end_score(end) for end in ends]
    ids, rows = _common(before, after)
    sides = [(each, rows[end.catalogue.version]) for each, end in zip(scored, ends, strict=True)]
    return Split(
        before=before,
        after=after,
        first=scored[0],
        last=scored[-1],
        players=players,
        figures=shapley(np.stack([each.figures for each in scored])),
        ids=ids,
        programs=shapley(np.stack([each.p[at] for each, at in sides])),
        listed=shapley(np.stack([each.whole.selected[at] for each, at in sides])),
    )


def _common(before: End, after: End) -> tuple[tuple[str, ...], dict[str, Ints]]:
    """Tracks of both catalogues, and where each of the catalogues has them."""
    places = {
        end.catalogue.version: {track.id: row for row, track in enumerate(end.catalogue.tracks)}
        for end in (before, after)
    }
    first, last = places[before.catalogue.version], places[after.catalogue.version]
    ids = tuple(name for name in first if name in last)
    return ids, {
        version: np.array([rows[name] for name in ids], dtype=np.int64) for version, rows in places.items()
    }
