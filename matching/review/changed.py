"""What changed on a list since it was last with its advisor, in lines for its owner."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from matching.models import Review, SavedList
from matching.presentation.numbers import listed

from .approval import day_words
from .asked import asked_fact
from .diffs import Diff, entries_diff, figures_of, profile_diff
from .effects_told import figures_words
from .freezing import entries_frozen
from .words import counted

NAMED = 5
SIGNALS = {"": "no signal", "gold": "gold signal", "silver": "silver signal", "signal": "signal"}


@dataclass(frozen=True, slots=True)
class Changed:
    since: str
    lines: tuple[str, ...]


def changed_since(review: Review, saved_list: SavedList) -> Changed | None:
    """Against the last version that was kept; None where nothing differs. Three queries."""
    last = review.versions.first()
    if last is None:
        return None
    diff = entries_diff(last.entries, entries_frozen(saved_list))
    lines = [*listed_lines(diff), *profile_lines(profile_diff(last.profile, saved_list.match.run.profile))]
    figures = figures_words(figures_of(last.figures), figures_of(saved_list.figures))
    if lines and figures:
        lines.append(figures)
    return Changed(f"{day_words(last.created_at)}", tuple(lines)) if lines else None


def listed_lines(diff: Diff) -> list[str]:
    """What stands otherwise on the list; many of a kind are counted."""
    told = []
    if diff.added:
        told.append(f"Added: {_names(diff, diff.added)}.")
    if diff.removed:
        told.append(f"Taken off: {_names(diff, diff.removed)}.")
    told += _pairs(diff, diff.signals, "signal", "signals")
    told += _pairs(diff, diff.tiers, "tier", "tiers")
    if diff.closed:
        told.append(f"Closed to you now: {_names(diff, diff.closed)}.")
    if diff.moved and not diff.added and not diff.removed:
        told.append(f"The order: {counted(len(diff.moved), 'program')} in another place.")
    return told


def profile_lines(changed: Mapping[str, Any]) -> list[str]:
    """Which answers differ, not how: the page may be read over a shoulder."""
    facts = [asked_fact(name) for name in changed]
    words = list(dict.fromkeys(fact.words for fact in facts if fact is not None))
    if not changed:
        return []
    return [f"Your answers: {_few(words)}."] if words else ["Your answers."]


def _pairs(diff: Diff, pairs: Mapping[str, tuple[str, str]], one: str, many: str) -> list[str]:
    if len(pairs) > NAMED:
        return [f"Changed {many} of {len(pairs)} programs."]
    told = []
    for name, (was, now) in pairs.items():
        words = SIGNALS if one == "signal" else {"": "no tier"}
        told.append(f"{diff.names.get(name, name)}: {words.get(was, was)} → {words.get(now, now)}.")
    return told


def _names(diff: Diff, programs: Iterable[str]) -> str:
    return _few([diff.names.get(each, each) for each in programs])


def _few(words: list[str]) -> str:
    """``a, b and c``; of many the first, and how many more."""
    return listed(words if len(words) <= NAMED else [*words[: NAMED - 1], f"{len(words) - NAMED + 1} more"])
