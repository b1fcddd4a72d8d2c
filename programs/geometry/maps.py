"""The two maps as they are kept in fixtures/geometry: regions with their borders, read once a process."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import orjson
from django.conf import settings

from programs.geometry.albers import Point
from programs.geometry.polygons import rings_of


@dataclass(frozen=True)
class Region:
    """A state by its two letters, a county by its name; a neighbour's code starts with ``near-``."""

    code: str
    name: str
    middle: Point
    path: str

    @cached_property
    def rings(self) -> tuple[tuple[Point, ...], ...]:
        return rings_of(self.path)

    @property
    def is_neighbour(self) -> bool:
        return self.code.startswith("near-")


@dataclass(frozen=True)
class Map:
    source: str
    width: int
    height: int
    regions: Mapping[str, Region]


@lru_cache(maxsize=2)
def map_get(name: str) -> Map:
    """``us`` or ``los_angeles``."""
    path = Path(settings.BASE_DIR) / "fixtures" / "geometry" / f"{name}.json"
    document = orjson.loads(path.read_bytes())
    regions = {
        row["code"]: Region(row["code"], row["name"], (row["middle"][0], row["middle"][1]), row["path"])
        for row in document["regions"]
    }
    return Map(document["source"], document["width"], document["height"], regions)


def svg_of(document: Mapping[str, Any]) -> str:
    """The borders as a drawing that pages point into (``#CA``): fetched once, coloured by the page."""
    paths = "\n".join(
        f"<path id={quoteattr(region['code'].replace(' ', '-'))} d={quoteattr(region['path'])}"
        ' vector-effect="non-scaling-stroke"/>'
        for region in document["regions"]
    )
    size = f"0 0 {document['width']} {document['height']}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}">\n{paths}\n</svg>\n'
