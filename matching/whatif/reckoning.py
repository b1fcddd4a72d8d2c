"""What a list would bring with the changes made: one re-score, kept as a few figures.

Both sides are scored by the same code with the same draws, so that a difference is never noise.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from applicants.schema import ProfileDocument
from matching.catalogue import LoadedCatalogue
from matching.engine import answer_compute, answer_document
from matching.presentation.programs import program_name
from matching.schema import MAX_TOP, MatchOptions
from matching.scoring.list_rules import ListInfeasible

from .changes import ChangeInvalid, Tried

Figures = dict[str, Any]
SUMMARY = ("interviews", "match", "tiers", "list_by_ring", "p_los_angeles", "applications", "cost_usd")
SCOPE = ("scope", "applications", "cost_usd", "interviews", "match", "p_los_angeles", "match_lost")
NAMED = 12
INFEASIBLE = "The programs that must be on your list do not fit within these limits."
LIMITS = ("max_usd", "max_applications")


def figures_reckon(
    *, tried: Tried, catalogue: LoadedCatalogue, season: str, changed: Sequence[str]
) -> Figures:
    """Raises ChangeInvalid where no list fits within the limits."""
    try:
        return figures_of(tried.profile, tried.options, catalogue, season)
    except ListInfeasible:
        name = next((limit for limit in LIMITS if limit in changed), changed[0] if changed else LIMITS[1])
        raise ChangeInvalid({name: INFEASIBLE}) from None


def figures_of(
    profile: ProfileDocument, options: MatchOptions, catalogue: LoadedCatalogue, season: str
) -> Figures:
    """Of every row only what is compared: its tier. ``explain`` touches no figure, and costs time."""
    asked = options.model_copy(update={"top": MAX_TOP, "explain": 0, "ranges": True})
    answer = answer_compute(profile=profile, options=asked, catalogue=catalogue, season=season)
    chosen = int(answer.rows.selected.sum())  # recommended rows come first; the others are not compared
    return figures_kept(answer_document(answer, catalogue, explain=0, top=chosen))


def figures_kept(document: Mapping[str, Any]) -> Figures:
    """Of an answer's document what is kept of one side."""
    summary = document["summary"]
    kept = {name: summary[name] for name in SUMMARY}
    return {
        **kept,
        "match": _range(summary["match"]),
        "scopes": [
            {**{name: scope[name] for name in SCOPE}, "match": _range(scope["match"])}
            for scope in summary["scopes"]
        ],
        "screened": len(document["screened_out"]),
        "programs": {
            row["program"]["id"]: [row["tier"], program_name(row["program"])]
            for row in document["list"]
            if row["selected"]
        },
    }


def _range(match: Mapping[str, Any]) -> dict[str, float]:
    return {name: match[name] for name in ("probability", "low", "high")}


def programs_moved(base: Figures, now: Figures) -> dict[str, Any]:
    """How many programs came into which tier, joined the list or left it; the first few by name."""
    before, after = base["programs"], now["programs"]
    both = [program for program in after if program in before]
    into = {
        tier: [program for program in both if after[program][0] == tier != before[program][0]]
        for tier in ("safety", "target", "reach")
    }
    return {
        "into": {tier: _named(ids, after) for tier, ids in into.items() if ids},
        "joined": _named([program for program in after if program not in before], after),
        "left": _named([program for program in before if program not in after], before),
    }


def _named(ids: Sequence[str], programs: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    return {"count": len(ids), "names": [programs[program][1] for program in ids[:NAMED]]}


def kept_pair(base: Figures, now: Figures, *, model: str, data: str) -> dict[str, Any]:
    """What a scenario keeps: both sides, what moved between them, and by what they were judged."""
    return {
        "base": base,
        "now": _without_programs(now),
        "moved": programs_moved(base, now),
        "judged": {"model": model, "data": data},
    }


def _without_programs(figures: Figures) -> Figures:
    return {name: value for name, value in figures.items() if name != "programs"}
