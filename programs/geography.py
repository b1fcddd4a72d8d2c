"""Where a program is: state, ring, Census division. Pure functions of state and county.

City and state are the truth: rings and divisions never read coordinates, since a few of them are off by tens
of km. Distances do, and are told in round miles.
"""

from math import asin, cos, radians, sin, sqrt

RINGS: tuple[str, ...] = ("los-angeles", "california", "west-coast", "national")
LOS_ANGELES_COUNTIES: tuple[str, ...] = ("Los Angeles", "Orange", "Riverside", "San Bernardino", "Ventura")
WEST_COAST_STATES: tuple[str, ...] = ("CA", "OR", "WA", "NV", "AZ", "HI", "AK")

# Census Bureau divisions. Puerto Rico belongs to none.
DIVISIONS: dict[str, tuple[str, ...]] = {
    "new-england": ("CT", "ME", "MA", "NH", "RI", "VT"),
    "middle-atlantic": ("NJ", "NY", "PA"),
    "east-north-central": ("IL", "IN", "MI", "OH", "WI"),
    "west-north-central": ("IA", "KS", "MN", "MO", "NE", "ND", "SD"),
    "south-atlantic": ("DE", "DC", "FL", "GA", "MD", "NC", "SC", "VA", "WV"),
    "east-south-central": ("AL", "KY", "MS", "TN"),
    "west-south-central": ("AR", "LA", "OK", "TX"),
    "mountain": ("AZ", "CO", "ID", "MT", "NV", "NM", "UT", "WY"),
    "pacific": ("AK", "CA", "HI", "OR", "WA"),
}
DIVISION_BY_STATE: dict[str, str] = {
    state: division for division, states in DIVISIONS.items() for state in states
}

STATE_NAMES: dict[str, str] = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida",
    "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa",
    "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland",
    "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri",
    "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey",
    "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio",
    "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "PR": "Puerto Rico", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah",
    "VT": "Vermont", "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin",
    "WY": "Wyoming",
}  # fmt: skip
STATES: tuple[str, ...] = tuple(sorted(STATE_NAMES))


def ring_of(state: str, county: str) -> str:
    """The innermost ring that holds the county."""
    if state == "CA":
        return "los-angeles" if county in LOS_ANGELES_COUNTIES else "california"
    return "west-coast" if state in WEST_COAST_STATES else "national"


def in_los_angeles_county(state: str, county: str) -> bool:
    return state == "CA" and county == "Los Angeles"


def rings_within(ring: str) -> tuple[str, ...]:
    """The ring and every ring inside it: what a filter by ring selects. Raises ValueError."""
    return RINGS[: RINGS.index(ring) + 1]


def division_of(state: str) -> str | None:
    """The Census division; None for Puerto Rico and for what is no state."""
    return DIVISION_BY_STATE.get(state)


# City Hall of Los Angeles, from where distances are counted.
LOS_ANGELES_AT = (34.0522, -118.2437)
EARTH_RADIUS_MILES = 3958.8


def miles_from_los_angeles(latitude: float | None, longitude: float | None) -> float | None:
    """Miles as the crow flies from downtown Los Angeles; None where the coordinates are not known."""
    if latitude is None or longitude is None:
        return None
    return miles_between(LOS_ANGELES_AT, (latitude, longitude))


def miles_between(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Great-circle miles between two (latitude, longitude) in degrees, by the haversine formula."""
    (lat1, lon1), (lat2, lon2) = here, there
    half_lat, half_lon = radians(lat2 - lat1) / 2, radians(lon2 - lon1) / 2
    chord = sin(half_lat) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_MILES * asin(min(1.0, sqrt(chord)))
