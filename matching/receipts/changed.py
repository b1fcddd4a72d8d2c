"""What two answers were asked with, side by side: her answers, her wishes for the list, data and model."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from applicants.labels import WISHED_RINGS
from applicants.portrait import Line, portrait
from matching.models import MatchRun
from matching.presentation.numbers import dollars, listed
from matching.presentation.programs import TRACKS
from matching.receipts.groups import ANSWER_GROUPS, GROUPS, OPTION_GROUPS, groups_changed

# The lines of a portrait stand in the order of the form, as the groups do.
OPEN = "the model's own weight"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was asked with otherwise. ``counts``: whether any number depends on it."""

    code: str
    label: str
    before: Line
    after: Line
    counts: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """All that differs between the input of two runs."""

    answers: tuple[Change, ...]
    options: tuple[Change, ...]
    data: bool
    model: bool
    season: bool

    @property
    def told(self) -> tuple[Change, ...]:
        return (*self.answers, *self.options)

    @property
    def nothing(self) -> bool:
        return not (self.answers or self.options or self.data or self.model or self.season)


def runs_changed(before: MatchRun, after: MatchRun, *, specialties: Mapping[str, str]) -> Changed:
    return Changed(
        answers=_answers(before.profile, after.profile, specialties),
        options=_options(before.options, after.options),
        data=before.data_version != after.data_version,
        model=before.model_version != after.model_version,
        season=before.season != after.season,
    )


def changed_words(before: MatchRun, after: MatchRun) -> str:
    """In one sentence, for the history."""
    if before.pk == after.pk:
        return "Nothing changed."
    codes = (
        *groups_changed(before.profile, after.profile, ANSWER_GROUPS),
        *groups_changed(before.options, after.options, OPTION_GROUPS),
    )
    parts = [GROUPS[code].words for code in codes]
    if before.data_version != after.data_version:
        parts.append("the data on the programs")
    if before.season != after.season:
        parts.append("the season")
    elif before.model_version != after.model_version:
        parts.append("the model")
    return f"Changed: {listed(parts)}." if parts else "Only how much of the answer is shown."


def _answers(
    before: Mapping[str, Any], after: Mapping[str, Any], specialties: Mapping[str, str]
) -> tuple[Change, ...]:
    codes = groups_changed(before, after, ANSWER_GROUPS)
    lines = zip(
        ANSWER_GROUPS,
        portrait(before, specialties=specialties),
        portrait(after, specialties=specialties),
        strict=True,
    )
    return tuple(
        Change(group.code, here.label, here, there, counts=bool(group.reads))
        for group, here, there in lines
        if group.code in codes
    )


def _options(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    return tuple(
        Change(
            code,
            GROUPS[code].words[:1].upper() + GROUPS[code].words[1:],
            _option_line(code, before),
            _option_line(code, after),
            counts=True,
        )
        for code in groups_changed(before, after, OPTION_GROUPS)
    )


def _option_line(code: str, options: Mapping[str, Any]) -> Line:
    weight, most = options.get("la_weight"), options.get("max_usd")
    items: dict[str, tuple[str, ...]] = {
        "limits": (
            f"{options.get('max_applications')} programs at most",
            f"{dollars(most)} at most" if most is not None else "no limit of fees",
        ),
        "rings": tuple(WISHED_RINGS.get(ring, ring) for ring in options.get("rings") or ()),
        "tracks": tuple(TRACKS.get(track, track) for track in options.get("tracks") or ()),
        "la_weight": (OPEN if weight is None else f"{weight:g} of a match anywhere",),
        "signals": ("placed" if options.get("signals") else "not placed",),
        "programs": (
            *(f"always {track}" for track in options.get("must_include") or ()),
            *(f"never {track}" for track in options.get("must_exclude") or ()),
        ),
    }
    return Line(GROUPS[code].words, items[code] or ("none",))
