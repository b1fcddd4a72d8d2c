"""The odds of every track as a run keeps them, and as Explore reads them."""

import zlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.catalogue import catalogue_get
from matching.models import MatchRun
from matching.scoring import answer

FORMAT = 1
# Browsing needs no more digits than these, and a run stays small.
KEPT = {
    "p": "<f4",
    "tier": "i1",
    "fit": "<f2",
    "gain": "<f4",
    "usd": "<u2",
    "asked": "?",
    "closed": "?",
    "selected": "?",
}


@dataclass(frozen=True)
class Whole(answer.Whole):
    """``answer.Whole`` with the ids of its tracks."""

    ids: tuple[str, ...] = ()

    @cached_property
    def row_of(self) -> dict[str, int]:
        return {name: row for row, name in enumerate(self.ids)}


def whole_pack(whole: answer.Whole) -> bytes:
    """The arrays one after another, each in the digits kept, compressed; the same input, the same bytes."""
    count = len(whole.p)
    parts = [getattr(whole, name).astype(kind).tobytes() for name, kind in KEPT.items()]
    return zlib.compress(bytes([FORMAT]) + count.to_bytes(4, "little") + b"".join(parts), 6)


def whole_unpack(blob: bytes, ids: tuple[str, ...]) -> Whole | None:
    """None for bytes of another format or another catalogue than that of ``ids``."""
    raw = zlib.decompress(blob)
    if raw[0] != FORMAT or int.from_bytes(raw[1:5], "little") != len(ids):
        return None
    arrays: dict[str, NDArray[np.generic]] = {}
    at = 5
    for name, kind in KEPT.items():
        arrays[name] = np.frombuffer(raw, dtype=kind, count=len(ids), offset=at)
        at += arrays[name].nbytes
    wide = {name: arrays[name].astype(np.float64) for name in ("p", "fit", "gain")}
    return Whole(
        p=wide["p"],
        tier=arrays["tier"].astype(np.int8),
        fit=wide["fit"],
        gain=wide["gain"],
        usd=arrays["usd"].astype(np.int64),
        asked=arrays["asked"].astype(bool),
        closed=arrays["closed"].astype(bool),
        selected=arrays["selected"].astype(bool),
        ids=ids,
    )


def whole_of(run: MatchRun) -> Whole | None:
    """The odds of every track of the run's own data version; None where the run keeps none.

    One query where ``run.whole`` was deferred. Nothing is scored.
    """
    if run.whole is None:
        return None
    tracks = catalogue_get(run.data_version).tracks
    return whole_unpack(bytes(run.whole), tuple(track.id for track in tracks))
