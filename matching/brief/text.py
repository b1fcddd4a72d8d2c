"""A brief as plain text: for the golden files, and to be read in full."""

from textwrap import fill

from matching.brief.drawing import Brief
from matching.brief.registry import Point

WIDTH = 100


def brief_text(brief: Brief) -> str:
    parts = ["IN SHORT", *(f"- {line}" for line in brief.short)]
    for section in brief.sections:
        parts += ["", "", section.title.upper()]
        for point in section.points:
            parts += ["", *_point(point)]
    return "\n".join(parts) + "\n"


def _point(point: Point) -> list[str]:
    said = point.said
    lines = [f"## {said.title}   [{point.code}]"]
    lines += [fill(text, WIDTH) for text in said.say if text]
    lines += [fill(f"* {item.head}: {item.text}", WIDTH, subsequent_indent="  ") for item in said.items]
    lines += [fill(f"> {line}", WIDTH, subsequent_indent="> ") for line in said.write]
    lines += [fill(f"Avoid: {'; '.join(said.avoid)}.", WIDTH)] if said.avoid else []
    lines.append(fill(f"Why: {point.why}", WIDTH))
    lines.append(fill(f"Source: {'; '.join(source.title for source in point.sources)}.", WIDTH))
    return lines
