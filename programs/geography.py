"""Where a program is: state, ring, Census division. Pure functions of state and county.

City and state are the truth; coordinates are not used here, since a few of them are off by tens of km.
"""

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
