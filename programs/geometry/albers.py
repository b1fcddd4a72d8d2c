"""Albers' equal-area conic on a sphere, and the pages' two maps drawn with it. Pure functions.

Borders and marks go through the same functions, so they agree. Formulas: J. P. Snyder, Map Projections, a
Working Manual (USGS Professional Paper 1395, 1987), pages 98 to 103. x grows to the right, y downwards.
"""

from dataclasses import dataclass
from functools import cached_property
from math import asin, atan2, cos, degrees, hypot, isclose, pi, radians, sin, sqrt

Point = tuple[float, float]


@dataclass(frozen=True)
class Conic:
    """``centre`` (latitude, longitude) lands on ``at`` (x, y); ``scale`` is pixels a radian on the globe."""

    parallels: tuple[float, float]
    centre: Point
    scale: float
    at: Point

    @cached_property
    def _constants(self) -> tuple[float, float, float]:
        """Snyder's n, C and rho of the centre."""
        first, second = (radians(parallel) for parallel in self.parallels)
        n = sin(first) if isclose(first, second) else (sin(first) + sin(second)) / 2
        c = cos(first) ** 2 + 2 * n * sin(first)
        return n, c, sqrt(c - 2 * n * sin(radians(self.centre[0]))) / n

    def forward(self, latitude: float, longitude: float) -> Point:
        n, c, rho0 = self._constants
        rho = sqrt(max(c - 2 * n * sin(radians(latitude)), 0.0)) / n
        # Alaska reaches over the date line: the short way round from the centre.
        theta = n * ((radians(longitude - self.centre[1]) + pi) % (2 * pi) - pi)
        x, y = rho * sin(theta), rho0 - rho * cos(theta)
        return self.at[0] + self.scale * x, self.at[1] - self.scale * y

    def inverse(self, x: float, y: float) -> Point:
        """(latitude, longitude) of a point of the map."""
        n, c, rho0 = self._constants
        east, north = (x - self.at[0]) / self.scale, rho0 - (self.at[1] - y) / self.scale
        latitude = asin(max(-1.0, min(1.0, (c - (hypot(east, north) * n) ** 2) / (2 * n))))
        return degrees(latitude), self.centre[1] + degrees(atan2(east, north) / n)


US_SIZE = (960, 606)
# The parallels are those the US Geological Survey uses. Three places far off are drawn as insets,
# Alaska at three tenths of the scale of the others.
LOWER_48 = Conic((29.5, 45.5), (38.6, -96.6), 1275, (480, 296))
INSETS = {
    "AK": Conic((55.0, 65.0), (63.6, -152.5), 380, (140, 512)),
    "HI": Conic((8.0, 18.0), (20.6, -157.4), 1275, (282, 556)),
    "PR": Conic((8.0, 18.0), (18.2, -66.4), 1275, (868, 566)),
}


def us_conic(state: str) -> Conic:
    return INSETS.get(state, LOWER_48)


# The basin and the mountains round it: the desert to the east has no program.
LOS_ANGELES_SIZE = (640, 372)
LOS_ANGELES = Conic((33.4, 34.8), (34.0, -117.84), 12_300, (320, 190))
