"""What publishing now would change: the rows as they stand against the version that is current."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from programs.choices import CheckState
from programs.fact_fields import FACT_FIELDS
from programs.models import ProgramFact
from programs.presentation import STRICTNESS_WORDS, value_words
from programs.services.publishing import catalogue_now
from programs.snapshot import FactValue, Snapshot, TrackRow, snapshot_get, version_current

SHOWN = 40  # of each kind; the rest is counted
# Of the track itself. What the sources say of it is among its facts.
MEMBERS = {
    "name": "name", "track": "track", "specialty": "specialty", "institution": "institution", "city": "city",
    "county": "county", "state": "state", "acgme_id": "ACGME id", "nrmp_code": "NRMP code",
    "listing_status": "listing", "last_listed_year": "last listed", "same_as": "same as",
}  # fmt: skip
SAID = ("value", "as_stated", "strictness")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise, in words; "" where there was or is nothing."""

    program: str
    name: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Kind:
    """Changes of one kind: how many, and the first of them."""

    words: str
    count: int
    shown: tuple[Change, ...]

    @property
    def more(self) -> int:
        return self.count - len(self.shown)


@dataclass(frozen=True, slots=True)
class Unpublished:
    """``version`` None: nothing is published yet. ``waiting``: facts that a second person has not read, which
    publishing leaves out."""

    version: str | None
    kinds: tuple[Kind, ...]
    waiting: int

    @property
    def nothing(self) -> bool:
        return not any(kind.count for kind in self.kinds)


def unpublished() -> Unpublished:
    """Reads the whole catalogue twice: for the page of publishing alone."""
    version = version_current()
    before = _tracks(_held(version)) if version else {}
    after = _tracks(catalogue_now())
    both = [(before[name], after[name]) for name in sorted(before.keys() & after.keys())]
    facts = [change for one, other in both for change in _facts(one, other)]
    kinds = (
        _kind("Programs added", (_program(after[name]) for name in sorted(after.keys() - before.keys()))),
        _kind(
            "Programs no longer held, or retired",
            (_program(before[name]) for name in sorted(before.keys() - after.keys())),
        ),
        _kind("Programs described otherwise", (each for pair in both for each in _members(*pair))),
        _kind("Facts added", (each for each in facts if not each.before)),
        _kind("Facts changed", (each for each in facts if each.before and each.after)),
        _kind("Facts withdrawn", (each for each in facts if not each.after)),
    )
    waiting = ProgramFact.objects.filter(check_state=CheckState.WAITING).count()
    return Unpublished(version, kinds, waiting)


@lru_cache(maxsize=1)
def _held(version: str) -> Snapshot:
    return snapshot_get(version)


def _tracks(snapshot: Snapshot) -> dict[str, TrackRow]:
    return {track.id: track for track in snapshot.tracks}


def _kind(words: str, changes: Iterator[Change]) -> Kind:
    found = list(changes)
    return Kind(words, len(found), tuple(found[:SHOWN]))


def _program(track: TrackRow) -> Change:
    return Change(track.id, track.name, track.specialty, "", "")


def _members(before: TrackRow, after: TrackRow) -> Iterator[Change]:
    for member, words in MEMBERS.items():
        was, now = getattr(before, member), getattr(after, member)
        if was != now:
            yield Change(after.id, after.name, words, _plain(was), _plain(now))


def _plain(value: object) -> str:
    return "nothing" if value in (None, "") else str(value)


def _facts(before: TrackRow, after: TrackRow) -> Iterator[Change]:
    for field in sorted({*before.facts, *after.facts}, key=list(FACT_FIELDS).index):
        was, now = before.facts.get(field), after.facts.get(field)
        if _said(was) != _said(now):
            yield Change(after.id, after.name, FACT_FIELDS[field].label, _words(was), _words(now))


def _said(fact: FactValue | None) -> tuple[object, ...] | None:
    return tuple(getattr(fact, name) for name in SAID) if fact else None


def _words(fact: FactValue | None) -> str:
    if fact is None:
        return ""
    words = value_words(FACT_FIELDS[fact.field], fact.value, fact.as_stated) or "no words"
    strict = STRICTNESS_WORDS.get(fact.strictness, "")  # type: ignore[call-overload]
    return f"{words} ({strict})" if strict else words
