"""Two profiles side by side, member by member."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from applicants.models import Profile
from applicants.portrait import Line, portrait


@dataclass(frozen=True, slots=True)
class Pair:
    """One member in both. ``same`` where they say the same."""

    label: str
    here: Line
    there: Line

    @property
    def same(self) -> bool:
        return self.here == self.there


@dataclass(frozen=True, slots=True)
class TwoProfiles:
    here: Profile
    there: Profile
    different: tuple[Pair, ...]
    same: tuple[Pair, ...]


def two_profiles(here: Profile, there: Profile, *, specialties: Mapping[str, str]) -> TwoProfiles:
    """``here`` is the one that counts now, ``there`` the other."""
    pairs = _pairs(
        portrait(here.document, specialties=specialties), portrait(there.document, specialties=specialties)
    )
    return TwoProfiles(
        here, there, tuple(p for p in pairs if not p.same), tuple(p for p in pairs if p.same and p.here.known)
    )


def _pairs(here: Sequence[Line], there: Sequence[Line]) -> list[Pair]:
    return [Pair(one.label, one, other) for one, other in zip(here, there, strict=True)]
