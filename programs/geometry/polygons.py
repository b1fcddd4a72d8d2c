"""Shapes of a map: rings of points, as paths and back, and what lies inside. Pure functions."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot

from programs.geometry.albers import Point

Ring = Sequence[Point]
TENTHS = 10  # coordinates are kept to a tenth of a pixel


def path_of(rings: Iterable[Ring]) -> str:
    """SVG path data in tenths of a pixel, each step from the last: the shortest that keeps borders shared."""
    parts = []
    for ring in rings:
        points = [(round(x * TENTHS), round(y * TENTHS)) for x, y in ring]
        steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(points)]
        words = ["M" + _pair(*points[0]), "l" + " ".join(_pair(*step) for step in steps if step != (0, 0))]
        parts.append("".join(words) + "z")
    return "".join(parts).replace(" -", "-")


def rings_of(path: str) -> tuple[tuple[Point, ...], ...]:
    """What ``path_of`` wrote, read again."""
    rings = []
    for part in path.split("z")[:-1]:
        numbers = [round(float(number) * TENTHS) for number in re.findall(r"-?\d*\.?\d+", part)]
        x = y = 0
        points = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x / TENTHS, y / TENTHS))
        rings.append(tuple(points))
    return tuple(rings)


def inside(point: Point, rings: Iterable[Ring]) -> bool:
    """Even-odd: a hole is outside."""
    x, y = point
    crossings = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in _edges(ring):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                crossings += 1
    return crossings % 2 == 1


def distance(point: Point, rings: Iterable[Ring]) -> float:
    """Pixels from the point to the shape: 0 inside it."""
    held = tuple(rings)
    if inside(point, held):
        return 0.0
    return min(_to_edge(point, edge) for ring in held for edge in _edges(ring))


def area(ring: Ring) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in _edges(ring))) / 2


def middle(rings: Sequence[Ring]) -> Point:
    """A point well inside: on a lattice over the largest ring the one farthest from every border."""
    largest = max(rings, key=area)
    xs, ys = [x for x, _ in largest], [y for _, y in largest]
    steps = range(1, 24)
    lattice = [
        (min(xs) + (max(xs) - min(xs)) * i / 24, min(ys) + (max(ys) - min(ys)) * j / 24)
        for i in steps
        for j in steps
    ]
    within = [point for point in lattice if inside(point, (largest,))] or [largest[0]]
    x, y = max(within, key=lambda point: min(_to_edge(point, edge) for edge in _edges(largest)))
    return round(x, 1), round(y, 1)


def _edges(ring: Ring) -> Iterable[tuple[Point, Point]]:
    return zip(ring, (*ring[1:], ring[0]), strict=True)


def _to_edge(point: Point, edge: tuple[Point, Point]) -> float:
    (x, y), ((x1, y1), (x2, y2)) = point, edge
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length if length else 0.0
    along = max(0.0, min(1.0, along))
    return hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1))


def _pair(x: int, y: int) -> str:
    return f"{_tenth(x)} {_tenth(y)}"


def _tenth(value: int) -> str:
    text = f"{value / TENTHS:.1f}".removesuffix(".0")
    return text.replace("0.", ".") if text.startswith(("0.", "-0.")) else text
