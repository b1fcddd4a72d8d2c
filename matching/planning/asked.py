from dataclasses import dataclass

from applicants.schema import ProfileDocument
from matching.schema import MatchOptions


@dataclass(frozen=True)
class Asked:
    """What a plan is asked for: the person, what her list may be, and the season aimed at. ``done``: codes of
    the actions she has ticked, each with its program's id or None, which are not offered once more."""

    profile: ProfileDocument
    options: MatchOptions
    aim: str
    applied_before: bool | None = None
    chosen: tuple[str, ...] = ()
    done: frozenset[tuple[str, str | None]] = frozenset()
