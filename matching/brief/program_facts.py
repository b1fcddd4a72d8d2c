"""One program as the brief speaks of it: what we hold, what the answer says, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matching.presentation.programs import distance_words, program_name
from programs.geography import miles_from_los_angeles

if TYPE_CHECKING:
    from programs.snapshot import FactValue, TrackRow

# Facts that say what a program is like; rules and visas are on its own page.
SPEAKING = (
    "mission", "safety_net", "program_type", "holistic_review", "residents_us_img", "residents_img",
    "residents_total", "positions_pgy1", "hospital_ownership", "hospital_rural", "letters_policy",
    "letters_required", "failed_attempt_policy", "usce_policy",
)  # fmt: skip
# Of the whole hospital, from a government's file: they say little of the program itself.
OF_HOSPITAL = frozenset({"hospital_ownership", "hospital_rural"})


@dataclass(frozen=True, slots=True)
class Held:
    """``value`` None where it could not be typed: then ``stated`` says it. ``url`` "" for a file."""

    value: float | str | None
    stated: str
    url: str
    year: int | None


@dataclass(frozen=True, slots=True)
class ProgramFacts:
    id: str
    key: str
    name: str
    specialty: str
    specialty_name: str
    city: str
    county: str
    state: str
    ring: str
    tier: str
    signal: str
    miles: str
    held: Mapping[str, Held]

    def fact(self, field: str) -> float | str | None:
        found = self.held.get(field)
        return found.value if found else None

    def stated(self, field: str) -> str:
        found = self.held.get(field)
        return found.stated if found else ""

    @property
    def serves(self) -> bool:
        """Known to serve those who are badly served."""
        return self.fact("safety_net") == "yes" or self.fact("program_type") == "safety-net"

    @property
    def academic(self) -> bool:
        return self.fact("program_type") == "university"

    @property
    def thin(self) -> bool:
        """We hold nothing that is of the program itself."""
        return not any(field in self.held for field in SPEAKING if field not in OF_HOSPITAL)


def program_facts(track: "TrackRow", row: Mapping[str, Any], specialty_name: str) -> ProgramFacts:
    """``row``: the program's row of the answer, or nothing where the answer has none."""
    return ProgramFacts(
        id=track.id,
        key=track.program_key,
        name=program_name({"name": track.name}),
        specialty=track.specialty,
        specialty_name=specialty_name,
        city=track.city,
        county=track.county,
        state=track.state,
        ring=track.ring,
        tier=str(row.get("tier") or ""),
        signal=str(row.get("signal") or ""),
        miles=distance_words(miles_from_los_angeles(track.latitude, track.longitude)),
        held={field: _held(track.facts[field]) for field in SPEAKING if field in track.facts},
    )


def _held(fact: "FactValue") -> Held:
    year = fact.page_year or (int(fact.observed_on[:4]) if fact.observed_on else None)
    return Held(fact.value, fact.as_stated.strip(), fact.url, year)
