"""The fixed code lists a profile speaks in, and their plain words: states, countries, languages.

Countries are ISO 3166-1 alpha-2, languages ISO 639-1; their English names are only for people to read.
"""

import csv
from pathlib import Path

from programs import countries

DATA = Path(__file__).resolve().parent / "data"


def _names(table: str) -> dict[str, str]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as source:
        return {row["code"]: row["name"] for row in csv.DictReader(source)}


COUNTRIES: dict[str, str] = countries.COUNTRIES
LANGUAGES: dict[str, str] = _names("languages")

# The fifty states, the District of Columbia and the territories with graduate medical education or a
# medical graduate's home.
STATES: dict[str, str] = {
    "AL": "Alabama",
    "AK": "Alaska",
    "AZ": "Arizona",
    "AR": "Arkansas",
    "CA": "California",
    "CO": "Colorado",
    "CT": "Connecticut",
    "DE": "Delaware",
    "DC": "District of Columbia",
    "FL": "Florida",
    "GA": "Georgia",
    "HI": "Hawaii",
    "ID": "Idaho",
    "IL": "Illinois",
    "IN": "Indiana",
    "IA": "Iowa",
    "KS": "Kansas",
    "KY": "Kentucky",
    "LA": "Louisiana",
    "ME": "Maine",
    "MD": "Maryland",
    "MA": "Massachusetts",
    "MI": "Michigan",
    "MN": "Minnesota",
    "MS": "Mississippi",
    "MO": "Missouri",
    "MT": "Montana",
    "NE": "Nebraska",
    "NV": "Nevada",
    "NH": "New Hampshire",
    "NJ": "New Jersey",
    "NM": "New Mexico",
    "NY": "New York",
    "NC": "North Carolina",
    "ND": "North Dakota",
    "OH": "Ohio",
    "OK": "Oklahoma",
    "OR": "Oregon",
    "PA": "Pennsylvania",
    "RI": "Rhode Island",
    "SC": "South Carolina",
    "SD": "South Dakota",
    "TN": "Tennessee",
    "TX": "Texas",
    "UT": "Utah",
    "VT": "Vermont",
    "VA": "Virginia",
    "WA": "Washington",
    "WV": "West Virginia",
    "WI": "Wisconsin",
    "WY": "Wyoming",
    "AS": "American Samoa",
    "GU": "Guam",
    "MP": "Northern Mariana Islands",
    "PR": "Puerto Rico",
    "VI": "US Virgin Islands",
}

RING_STATES: dict[str, frozenset[str]] = {
    "los-angeles": frozenset({"CA"}),
    "california": frozenset({"CA"}),
    "west-coast": frozenset({"CA", "OR", "WA", "NV", "AZ", "HI", "AK"}),
    "national": frozenset(STATES),
}

# Schools of these countries graduate US MDs: Puerto Rico's are LCME-accredited, Canada's were jointly so.
US_MD_COUNTRIES = frozenset({"US", "PR", "CA"})
US_DO_COUNTRIES = frozenset({"US", "PR"})
