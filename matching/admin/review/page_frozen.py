"""A frozen version of a review: the list, its figures and the profile as they were."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from applicants.portrait import portrait
from applicants.selectors import specialty_names
from matching.list_words import STATUSES
from matching.models import ReviewVersion
from matching.presentation.named import Named
from matching.presentation.numbers import percent_range
from matching.presentation.review_page import figures


@dataclass(frozen=True, slots=True)
class FrozenRow(Named):
    """``mark``: where an advisor's word had moved it."""

    id: str
    position: int
    name: str
    tier: str
    mark: str
    chance: str
    beside: str


def frozen_page(version: ReviewVersion) -> dict[str, Any]:
    kept = version.figures
    return {
        "version": version,
        "rows": [_row(entry) for entry in version.entries],
        "figures": figures(kept) if kept and kept["applications"] else (),
        "lines": portrait(version.profile, specialties=specialty_names()),
    }


def _row(entry: Mapping[str, Any]) -> FrozenRow:
    low, high, status = entry.get("low"), entry.get("high"), entry.get("status", "plan")
    beside = [
        "" if status == "plan" else STATUSES.get(status, status),
        f"{entry['signal']} signal".replace("signal signal", "signal") if entry.get("signal") else "",
        "kept on the list" if entry.get("locked") else "",
        "closed by a strict rule" if entry.get("closed") else "",
    ]
    return FrozenRow(
        id=entry["program"],
        position=entry["position"],
        name=entry["name"],
        tier=entry.get("tier", ""),
        mark=entry.get("mark", ""),
        chance=percent_range(low, high) if low is not None and high is not None else "",
        beside=", ".join(part for part in beside if part),
    )
