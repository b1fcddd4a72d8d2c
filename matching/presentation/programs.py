"""A program's name, place, kind and the age of what is held, as a row shows them."""

from collections.abc import Mapping
from functools import lru_cache
from math import isnan
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from programs.public import FEWER, is_counted

if TYPE_CHECKING:
    from programs.snapshot import FactValue, TrackRow

TRACKS = {
    "categorical": "categorical",
    "advanced": "advanced, needs a first year elsewhere",
    "preliminary": "preliminary, one year",
    "primary-care": "primary care",
    "transitional": "transitional year",
    "unknown": "track not known",
}


TYPES = {
    "community": "community program",
    "university": "university program",
    "university-affiliated": "university-affiliated",
    "military": "military program",
}
TYPE_UNKNOWN = "type not known"
SHARE_UNKNOWN = "How many of its residents are US-citizen IMGs is not openly known."


@lru_cache(maxsize=1)
def _addresses() -> str:
    return reverse("programs:detail", args=["sp00000"])


def program_address(program: Mapping[str, Any]) -> str:
    """Of the program's own page."""
    return _addresses().replace("sp00000", program["id"])


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
    """Said only where the listing is not fresh, or the program takes nobody any more."""
    if retired := program.get("retired_on"):
        return f"It takes nobody any more, since {retired:%-d %B %Y}."
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


def type_words(program: Mapping[str, Any]) -> str:
    """The kind of program; "" where no source says."""
    kind = program.get("program_type")
    return TYPES.get(kind, str(kind).replace("-", " ")) if kind else ""


def distance_words(miles: float | None) -> str:
    """Round miles from downtown Los Angeles, alike on every page; "" where they are not known."""
    if miles is None or isnan(miles):
        return ""
    if miles < 10:
        return "under 10 miles"
    step = 5 if miles < 100 else 10 if miles < 1000 else 50
    return f"about {round(miles / step) * step:,} miles"


def share_words(track: "TrackRow | None") -> str:
    """``US-citizen IMGs: 5 of 24 residents (2023)``; all IMGs where no more is known, "" where nothing is."""
    facts = track.facts if track else {}
    for field, who in (("residents_us_img", "US-citizen IMGs"), ("residents_img", "IMGs")):
        fact = facts.get(field)
        if fact is not None:
            return f"{who}: {_count_words(fact, facts.get('residents_total'))}"
    return ""


def _count_words(fact: "FactValue", total: "FactValue | None") -> str:
    if fact.value is None and is_counted(fact) and fact.as_stated != FEWER:
        return fact.as_stated
    count = fact.as_stated if fact.value is None else f"{fact.value:g}"
    whole = f"{total.value:g}" if total is not None and isinstance(total.value, float) else ""
    year = f" ({fact.page_year})" if fact.page_year else ""
    return f"{count} of {whole} residents{year}" if whole else f"{count} residents{year}"
