"""A saved list as an advisor reads it: the odds in a line, then the programs by tier with their reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .list_page import ListRow, list_page
from .numbers import average, dollars, match_range, percent
from .tiers import MEANINGS, TIERS, Reason, reason

if TYPE_CHECKING:
    from matching.models import ListEntry

NO_ODDS = "Too little is known for a number."


@dataclass(frozen=True, slots=True)
class ReviewRow:
    row: ListRow
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ReviewGroup:
    tier: str
    meaning: str
    rows: tuple[ReviewRow, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """``figures`` is empty where the answer behind the list cannot be read."""

    figures: tuple[Figure, ...]
    groups: tuple[ReviewGroup, ...]
    tier_counts: tuple[tuple[str, int], ...]
    scale_words: str
    count: int


def review_page(
    entries: Sequence["ListEntry"],
    document: Mapping[str, Any] | None,
    kept: Mapping[str, Any] | None = None,
) -> ReviewPage:
    """``kept``: what the list as it stands was judged to bring; ``document``: the answer it was saved from,
    which speaks for a list that was never judged itself."""
    page = list_page(entries)
    reasons = {row["program"]["id"]: row["reasons"] for row in (document or {}).get("list", ())}
    reasons |= {entry.program_id: entry.shown["reasons"] for entry in entries if "reasons" in entry.shown}
    rows = [ReviewRow(row, tuple(reason(entry) for entry in reasons.get(row.id, ()))) for row in page.rows]
    groups = [
        ReviewGroup(tier, MEANINGS.get(tier, NO_ODDS), tuple(row for row in rows if row.row.tier == tier))
        for tier in (*TIERS, "")
    ]
    return ReviewPage(
        figures=figures(kept or (document or {})["summary"]) if kept or document else (),
        groups=tuple(group for group in groups if group.rows),
        tier_counts=page.tier_counts,
        scale_words=page.scale_words,
        count=page.count,
    )


def figures(summary: Mapping[str, Any]) -> tuple[Figure, ...]:
    """What decides how worried to be, the worst first."""
    interviews, rings = summary["interviews"], summary["list_by_ring"]
    screened = summary.get("screened_out")
    usual = f"{average(interviews['expected'])}, usually {interviews['p10']} to {interviews['p90']}"
    told = (
        Figure("No interview at all", percent(interviews["none"])),
        Figure("Interviews expected", usual),
        Figure("A match, whole list", match_range(summary["match"])),
        Figure("Fees", dollars(summary["cost_usd"])),
        Figure("In the Los Angeles ring", str(rings.get("los-angeles", 0))),
    )
    return (*told, Figure("Left out by a strict rule", str(screened["count"]))) if screened else told
