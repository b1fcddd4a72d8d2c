from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand

from programs.geography import LOS_ANGELES_COUNTIES, STATE_NAMES
from programs.geometry.albers import LOS_ANGELES, LOS_ANGELES_SIZE, US_SIZE, us_conic
from programs.geometry.building import Atlas, Shape, region
from programs.geometry.maps import svg_of
from programs.geometry.polygons import area

US_SHAPE = Shape(triangle=0.9, island=3.0)
LOS_ANGELES_SHAPE = Shape(triangle=1.2, island=6.0)
SOURCE = "US Census Bureau, cartographic boundary files 2017 (public domain)"


class Command(BaseCommand):
    """Once, when the borders or the projection change: the files it writes are kept with the code."""

    requires_system_checks = []  # it needs no database and no pages
    help = "Write the maps' borders from us-atlas' states-10m.json and counties-10m.json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("states", type=Path)
        parser.add_argument("counties", type=Path)

    def handle(self, *args: Any, states: Path, counties: Path, **options: Any) -> None:
        self._write("us", US_SIZE, us_regions(Atlas(orjson.loads(states.read_bytes()))))
        self._write(
            "los_angeles", LOS_ANGELES_SIZE, county_regions(Atlas(orjson.loads(counties.read_bytes())))
        )

    def _write(self, name: str, size: tuple[int, int], regions: list[dict[str, Any]]) -> None:
        document = {"source": SOURCE, "width": size[0], "height": size[1], "regions": regions}
        base = Path(settings.BASE_DIR)
        path = base / "fixtures" / "geometry" / f"{name}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n")
        drawing = base / "static" / "img" / f"map-{name.replace('_', '-')}.svg"
        drawing.write_text(svg_of(document), encoding="utf-8")
        self.stdout.write(f"{path.name}: {len(regions)} regions, drawing {drawing.stat().st_size:,} bytes")


def us_regions(atlas: Atlas) -> list[dict[str, Any]]:
    """The states, the capital's district and Puerto Rico, in order of their names."""
    codes = {name: code for code, name in STATE_NAMES.items()}
    found = []
    for name, arcs in sorted(atlas.regions("states").values()):
        if code := codes.get(name):
            found.append(region(code, name, atlas.rings(arcs, us_conic(code), US_SHAPE)))
    return found


def county_regions(atlas: Atlas) -> list[dict[str, Any]]:
    """The five counties, and whatever else of California, Nevada and Arizona the frame shows in part."""
    width, height = LOS_ANGELES_SIZE
    found = []
    for fips, (name, arcs) in sorted(atlas.regions("counties").items()):
        if fips[:2] not in {"04", "06", "32"}:
            continue
        ours = fips.startswith("06") and name in LOS_ANGELES_COUNTIES
        rings = [
            ring
            for ring in atlas.rings(arcs, LOS_ANGELES, LOS_ANGELES_SHAPE)
            if any(-20 < x < width + 20 and -20 < y < height + 20 for x, y in ring) and area(ring) > 0
        ]
        if rings:
            found.append(region(name if ours else f"near-{fips}", name, rings))
    return found
