"""A list as it leaves the site: what its mode may show, and nothing else.

Page, PDF, CSV, workbook and JSON are all made from a ``SharedList``. What a mode hides is not in it: nobody
who writes one more format can forget to hide it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from applicants.portrait import Line, portrait
from matching.review.marks import Mark

from .chance import ChanceFigure, chance_figure, chance_scale, chance_scale_words
from .gates import GateLine, gate_lines
from .programs import listing_words, program_name, program_place, program_specialty
from .shared_figures import SharedFigures, shared_figures
from .tiers import TIERS, Reason, reason

if TYPE_CHECKING:
    from matching.models import ListEntry, SavedList

ALL, NO_FLAGS, LIST = "all", "no_flags", "list"
AGREED = "agreed with the advisor to keep"
# Said of a program that turned her down: true, and no more than that.
DECLINED, APPLIED = "declined", "applied"


@dataclass(frozen=True, slots=True)
class Odds:
    """``tier`` "" and ``chance`` None where no number may be shown. ``moved``: by whom the tier was moved and
    from where, in words."""

    tier: str
    chance: ChanceFigure | None
    low: float | None
    high: float | None
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far she is with a program, and how sure it is that it still exists."""

    status: str
    signal: str
    listing: str


@dataclass(frozen=True, slots=True)
class Inner:
    """What is between her and her adviser."""

    closed: bool
    reasons: tuple[Reason, ...]
    gates: tuple[GateLine, ...]
    note: str
    agreed: str = ""  # that she and her advisor agreed to keep it


@dataclass(frozen=True, slots=True)
class SharedRow:
    position: int
    id: str
    name: str
    place: str
    specialty: str
    acgme_id: str
    nrmp_code: str
    odds: Odds | None = None
    standing: Standing | None = None
    inner: Inner | None = None


@dataclass(frozen=True, slots=True)
class SharedList:
    """``model_version`` is "" where no number of the model is shown."""

    mode: str
    name: str
    season: str
    changed_at: datetime
    data_version: str
    rows: tuple[SharedRow, ...]
    model_version: str = ""
    tier_counts: tuple[tuple[str, int], ...] = ()
    scale_words: str = ""
    note: str = ""
    figures: SharedFigures | None = None
    portrait: tuple[Line, ...] = ()
    approval: str = ""

    @property
    def count(self) -> int:
        return len(self.rows)


def shared_view(
    saved_list: "SavedList",
    entries: Sequence["ListEntry"],
    figures: Mapping[str, Any] | None,
    profile: Mapping[str, Any],
    mode: str,
    *,
    specialties: Mapping[str, str] | None = None,
    advised: Mapping[str, Mark] | None = None,
    approval: str = "",
) -> SharedList:
    """What ``mode`` may show. ``entries`` come with program and specialty, in order; ``advised``: what an
    advisor's word holds, by program, and ``approval`` by whom the list is approved.

    Without what speaks against her, programs whose rules close them to her are left out whole: beside
    programs with odds, one without would tell.
    """
    run = saved_list.match.run
    judged = (figures or {}).get("judged") or {}
    shown = [entry for entry in entries if mode != NO_FLAGS or not entry.shown.get("closed")]
    scale = chance_scale({"interview": interview(entry)} for entry in shown)
    frame = SharedList(
        mode=mode,
        name=saved_list.name,
        season=run.season,
        changed_at=saved_list.updated_at,
        data_version=judged.get("data", run.data_version),
        rows=tuple(
            _row(place, entry, mode, scale, (advised or {}).get(entry.program_id, Mark()))
            for place, entry in enumerate(shown, start=1)
        ),
    )
    if mode == LIST:
        return frame
    tiers = [row.odds.tier for row in frame.rows if row.odds]
    return replace(
        frame,
        tier_counts=tuple((tier, tiers.count(tier)) for tier in TIERS if tier in tiers),
        model_version=judged.get("model", run.model_version),
        scale_words=chance_scale_words(scale),
        note=saved_list.note if mode == ALL else "",
        figures=shared_figures(figures) if mode == ALL and figures else None,
        portrait=portrait(profile, specialties=specialties or {}) if mode == ALL and profile else (),
        approval=approval if mode == ALL else "",
    )


def _row(place: int, entry: "ListEntry", mode: str, scale: float, mark: Mark) -> SharedRow:
    facts = program_facts(entry)
    return SharedRow(
        position=place,
        id=entry.program_id,
        name=program_name(facts),
        place=program_place(facts),
        specialty=program_specialty(facts),
        acgme_id=entry.program.acgme_id or "",
        nrmp_code=entry.program.nrmp_code or "",
        odds=_odds(entry, scale, mark, told=mode == ALL) if mode != LIST else None,
        standing=_standing(entry, mode, facts) if mode != LIST else None,
        inner=_inner(entry, mark) if mode == ALL else None,
    )


def program_facts(entry: "ListEntry") -> dict[str, Any]:
    program = entry.program
    return {
        "name": program.name,
        "city": program.city,
        "state": program.state,
        "in_los_angeles_county": program.in_los_angeles_county,
        "specialty": program.specialty_id,
        "specialty_name": program.specialty.name,
        "track": program.track,
        "listing_status": program.listing_status,
        "last_listed_year": program.last_listed_year,
    }


def interview(entry: "ListEntry") -> dict[str, float | None]:
    return {"probability": entry.probability, "low": entry.low, "high": entry.high}


def _odds(entry: "ListEntry", scale: float, mark: Mark, *, told: bool) -> Odds:
    """``told``: also that an advisor moved it. Where that may not be said, it stands where she put it."""
    chance = chance_figure(interview(entry), scale)
    # A tier without a number would tell that we abstain, or why.
    tier = (mark.tier or entry.tier) if chance else mark.tier if told else ""
    moved = moved_words(entry.tier) if told and tier and tier != entry.tier else ""
    return Odds(tier, chance, entry.low, entry.high, moved)


def moved_words(ours: str) -> str:
    return f"moved by the advisor, ours is {ours}" if ours else "moved by the advisor"


def _standing(entry: "ListEntry", mode: str, facts: Mapping[str, Any]) -> Standing:
    status = APPLIED if mode == NO_FLAGS and entry.status == DECLINED else entry.status
    return Standing(
        status=str(entry.Status(status).label),
        signal=entry.get_signal_display() if entry.signal else "",
        listing=listing_words(facts),
    )


def _inner(entry: "ListEntry", mark: Mark) -> Inner:
    return Inner(
        closed=bool(entry.shown.get("closed")),
        reasons=tuple(reason(each) for each in entry.shown.get("reasons", ())),
        gates=gate_lines(entry.shown.get("gates", ())),
        note=entry.note,
        agreed=AGREED if mark.locked else "",
    )
