"""Which program a row is about. By a code, or by name, state and specialty where that is one program: never
by guess. What finds none is told with those that come near."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from programs.geography import STATE_NAMES
from programs.search import normalise

NEAR_MOST = 3
TOO_COMMON = frozenset(
    {"program", "hospital", "medical", "center", "of", "the", "university", "and", "residency"}
)


class Known(NamedTuple):
    """What is needed of a program to find it and to name it."""

    id: str
    acgme_id: str | None
    nrmp_code: str | None
    track: str
    specialty: str
    state: str
    name: str
    city: str
    institution: str

    @property
    def words(self) -> str:
        return f"{self.id} {self.name} ({self.city}, {self.state})"


@dataclass(frozen=True, slots=True)
class Found:
    """``programs``: more than one only where the row may speak of every track of a program."""

    programs: tuple[str, ...] = ()
    field: str = ""
    reason: str = ""
    near: tuple[str, ...] = ()
    absent: bool = False  # none of ours, as far as can be said

    @property
    def first(self) -> str:
        return self.programs[0] if self.programs else ""

    @property
    def fault(self) -> str:
        near = f"; near it: {', '.join(self.near)}" if self.near else ""
        return self.reason + near if self.reason else ""


class Index:
    """All programs, to be found by what a row says."""

    def __init__(self, programs: Iterable[Known], specialties: Mapping[str, str]) -> None:
        """``specialties``: slug to name."""
        self.by_id: dict[str, Known] = {}
        self._by_nrmp: dict[str, Known] = {}
        self._by_acgme: dict[str, list[Known]] = defaultdict(list)
        self._by_name: dict[tuple[str, str, str], list[Known]] = defaultdict(list)
        self._by_place: dict[tuple[str, str], list[tuple[frozenset[str], Known]]] = defaultdict(list)
        self._specialties = {
            normalise(text): slug for slug, name in specialties.items() for text in (slug, name)
        }
        self._states = {normalise(text): code for code, name in STATE_NAMES.items() for text in (code, name)}
        for program in programs:
            self.add(program)

    def add(self, program: Known) -> None:
        self.by_id[program.id] = program
        if program.nrmp_code:
            self._by_nrmp[program.nrmp_code] = program
        if program.acgme_id:
            self._by_acgme[program.acgme_id].append(program)
        self._by_name[normalise(program.name), program.state, program.specialty].append(program)
        words = frozenset(normalise(f"{program.name} {program.institution}").split()) - TOO_COMMON
        self._by_place[program.state, program.specialty].append((words, program))

    def specialty(self, text: str) -> str:
        """The slug; "" where it is none of ours."""
        return self._specialties.get(normalise(text), "")

    def state(self, text: str) -> str:
        return self._states.get(normalise(text), "")

    def find(self, cells: Mapping[str, str], *, tracks: bool) -> Found:
        """``tracks``: a row with an ACGME id and no track speaks of every track of that program."""
        said = {name: cells.get(name, "").strip() for name in ("id", "nrmp_code", "acgme_id")}
        hits: dict[str, tuple[Known, ...]] = {}
        if said["id"]:
            program = self.by_id.get(said["id"])
            if program is None:
                return Found(field="id", reason="is the id of no program of ours")
            hits["id"] = (program,)
        if said["nrmp_code"] in self._by_nrmp:
            hits["nrmp_code"] = (self._by_nrmp[said["nrmp_code"]],)
        if said["acgme_id"] in self._by_acgme:
            hits["acgme_id"] = tuple(self._by_acgme[said["acgme_id"]])
        if hits:
            return self._one(hits, cells, tracks=tracks)
        return self._named(cells, said)

    def _one(self, hits: dict[str, tuple[Known, ...]], cells: Mapping[str, str], *, tracks: bool) -> Found:
        """What every code that was given agrees on."""
        field = next(iter(hits))
        common = set.intersection(*(set(found) for found in hits.values()))
        if not common:
            told = ", ".join(f"the {name} is that of {found[0].id}" for name, found in hits.items())
            return Found(field=field, reason=f"does not go with the other code: {told}")
        if nrmp := cells.get("nrmp_code", "").strip():
            # A track of the same program under another code of its own is another track.
            common = {known for known in common if known.nrmp_code in (None, nrmp)}
            if not common:
                near = tuple(known.words for known in hits[field][:NEAR_MOST])
                reason = "is the code of no program of ours"
                return Found(field="nrmp_code", reason=reason, near=near, absent="id" not in hits)
        if (track := cells.get("track", "").strip().casefold()) and len(common) > 1:
            common = {known for known in common if known.track == track} or common
        if len(common) == 1 or tracks:
            return Found(programs=tuple(sorted(known.id for known in common)))
        near = tuple(f"{known.id} ({known.track})" for known in sorted(common))
        return Found(field=field, reason=f"is shared by {len(common)} tracks: name one", near=near)

    def _named(self, cells: Mapping[str, str], said: Mapping[str, str]) -> Found:
        name, state = cells.get("program_name", "").strip(), self.state(cells.get("state", ""))
        specialty = self.specialty(cells.get("specialty", ""))
        field = next((key for key in ("acgme_id", "nrmp_code") if said[key]), "program_name")
        if not (name and state and specialty):
            missing = "is no code of a program of ours, and no name with state and specialty is given"
            return Found(field=field, reason=missing, near=self._near(name, state, specialty), absent=True)
        alike = [
            known
            for known in self._by_name.get((normalise(name), state, specialty), ())
            # Another code than the one we hold is another program, whatever its name.
            if all(
                not said[key] or getattr(known, key) in (None, said[key]) for key in ("acgme_id", "nrmp_code")
            )
        ]
        track = cells.get("track", "").strip().casefold()
        if track and len(alike) > 1:
            alike = [known for known in alike if known.track == track] or alike
        if len(alike) == 1:
            return Found(programs=(alike[0].id,))
        if alike:
            near = tuple(known.words for known in alike[:NEAR_MOST])
            return Found(
                field="program_name", reason=f"is the name of {len(alike)} programs there", near=near
            )
        return Found(
            field=field, reason="is no program of ours", near=self._near(name, state, specialty), absent=True
        )

    def _near(self, name: str, state: str, specialty: str) -> tuple[str, ...]:
        """Those of the same state and specialty that share most words with the name."""
        words = frozenset(normalise(name).split()) - TOO_COMMON
        shared = [
            (-len(words & theirs), known.id, known)
            for theirs, known in self._by_place.get((state, specialty), ())
            if words & theirs
        ]
        return tuple(known.words for _, _, known in sorted(shared)[:NEAR_MOST])
