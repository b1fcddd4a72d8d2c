"""What changed since the desk last looked: two versions of a review side by side, the list as it stands
among them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from applicants.portrait import Line, portrait
from applicants.selectors import specialty_names
from matching.models import Review, ReviewVersion
from matching.presentation.named import Named
from matching.presentation.numbers import counted, dollars, in_hundred
from matching.review.diffs import Diff, versions_diff
from matching.review.freezing import entries_frozen

NOW = "now"
LOOKED_AT = (ReviewVersion.Reason.SENT, ReviewVersion.Reason.APPROVED)
MOST_NAMED = 12
FIGURES = {"p_none": "No interview", "p_match": "A match", "cost_usd": "Fees", "applications": "Programs"}


@dataclass(frozen=True, slots=True)
class Told(Named):
    """One kind of difference. ``items`` are cut short, ``more`` counts the rest."""

    title: str
    items: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class ProfileLine(Named):
    """``was``: what stood there in the earlier version; None where it has not changed."""

    label: str
    items: tuple[str, ...]
    known: bool
    was: tuple[str, ...] | None


def compared(review: Review, query: Mapping[str, str]) -> dict[str, Any]:
    """The chosen pair of versions and what differs; unless two are chosen, the last that the desk sent or
    approved, and the list now."""
    versions = list(review.versions.order_by("-number").defer("entries", "figures"))
    before, after = pair_of(versions, query)
    names = specialty_names()
    now_lines = portrait(review.saved_list.match.run.profile, specialties=names)
    told: tuple[Told, ...] = ()
    was_lines: Sequence[Line] = now_lines
    if before is not None:
        first = review.versions.get(number=before)
        last = review.versions.get(number=after) if after is not None else version_now(review)
        told = diff_told(versions_diff(first, last))
        was_lines = portrait(first.profile, specialties=names)
    lines = profile_lines(was_lines, now_lines)
    return {
        "versions": versions,
        "before": before,
        "after": after if after is not None else NOW,
        "since": next((each for each in versions if each.number == before), None),
        "differences": told,
        "lines": lines,
        "changed_lines": sum(1 for line in lines if line.was is not None),
    }


def pair_of(versions: Sequence[ReviewVersion], query: Mapping[str, str]) -> tuple[int | None, int | None]:
    """Numbers of the earlier and the later; None for the later: as it stands now. What is asked for and not
    there is as if it had not been asked for."""
    numbers = {str(version.number): version.number for version in versions}
    looked = [version.number for version in versions if version.reason in LOOKED_AT]
    usual = looked[0] if looked else versions[-1].number if versions else None
    before = numbers.get(query.get("before", ""), usual)
    after = numbers.get(query.get("after", ""))
    if before is not None and after is not None and after < before:
        return after, before
    return before, after


def version_now(review: Review) -> ReviewVersion:
    """The list as it stands, in the shape of a version that is kept nowhere."""
    saved_list = review.saved_list
    return ReviewVersion(
        review=review,
        number=0,
        list_version=saved_list.version,
        entries=entries_frozen(saved_list),
        figures=saved_list.figures,
        profile=saved_list.match.run.profile,
    )


def profile_lines(was: Sequence[Line], now: Sequence[Line]) -> tuple[ProfileLine, ...]:
    before = {line.label: line.items for line in was}
    return tuple(
        ProfileLine(
            line.label,
            line.items,
            line.known,
            before[line.label] if before.get(line.label, line.items) != line.items else None,
        )
        for line in now
    )


def diff_told(diff: Diff) -> tuple[Told, ...]:
    """In the order in which it matters; the profile is told beside its lines."""
    named = diff.names
    told = [
        Told("Odds and cost", tuple(_figure(name, *pair) for name, pair in diff.figures.items())),
        _of("Added", [named.get(each, each) for each in diff.added]),
        _of("Taken off", [named.get(each, each) for each in diff.removed]),
        _of("Closed by a rule now", [named.get(each, each) for each in diff.closed]),
        _of("Tier", [_pair(named.get(each, each), *pair) for each, pair in diff.tiers.items()]),
        _of("Signal", [_pair(named.get(each, each), *pair) for each, pair in diff.signals.items()]),
        _of("Order", [f"{named.get(each, each)}: {was} → {now}" for each, was, now in diff.moved]),
    ]
    return tuple(each for each in told if each.items)


def _of(title: str, items: list[str]) -> Told:
    return Told(
        f"{title}: {counted(len(items), 'program')}",
        tuple(items[:MOST_NAMED]),
        max(0, len(items) - MOST_NAMED),
    )


def _pair(name: str, was: str, now: str) -> str:
    return f"{name}: {was or 'none'} → {now or 'none'}"


def _figure(name: str, was: Any, now: Any) -> str:
    return f"{FIGURES[name]}: {_value(name, was)} → {_value(name, now)}"


def _value(name: str, value: Any) -> str:
    if value is None:
        return "not judged"
    if name in ("p_none", "p_match"):
        return in_hundred(value).removeprefix("about ")
    return dollars(value) if name == "cost_usd" else str(value)
