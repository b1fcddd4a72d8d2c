"""The lists of an answer written out: each scope's figures side by side, and the signals placed."""

import math
from typing import Any

from matching.scoring.answer import ScopeAnswer, SignalUse
from matching.scoring.applicant import RINGS
from matching.scoring.signals import LEVELS

Document = dict[str, Any]


def match_document(scope: ScopeAnswer) -> Document:
    """Low and high are null where no ranges were asked for."""
    told = not math.isnan(scope.match.low)
    return {
        "probability": scope.match.value,
        "low": scope.match.low if told else None,
        "high": scope.match.high if told else None,
    }


def scope_document(scope: ScopeAnswer, widest: ScopeAnswer) -> Document:
    """Beside its own figures, what staying within it costs: the chance of a match lost against the widest."""
    return {
        "scope": RINGS[scope.ring],
        "applications": len(scope.rows),
        "cost_usd": scope.cost_usd,
        "interviews": {"expected": scope.expected, "none": scope.none},
        "match": match_document(scope),
        "p_los_angeles": scope.p_los_angeles,
        "interviews_per_100_usd": 100 * scope.expected / scope.cost_usd if scope.cost_usd else None,
        "match_lost": widest.match.value - scope.match.value,
        "signals": int((scope.signals >= 0).sum()),
    }


def signals_document(use: SignalUse, season: str) -> Document:
    """Signals of a specialty; their counts may be those of an earlier season, which is said."""
    levels = zip(LEVELS, use.available, use.placed, strict=True)
    return {
        "specialty": use.specialty,
        "season": str(use.season),
        "of_this_season": str(use.season) == season,
        "source": use.source,
        "levels": [
            {"level": level, "available": there, "placed": placed} for level, there, placed in levels if there
        ],
    }


def level_name(code: int) -> str | None:
    """The signal of a row, None where it gets none."""
    return LEVELS[code] if code >= 0 else None
