"""The list by tier: ten rows a tier, all of a tier where it is asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from programs.geography import miles_from_los_angeles

from .bars import MINUS, BarTable, contribution_bars
from .chance import ChanceFigure, cause_sentence, chance_figure
from .flips import Flip, flip_lines
from .gates import GateLine, gate_lines
from .named import Named
from .programs import (
    SHARE_UNKNOWN,
    TYPE_UNKNOWN,
    distance_words,
    listed_words,
    listing_words,
    program_address,
    program_name,
    program_place,
    program_specialty,
    share_words,
    type_words,
)
from .sentences import CONFIDENCE
from .signals import signal_tag

if TYPE_CHECKING:
    from programs.snapshot import TrackRow

    Tracks = Mapping[str, TrackRow]

# Adds a row's gates, and where it is sent whole what moved its chance; None: the rows hold all that already.
Explain = Callable[[Mapping[str, Any], bool], Mapping[str, Any]]
TIERS = ("safety", "target", "reach")
TOP = 10
WHOLE = 30  # rows sent with all they tell when opened; the others fetch it, so that a long list comes at once
STRIP = 3  # gates on a closed row; all of them on an open one

MEANINGS = {
    "safety": "Every stated rule is met, and even the cautious end of the range is strong.",
    "target": "A real chance each, though most will still say no.",
    "reach": "Long odds each. A few can come through because there are many.",
}


@dataclass(frozen=True, slots=True)
class Reason(Named):
    sign: str
    words: str
    helps: bool


@dataclass(frozen=True, slots=True)
class Row(Named):
    """``kind`` and ``share`` are told on a closed row where they are known, on an open one always.

    Not ``whole``: what an open row tells is left out and fetched when it is opened.
    """

    id: str
    address: str
    rank: int
    name: str
    specialty: str
    place: str
    distance: str
    kind: str
    share: str
    unknown: str
    institution: str
    codes: str
    tier: str
    chance: ChanceFigure | None
    cause: str
    fit: int
    confidence: str
    reasons: tuple[Reason, ...]
    gates: tuple[GateLine, ...]
    strip: tuple[GateLine, ...]
    listed: str
    listing: str
    bars: BarTable | None
    flips: tuple[Flip, ...]
    signal: str
    whole: bool


@dataclass(frozen=True, slots=True)
class TierGroup(Named):
    tier: str
    count: int
    meaning: str
    rows: tuple[Row, ...]

    @property
    def hidden(self) -> int:
        return self.count - len(self.rows)


def codes_words(program: Mapping[str, Any]) -> str:
    known = [("ACGME", program.get("acgme_id")), ("NRMP", program.get("nrmp_code"))]
    return ", ".join(f"{name} {code}" for name, code in known if code)


def reason(entry: Mapping[str, Any]) -> Reason:
    helps = entry["contribution"] >= 0
    return Reason("+" if helps else MINUS, entry["label"], helps)


def row_view(
    row: Mapping[str, Any], scale: float, tracks: "Tracks | None" = None, *, whole: bool = True
) -> Row:
    program = row["program"]
    track = tracks.get(program["id"]) if tracks else None
    kind, share = type_words(program), share_words(track)
    gates = gate_lines(row.get("gates", ()))
    factors = row.get("factors") if whole else None
    return Row(
        id=program["id"],
        address=program_address(program),
        rank=row["rank"],
        name=program_name(program),
        specialty=program_specialty(program),
        place=program_place(program),
        distance=distance_words(miles_from_los_angeles(track.latitude, track.longitude) if track else None),
        kind=kind,
        share=share,
        unknown=" ".join(
            words
            for words in ("" if kind else f"{TYPE_UNKNOWN.capitalize()}.", "" if share else SHARE_UNKNOWN)
            if words
        ),
        institution=program["institution"],
        codes=codes_words(program),
        tier=row["tier"],
        chance=chance_figure(row["interview"], scale),
        cause=cause_sentence(row["interview"]),
        fit=row["fit"],
        confidence=CONFIDENCE[row["confidence"]],
        reasons=tuple(reason(entry) for entry in row.get("reasons", ())[:2]),
        gates=gates,
        strip=gates[:STRIP],
        listed=listed_words(program),
        listing=listing_words(program),
        bars=contribution_bars(row["base"], factors) if factors and not row["abstained"] else None,
        flips=flip_lines(row) if whole else (),
        signal=signal_tag(row),
        whole=whole,
    )


def tier_groups(
    rows: Sequence[Mapping[str, Any]],
    *,
    scale: float,
    show_all: str,
    tracks: "Tracks | None" = None,
    explain: Explain | None = None,
) -> tuple[TierGroup, ...]:
    """Groups in the order of the odds, empty ones left out; a row that is not shown is not made."""
    groups, drawn = [], 0
    for tier in TIERS:
        members = [row for row in rows if row["tier"] == tier]
        if not members:
            continue
        kept = members if show_all == tier else members[:TOP]
        views = rows_view(kept, scale, tracks, explain, room=WHOLE - drawn)
        groups.append(TierGroup(tier, len(members), MEANINGS[tier], views))
        drawn += len(views)
    return tuple(groups)


def rows_view(
    rows: Sequence[Mapping[str, Any]],
    scale: float,
    tracks: "Tracks | None",
    explain: Explain | None,
    *,
    room: int,
) -> tuple[Row, ...]:
    """The first ``room`` rows whole, the rest as far as a closed row goes."""
    return tuple(
        row_view(explain(row, at < room) if explain else row, scale, tracks, whole=at < room)
        for at, row in enumerate(rows)
    )
