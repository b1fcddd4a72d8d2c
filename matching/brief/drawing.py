"""The whole brief: sections in order, each with its points; and the few lines that say it in short."""

from dataclasses import dataclass

import matching.brief.rules  # noqa: F401 — fills the registry
from matching.brief.facts import BriefFacts
from matching.brief.registry import SECTIONS, Point, points_of

SHORT = 7  # lines that say the whole


@dataclass(frozen=True, slots=True)
class Section:
    slug: str
    title: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    short: tuple[str, ...]
    sections: tuple[Section, ...]
    hidden: int
    saved: bool


def brief_of(facts: BriefFacts) -> Brief:
    """Every point whose trigger holds for her. ``hidden``: programs of her list that are not shown."""
    points = points_of(facts)
    sections = (
        Section(slug, title, tuple(point for point in points if point.section == slug))
        for slug, title in SECTIONS.items()
    )
    return Brief(
        short=tuple(point.said.short for point in points if point.said.short)[:SHORT],
        sections=tuple(section for section in sections if section.points),
        hidden=max(0, len(facts.programs) - facts.shown),
        saved=facts.saved,
    )
