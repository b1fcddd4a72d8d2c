"""An upload on its way into the chunks of a cohort: looked at, not yet validated, and never held whole."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

import orjson
from django.conf import settings

from matching.cohorts.faults import CohortTooLarge
from matching.cohorts.forms import Form, Readable
from matching.cohorts.line import BadLine, Line, bad_line, entries_pack, entry_of, reference_fault
from matching.cohorts.reading import lines_read
from matching.cohorts.reading.counted import Counted
from matching.models import ApiKey, Cohort, CohortChunk

ODDS_WEIGHT, LIST_WEIGHT = 1, 10  # a list takes about ten times as long as odds alone
CHUNK_WEIGHT = 100  # some 60 ms of odds alone, a little more of lists
CHUNK_BYTES = 512 * 1024
WRITTEN_TOGETHER = 8  # chunks to one INSERT: no transaction is long, and none is opened for each chunk


class Staged(NamedTuple):
    """A cohort whose lines are all in, still ``receiving``; sha256 of the bytes they came in."""

    cohort: Cohort
    digest: str


def cohort_stage(*, stream: Readable, form: Form, key: ApiKey, now: datetime) -> Staged:
    """Read ``stream`` to its end into chunks of a new cohort of ``key``.

    Raises CohortTooLarge, CohortUnreadable and CohortInvalid, PartDown while no catalogue is published, and
    whatever reading the stream raises; then nothing is kept.
    """
    counted = Counted(stream, settings.COHORT_MAX_MB * 1024 * 1024)
    cohort = _open(key, now)
    try:
        total = weight = 0
        written: list[CohortChunk] = []
        for chunk in _chunks(lines_read(counted, form), cohort):
            total, weight = total + chunk.lines, weight + chunk.weight
            written.append(chunk)
            if len(written) == WRITTEN_TOGETHER:
                CohortChunk.objects.bulk_create(written)
                written = []
        CohortChunk.objects.bulk_create(written)
        cohort.total, cohort.weight = total, weight
        cohort.save(update_fields=("total", "weight"))
    except BaseException:
        cohort.delete()
        raise
    return Staged(cohort, counted.digest)


def _open(key: ApiKey, now: datetime) -> Cohort:
    from matching.api.answering import catalogue_asked  # noqa: PLC0415
    from matching.engine import model_version  # noqa: PLC0415  (numpy and scipy come with it)

    return Cohort.objects.create(
        api_key=key,
        season=settings.SEASON,
        model_version=model_version(),
        data_version=catalogue_asked().version,
        created_at=now,
        rung_at=now,
    )


def _chunks(lines: Iterator[Line | BadLine], cohort: Cohort) -> Iterator[CohortChunk]:
    looker, gathered = _Looker(), _Gathered(cohort)
    for line in lines:
        looker.count += 1
        if looker.count > settings.COHORT_MAX_APPLICANTS:
            raise CohortTooLarge(f"One cohort takes at most {settings.COHORT_MAX_APPLICANTS:,} applicants.")
        looked, weight = looker.look(line)
        entry = entry_of(looked)
        if gathered.full_with(entry, weight):
            yield gathered.chunk()
        gathered.add(line.number, entry, weight)
    if gathered.entries:
        yield gathered.chunk()


class _Looker:
    """What can be said of a line at a glance, and only here: whether its reference came before."""

    def __init__(self) -> None:
        self.count = 0
        self._seen: set[bytes] = set()

    def look(self, line: Line | BadLine) -> tuple[Line | BadLine, int]:
        """The line, bad where it is, and its weight."""
        if isinstance(line, BadLine):
            return line, ODDS_WEIGHT
        try:
            told = orjson.loads(line.raw)
        except orjson.JSONDecodeError as error:
            detail = f"The line is not JSON: {error}."
            return bad_line(line.number, "invalid_json", detail), ODDS_WEIGHT
        if not isinstance(told, dict):
            detail = "Each applicant must be an object with `reference` and `profile`."
            return bad_line(line.number, "invalid_type", detail), ODDS_WEIGHT
        reference = told.get("reference", "")
        if fault := reference_fault(told.get("reference")):
            return BadLine(line.number, None, (fault,)), ODDS_WEIGHT
        mark = blake2b(reference.encode(), digest_size=16).digest()
        if mark in self._seen:
            detail = f'"{reference}" is the reference of an earlier line: each must be another.'
            bad = bad_line(line.number, "duplicate", detail, pointer="/reference", reference=reference)
            return bad, ODDS_WEIGHT
        self._seen.add(mark)
        return line, _weight_of(told.get("options"))


def _weight_of(options: object) -> int:
    most = options.get("max_applications") if isinstance(options, dict) else None
    return LIST_WEIGHT if isinstance(most, int) and most > 0 else ODDS_WEIGHT


class _Gathered:
    """Lines until they make a chunk."""

    def __init__(self, cohort: Cohort) -> None:
        self.cohort, self.number = cohort, 0
        self._empty()

    def _empty(self) -> None:
        self.entries: list[bytes] = []
        self.first = self.weight = self.size = 0

    def full_with(self, entry: bytes, weight: int) -> bool:
        """Whether one line more would be too much; one line alone never is."""
        too_much = self.weight + weight > CHUNK_WEIGHT or self.size + len(entry) > CHUNK_BYTES
        return bool(self.entries) and too_much

    def add(self, number: int, entry: bytes, weight: int) -> None:
        if not self.entries:
            self.first = number
        self.entries.append(entry)
        self.weight += weight
        self.size += len(entry)

    def chunk(self) -> CohortChunk:
        made = CohortChunk(
            cohort=self.cohort,
            number=self.number,
            first_line=self.first,
            lines=len(self.entries),
            weight=self.weight,
            input=entries_pack(self.entries),
        )
        self.number += 1
        self._empty()
        return made
