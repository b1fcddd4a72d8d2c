"""A program's name, place and the age of what is held, as a row shows them."""

from collections.abc import Mapping
from typing import Any

TRACKS = {
    "categorical": "categorical",
    "advanced": "advanced, needs a first year elsewhere",
    "preliminary": "preliminary, one year",
    "primary-care": "primary care",
    "transitional": "transitional year",
    "unknown": "track not known",
}


def program_name(program: Mapping[str, Any]) -> str:
    """The listed name without the word every name ends in."""
    return str(program["name"]).removesuffix(" Program") or str(program["name"])


def program_specialty(program: Mapping[str, Any]) -> str:
    name = program.get("specialty_name") or str(program["specialty"]).replace("-", " ").capitalize()
    track = TRACKS.get(program["track"], program["track"])
    return str(name) if track == "categorical" else f"{name}, {track}"


def program_place(program: Mapping[str, Any]) -> str:
    """City and state; the county where it is Los Angeles County and the city's name does not say so."""
    if program.get("in_los_angeles_county") and program["city"] != "Los Angeles":
        return f"{program['city']}, LA County, {program['state']}"
    return f"{program['city']}, {program['state']}"


def listing_words(program: Mapping[str, Any]) -> str:
    """Said only where the listing is not fresh."""
    year = program.get("last_listed_year")
    seen = f"Last seen listed in {year}." if year else "Not seen in a dated list."
    if program["listing_status"] == "current":
        return ""
    if program["listing_status"] == "old":
        return f"{seen} It may be closed: check it still exists."
    return f"{seen} Check it still exists."


def listed_words(program: Mapping[str, Any]) -> str:
    year = program.get("last_listed_year")
    return f"listed {year}" if year else "year of listing not known"
