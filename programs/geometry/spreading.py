"""Marks of one place side by side, so that each is seen. The same marks always stand the same way."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import sqrt

from programs.geometry.albers import Point

REACH = 60  # steps out from a place; far more room than any city needs
HEIGHT = sqrt(3) / 2

Cell = tuple[int, int]


def spread(points: Sequence[Point], gap: float) -> list[Point]:
    """Each point at the free place of a honeycomb nearest to it: no two marks nearer than ``gap``.

    A mark moves by about half a gap where it stands alone. Lonely places are served first.
    """
    crowd = Counter(points)
    order = sorted(range(len(points)), key=lambda i: (crowd[points[i]], points[i], i))
    steps: dict[Cell, Iterator[Cell]] = {}
    taken: set[Cell] = set()
    placed: list[Point] = list(points)
    for i in order:
        home = _home(points[i], gap)
        for column, row in steps.setdefault(home, iter(_steps())):
            cell = (home[0] + column, home[1] + row)
            if cell not in taken:
                taken.add(cell)
                placed[i] = ((cell[0] + cell[1] / 2) * gap, cell[1] * HEIGHT * gap)
                break
    return placed


def _home(point: Point, gap: float) -> Cell:
    """The cell the point lies in, or one beside it where three meet."""
    row = round(point[1] / (HEIGHT * gap))
    return round(point[0] / gap - row / 2), row


@lru_cache(maxsize=1)
def _steps() -> tuple[Cell, ...]:
    """Cells round a cell, the nearest first."""
    cells = [
        ((column + row / 2) ** 2 + (row * HEIGHT) ** 2, row, column)
        for row in range(-REACH, REACH + 1)
        for column in range(-2 * REACH, 2 * REACH + 1)
    ]
    return tuple(
        (column, row)
        for far, row, column in sorted((round(far, 6), r, c) for far, r, c in cells)
        if far <= REACH**2
    )
