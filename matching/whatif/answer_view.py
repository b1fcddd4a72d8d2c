"""One scenario against its baseline as pages show it, from what is stored: nothing is scored here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from matching.presentation.histogram import Histogram
from matching.presentation.numbers import dollars

from .differences import (
    Difference,
    RingDifference,
    TierDifference,
    announced,
    differences,
    headline,
    line_of,
    moved_sentences,
    ring_differences,
    tier_differences,
)
from .seasons import seasons_beside


@dataclass(frozen=True, slots=True)
class ChangedLine:
    label: str
    was: str
    now: str
    along: str
    takes: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One scenario against its baseline. ``figure`` None where there is no list."""

    headline: str
    announced: str
    line: str
    count: int
    differences: tuple[Difference, ...]
    tiers: tuple[TierDifference, ...]
    moved: tuple[str, ...]
    rings: tuple[RingDifference, ...]
    figure: Histogram | None
    changed: tuple[ChangedLine, ...]


def shared_view(figures: Mapping[str, Any]) -> AnswerView:
    """For somebody else's eyes: the seasons are not the reader's."""
    own = answer_view(figures)
    figure = own.figure
    if figure is not None:
        figure = replace(figure, title="A hundred seasons", text=_of_nobody(figure.text))
    return replace(own, headline=_of_nobody(own.headline), figure=figure)


def _of_nobody(words: str) -> str:
    return words.replace(" like yours", "").replace("This is where you stand.", "This is the baseline.")


def answer_view(figures: Mapping[str, Any]) -> AnswerView:
    base, now = figures["base"], figures["now"]
    drawn = bool(base["applications"] and now["applications"])
    return AnswerView(
        headline=headline(figures),
        announced=announced(figures),
        line=line_of(figures),
        count=len(figures["changed"]),
        differences=differences(base, now),
        tiers=tier_differences(base, now),
        moved=moved_sentences(figures),
        rings=ring_differences(base, now),
        figure=seasons_beside(base["interviews"], now["interviews"]) if drawn else None,
        changed=tuple(changed_line(line) for line in figures["changed"]),
    )


def changed_line(line: Mapping[str, Any]) -> ChangedLine:
    along = [f"{title[0].lower()}{title[1:]}" for title in line["along"]]
    return ChangedLine(
        label=line["label"],
        was=line["was"],
        now=line["now"],
        along=f"First comes: {', '.join(along)}. We count that as done too." if along else "",
        takes=takes_words(line),
    )


def takes_words(line: Mapping[str, Any]) -> str:
    """What a change takes, as far as we hold an estimate."""
    if line["months"] is None:
        return ""
    months, weeks, usd = line["months"], line["weeks"], round(line["usd"])
    words = [f"start about {_few(months, 'month')} before you apply", f"about {_few(weeks, 'week')} of work"]
    if usd:
        words.append(f"about {dollars(usd)}")
    return ", ".join(words).capitalize() + "."


def _few(number: float, noun: str) -> str:
    if number < 1:
        return f"half a {noun}" if number >= 0.5 else "a few days"
    return f"{number:g} {noun}" if number == 1 else f"{number:g} {noun}s"
