"""A list as people copy it from ERAS, a spreadsheet or their notes, read line by line. No database here.

A line is known by a code where it has one: our id, an ACGME id (ten digits, dashes or not) or an NRMP code.
Else by its words: all of them must be found among a program's names, city and codes, after what tells of
state, specialty and track is taken out and used to narrow the choice.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from programs.geography import STATES
from programs.search import normalise

MOST_CANDIDATES = 8
LIKELY = 0.6  # of a line's words, by how rare they are, for a program to be proposed
NUMBERING = re.compile(r"^\s*(?:[-*•·–]+\s+|\(?\d{1,3}[.):\]]\s*|\d{1,3}\s*[\t;|,]\s*|#\d{1,3}\s+)")
OUR_ID = re.compile(r"\bsp\d{5}\b", re.IGNORECASE)
ACGME = re.compile(r"(?<![\w-])(\d{3})-?(\d{2})-?(\d{2})-?(\d{3})(?![\w-])")
NRMP = re.compile(r"(?<![\w-])\d{4}\d{3}[A-Za-z]\w(?![\w-])")
STATE = re.compile(r"(?:^|[,\s(])([A-Z]{2})(?=$|[\s,).;|])")
# fmt: off
NOISE = frozenset((
    "program", "programs", "residency", "residencies", "gme", "of", "at", "the", "and", "in", "for", "inc",
    "llc", "acgme", "nrmp", "eras", "id", "code", "track", "applied", "submitted", "selected",
))
HEADER = NOISE | {
    "name", "names", "city", "state", "status", "specialty", "accreditation", "number", "no",
    "signal", "signals", "type", "date", "training", "hospital", "institution", "list", "my", "saved",
    "options", "interview", "notes", "note", "rank", "order", "place", "smartpick", "tier",
    "chance", "an", "low", "high", "end", "is", "it", "still", "listed", "what", "helps", "hurts", "rules",
    "not", "met", "advisor",
}
# fmt: on
TRACKS = {
    "categorical": "categorical",
    "preliminary": "preliminary",
    "prelim": "preliminary",
    "advanced": "advanced",
    "primary care": "primary-care",
    "transitional": "transitional",
}
SHORT = {"im": "internal-medicine", "fm": "family-medicine", "peds": "pediatrics", "psych": "psychiatry",
         "em": "emergency-medicine"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """``number`` counts from 1 in the text as pasted; ``codes`` as our catalogue writes them."""

    number: int
    text: str
    codes: tuple[str, ...]
    words: tuple[str, ...]
    states: tuple[str, ...]
    specialty: str
    track: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A track of the catalogue, as far as a pasted line may speak of it."""

    id: str
    key: str
    acgme_id: str | None
    nrmp_code: str | None
    search_text: str
    state: str
    specialty: str
    track: str


@dataclass(frozen=True, slots=True)
class Read:
    """A line with its ``candidates`` (ids, the likeliest first); ``sure`` where there is no question."""

    line: Line
    candidates: tuple[str, ...]
    sure: bool


def lines_read(text: str, specialties: Mapping[str, str]) -> tuple[Line, ...]:
    """``specialties``: slug to name. Blank lines and lines of headings alone are left out."""
    known = [(normalise(name), slug) for slug, name in specialties.items()]
    names = sorted(known, key=lambda each: -len(each[0]))  # the longer name says more
    lines = (_line(number, raw, names) for number, raw in enumerate(text.splitlines(), start=1))
    return tuple(line for line in lines if line.codes or line.words)


def _line(number: int, raw: str, specialties: Sequence[tuple[str, str]]) -> Line:
    shown = " ".join(raw.replace("\x00", "").split())
    text = NUMBERING.sub("", raw.replace("\x00", ""), count=1)
    codes = [match.group().lower() for match in OUR_ID.finditer(text)]
    codes += ["".join(match.groups()) for match in ACGME.finditer(text)]
    codes += [match.group().upper() for match in NRMP.finditer(text)]
    for pattern in (OUR_ID, ACGME, NRMP):
        text = pattern.sub(" ", text)
    states = tuple(dict.fromkeys(found for found in STATE.findall(text) if found in STATES))
    plain = f" {normalise(text)} "
    specialty, plain = _take(plain, specialties)
    track, plain = _take(plain, TRACKS.items())
    words = [word for word in dict.fromkeys(plain.split()) if word not in NOISE]
    if not specialty:
        specialty = next((SHORT[word] for word in words if word in SHORT), "")
    state_words = {state.lower() for state in states}
    words = [word for word in words if word not in SHORT and word not in state_words]
    heading = not codes and all(word in HEADER or word.isdigit() for word in words)
    return Line(
        number, shown, tuple(dict.fromkeys(codes)), () if heading else tuple(words), states, specialty, track
    )


def _take(plain: str, names: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """The code of the first name found in ``plain``, and the text without it."""
    for name, code in names:
        if f" {name} " in plain:
            return code, plain.replace(f" {name} ", " ", 1)
    return "", plain


@dataclass(frozen=True)
class Index:
    """The catalogue as lines are looked up in it. ``preferred``: specialties where a line names none."""

    tracks: Sequence[Listed]
    preferred: frozenset[str] = frozenset()

    def read(self, line: Line) -> Read:
        rows = self._by_code(line)
        sure = bool(rows)
        if not rows:
            rows, sure = self._by_words(line)
        rows = self._narrow(rows, line)
        # The tracks of one program are one question at most: which of them; the usual one comes first.
        sure = sure and len({self.tracks[row].key for row in rows}) == 1
        return Read(line, tuple(self.tracks[row].id for row in rows[:MOST_CANDIDATES]), sure)

    @cached_property
    def _codes(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row, track in enumerate(self.tracks):
            for code in (track.id, track.acgme_id, track.nrmp_code):
                if code:
                    found.setdefault(code, []).append(row)
        return found

    @cached_property
    def _words(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for row, track in enumerate(self.tracks):
            for word in set(track.search_text.split()):
                found.setdefault(word, set()).add(row)
        return found

    def _by_code(self, line: Line) -> list[int]:
        return sorted({row for code in line.codes for row in self._codes.get(code, ())})

    def _by_words(self, line: Line) -> tuple[list[int], bool]:
        """(rows, whether every word was found in them)."""
        if not line.words:
            return [], False
        rows = [self._words.get(word, set()) for word in line.words]
        whole = set.intersection(*rows)
        if whole:
            return sorted(whole), True
        return self._likely(rows), False

    def _likely(self, rows: Sequence[set[int]]) -> list[int]:
        """Where some words are of nobody: programs with most of the rest, the rarer the word the more."""
        count = len(self.tracks)
        weights = [math.log(1 + count / max(1, len(found))) for found in rows]
        scores: dict[int, float] = {}
        for found, weight in zip(rows, weights, strict=True):
            for row in found:
                scores[row] = scores.get(row, 0.0) + weight
        need = LIKELY * sum(weights)
        kept = [row for row, score in scores.items() if score >= need]
        return sorted(kept, key=lambda row: (-scores[row], row))

    def _narrow(self, rows: list[int], line: Line) -> list[int]:
        """By what the line says beside the name, as long as something is left."""
        tracks = self.tracks
        tests: tuple[Callable[[Listed], bool], ...] = (
            lambda track: not line.states or track.state in line.states,
            lambda track: not line.specialty or track.specialty == line.specialty,
            lambda track: bool(line.specialty) or track.specialty in self.preferred,
            lambda track: not line.track or track.track == line.track,
        )
        for test in tests:
            rows = [row for row in rows if test(tracks[row])] or rows
        return sorted(rows, key=lambda row: tracks[row].track != "categorical")
