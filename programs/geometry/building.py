"""From the Census Bureau's borders (as TopoJSON) to the small shapes the pages draw.

Arcs are simplified one by one, so that two neighbours keep one border. Visvalingam and Whyatt, Line
generalisation by repeated elimination of points, The Cartographic Journal 30 (1993).
"""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from programs.geometry.albers import Conic, Point
from programs.geometry.polygons import area, middle, path_of


@dataclass(frozen=True, slots=True)
class Shape:
    """How coarse: the least triangle and the least island that are kept, in square pixels."""

    triangle: float
    island: float


class Atlas:
    """A TopoJSON topology as it lies in the file; quantized arcs become longitude and latitude."""

    def __init__(self, topology: Mapping[str, Any]) -> None:
        (self._kx, self._ky), (self._dx, self._dy) = (
            topology["transform"]["scale"],
            topology["transform"]["translate"],
        )
        self._arcs: list[list[list[int]]] = topology["arcs"]
        self._objects: Mapping[str, Any] = topology["objects"]
        self._drawn: dict[tuple[int, Conic, Shape], list[Point]] = {}

    def regions(self, kind: str) -> dict[str, tuple[str, list[list[int]]]]:
        """Of every region of ``kind`` (states, counties): FIPS code to its name and rings of arcs."""
        found = {}
        for geometry in self._objects[kind]["geometries"]:
            arcs = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
            rings = [ring for polygon in arcs for ring in polygon]
            found[str(geometry["id"])] = (str(geometry["properties"]["name"]), rings)
        return found

    def rings(self, arcs: Sequence[Sequence[int]], conic: Conic, shape: Shape) -> list[list[Point]]:
        """Projected and simplified; islands too small to see are left out, the largest ring never."""
        drawn = [self._ring(ring, conic, shape) for ring in arcs]
        drawn.sort(key=area, reverse=True)
        return [ring for place, ring in enumerate(drawn) if place == 0 or area(ring) >= shape.island]

    def _ring(self, arcs: Sequence[int], conic: Conic, shape: Shape) -> list[Point]:
        points: list[Point] = []
        for arc in arcs:
            line = self._line(arc if arc >= 0 else ~arc, conic, shape)
            points += (line if arc >= 0 else line[::-1])[:-1]
        return points

    def _line(self, arc: int, conic: Conic, shape: Shape) -> list[Point]:
        key = (arc, conic, shape)
        if key not in self._drawn:
            x = y = 0
            line = []
            for dx, dy in self._arcs[arc]:
                x, y = x + dx, y + dy
                line.append(conic.forward(y * self._ky + self._dy, x * self._kx + self._dx))
            self._drawn[key] = simplify(line, shape.triangle)
        return self._drawn[key]


def simplify(line: Sequence[Point], least: float) -> list[Point]:
    """Without the points whose triangle with their neighbours is smallest, while it is below ``least``.

    The ends stay; a closed line keeps two points between them, so that it stays a shape.
    """
    before, after = [i - 1 for i in range(len(line))], [i + 1 for i in range(len(line))]
    floor = 4 if line[0] == line[-1] else 2
    heap = [(_triangle(line, i - 1, i, i + 1), i) for i in range(1, len(line) - 1)]
    size = {i: value for value, i in heap}
    heapq.heapify(heap)
    gone: set[int] = set()
    while heap and len(line) - len(gone) > floor:
        value, i = heapq.heappop(heap)
        if i in gone or value != size[i]:
            continue
        if value >= least:
            break
        gone.add(i)
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for near in (left, right):
            if 0 < near < len(line) - 1:
                # Never less than what was taken out: else a bay would empty from one end.
                size[near] = max(value, _triangle(line, before[near], near, after[near]))
                heapq.heappush(heap, (size[near], near))
    return [point for i, point in enumerate(line) if i not in gone]


def _triangle(line: Sequence[Point], i: int, j: int, k: int) -> float:
    (x1, y1), (x2, y2), (x3, y3) = line[i], line[j], line[k]
    return abs((x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1)) / 2


def region(code: str, name: str, rings: Sequence[Sequence[Point]]) -> dict[str, Any]:
    """One region as the file of a map keeps it; ``middle`` is where its name may stand."""
    return {"code": code, "name": name, "middle": middle(rings), "path": path_of(rings)}
