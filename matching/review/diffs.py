"""What differs between two versions of a review: pure, from what they keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from matching.models import ReviewVersion

from .members import MEMBERS, member_of

Entry = Mapping[str, Any]
Pair = tuple[Any, Any]
FIGURES = ("p_none", "p_match", "cost_usd", "applications")


@dataclass(frozen=True, slots=True)
class Diff:
    """Programs by id. ``moved``: to another place among those that are in both; ``signals`` and ``tiers``:
    before and after, a tier as it was shown; ``closed``: closed by a strict rule now and not before;
    ``figures``: those that differ; ``profile``: members that differ; ``names`` of every program named."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    moved: tuple[tuple[str, int, int], ...] = ()
    signals: Mapping[str, Pair] = field(default_factory=dict)
    tiers: Mapping[str, Pair] = field(default_factory=dict)
    closed: tuple[str, ...] = ()
    figures: Mapping[str, Pair] = field(default_factory=dict)
    profile: Mapping[str, Pair] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        parts = (self.added, self.removed, self.moved, self.signals, self.tiers, self.closed)
        return any(parts) or bool(self.figures) or bool(self.profile)


def versions_diff(before: ReviewVersion, after: ReviewVersion) -> Diff:
    """From what was kept of each; the list itself is not read."""
    listed = entries_diff(before.entries, after.entries)
    was, now = figures_of(before.figures), figures_of(after.figures)
    return Diff(
        added=listed.added,
        removed=listed.removed,
        moved=listed.moved,
        signals=listed.signals,
        tiers=listed.tiers,
        closed=listed.closed,
        figures={name: (was[name], now[name]) for name in FIGURES if was[name] != now[name]},
        profile=profile_diff(before.profile, after.profile),
        names=listed.names,
    )


def entries_diff(before: Sequence[Entry], after: Sequence[Entry]) -> Diff:
    """What stands on one list and not so on the other."""
    was, now = {each["program"]: each for each in before}, {each["program"]: each for each in after}
    both = [name for name in now if name in was]
    places_was = {name: place for place, name in enumerate((n for n in was if n in now), start=1)}
    places_now = {name: place for place, name in enumerate(both, start=1)}
    return Diff(
        added=tuple(name for name in now if name not in was),
        removed=tuple(name for name in was if name not in now),
        moved=tuple(
            (name, places_was[name], places_now[name])
            for name in both
            if places_was[name] != places_now[name]
        ),
        signals=_pairs(both, was, now, lambda each: each.get("signal", "")),
        tiers=_pairs(both, was, now, shown_tier),
        closed=tuple(name for name in both if now[name].get("closed") and not was[name].get("closed")),
        names={name: each["name"] for name, each in {**was, **now}.items() if "name" in each},
    )


def shown_tier(entry: Entry) -> str:
    """Where its advisor put it, else where its odds do."""
    return str(entry.get("mark") or entry.get("tier") or "")


def profile_diff(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Pair]:
    """Members that say another thing, by name, dotted where they lie in another."""
    names = [*MEMBERS, *sorted((_paths(before) | _paths(after)) - set(MEMBERS))]
    pairs = {name: (member_of(before, name), member_of(after, name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def figures_of(figures: Mapping[str, Any] | None) -> dict[str, Any]:
    """The few figures that are compared; None where a list was never judged."""
    if not figures:
        return dict.fromkeys(FIGURES)
    return {
        "p_none": figures["interviews"]["none"],
        "p_match": figures["match"]["probability"],
        "cost_usd": figures["cost_usd"],
        "applications": figures["applications"],
    }


def figures_none(figures: Mapping[str, Any] | None) -> float | None:
    return float(figures["interviews"]["none"]) if figures else None


def _paths(profile: Mapping[str, Any]) -> set[str]:
    """Every member, those of an exam or a school one by one."""
    found = set()
    for name, value in profile.items():
        inner = [f"{name}.{part}" for part in value] if isinstance(value, Mapping) else [name]
        found.update(inner)
    return found


def _pairs(
    both: Sequence[str], was: Mapping[str, Entry], now: Mapping[str, Entry], read: Any
) -> dict[str, Pair]:
    pairs = {name: (read(was[name]), read(now[name])) for name in both}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
