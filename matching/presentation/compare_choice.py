"""Which programs are chosen to stand side by side: at most four, each once, in the order chosen."""

import re
from collections.abc import Iterable

from programs.browsing import Shelf

MOST = 4
PROGRAM_ID = re.compile(r"sp[0-9]{5}", re.ASCII)


def ids_of(values: Iterable[str]) -> tuple[str, ...]:
    """Ids out of an address, also several joined by commas; what is none is left out."""
    named = (part.strip() for value in values for part in value[:200].split(","))
    return tuple(dict.fromkeys(part for part in named if PROGRAM_ID.fullmatch(part)))[: 4 * MOST]


def tray(shelf: Shelf, ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """(id, name) of the chosen programs the catalogue knows."""
    return tuple((each, shelf.tracks[shelf.row_of[each]].name) for each in ids if each in shelf.row_of)
