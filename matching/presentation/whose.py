"""Whose answers a result was made from, where it was not from one's kept profile."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from applicants.personas import PERSONAS
from applicants.services import profile_validate

SAMPLE = "a sample person"
# A profile deleted since, or a sample person somebody changed: which of the two is not kept.
NOT_KEPT = "from answers that are not kept as your profile"


@lru_cache(maxsize=2)
def samples(season: str) -> tuple[dict[str, Any], ...]:
    return tuple(
        profile_validate(persona.document, season=season).model_dump(mode="json") for persona in PERSONAS
    )


def whose_words(profile: Mapping[str, Any], *, kept: bool, season: str) -> str:
    """``kept``: made from a profile that is still there. ``season``: the one the samples are written for."""
    if kept:
        return ""
    return SAMPLE if profile in samples(season) else NOT_KEPT
