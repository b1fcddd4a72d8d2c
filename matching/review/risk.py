"""What is risky about a list, from what is kept of it: nothing is scored."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from matching.models import ListEntry, Review, SavedList
from matching.presentation.unknown import unknown_answers
from matching.season_dates import season_date

from .danger import Risk

# What a list must be ready for, in the order of a season. Applying begins the day programs may read.
DEADLINES = ("programs_review_from", "nrmp_standard_registration_deadline", "rank_list_deadline")


def risk_of(review: Review, saved_list: SavedList, today: date) -> Risk:
    """One query; for many, ``risk_kept`` with the closed programs counted together."""
    closed = ListEntry.objects.filter(saved_list=saved_list, shown__closed=True).count()
    return risk_kept(saved_list, closed, today)


def risk_kept(saved_list: SavedList, closed: int, today: date) -> Risk:
    """From the figures kept with the list and the answers they are of; the match and its run are loaded."""
    run, figures = saved_list.match.run, saved_list.figures or {}
    deadline = deadline_next(run.season, today)
    cost = figures.get("cost_usd")
    return Risk(
        p_none=(figures.get("interviews") or {}).get("none"),
        p_match=(figures.get("match") or {}).get("probability"),
        strict_fails=closed,
        deadline=deadline,
        days=(deadline - today).days if deadline else None,
        unused_signals=signals_unused(figures),
        over_budget_usd=max(0, (cost or 0) - _budget(run.options, cost)),
        missing_facts=len(unknown_answers(run.profile)),
        programs=figures.get("applications") or 0,
        cost_usd=cost,
    )


def deadline_next(season: str, today: date) -> date | None:
    """The first of ``DEADLINES`` that is not over. Where only a month is known, its first day."""
    days = [found.day for found in (season_date(season, event) for event in DEADLINES) if found]
    return min((day for day in days if day >= today), default=None)


def signals_unused(figures: Mapping[str, Any]) -> int:
    """Of the specialties on the list; too many of one kind make up for none of another."""
    levels = [level for each in figures.get("signals") or () for level in each["levels"]]
    return sum(max(0, level["available"] - level["placed"]) for level in levels)


def _budget(options: Mapping[str, Any], cost: int | None) -> int:
    most = options.get("max_usd")
    return (cost or 0) if most is None else int(most)
