"""What must be said to someone who graduates after the season her odds are read for."""

from collections.abc import Mapping
from typing import Any


def ahead_words(profile: Mapping[str, Any], *, season: str) -> str:
    """Empty for whoever can start with this season's residencies."""
    year = profile.get("graduation_year")
    if year is None or year <= int(season):
        return ""
    return (
        f"You graduate in {year}, and this season’s residencies start in {season}. "
        "The odds are read as if you applied this season with the degree in hand. Use them to plan; "
        "you cannot apply on them yet."
    )
