"""Counted reports as rows of the file that ``manage.py calibrate --outcomes`` reads (docs/outcomes.md)."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import groupby
from typing import IO, NamedTuple, get_args

from django.db.models import QuerySet

from matching.models import Outcome, OutcomeReport
from matching.outcomes.reading import COLUMNS
from matching.scoring.applicant import ApplicantType

from .results import interviewed, made_before, matched
from .timing import SeasonTimes, season_times

KINDS = frozenset(get_args(ApplicantType))


class Line(NamedTuple):
    """One application of one report, as it is read."""

    report: int
    code: str
    season: str
    kind: str
    band: str
    ending: str
    program: str
    specialty: str
    result: str
    chance_season: str | None
    probability: float | None
    model: str | None
    made_at: datetime | None
    known_at: datetime | None


FIELDS = (
    "report_id", "report__code", "report__season", "report__applicant_type", "report__step2ck_band",
    "report__ending", "program_id", "program__specialty_id", "result", "chance__season",
    "chance__probability", "chance__model_version", "chance__made_at", "chance__known_at",
)  # fmt: skip


@dataclass
class Exported:
    """``rows`` written of ``people``; what was left out by reason."""

    rows: int = 0
    people: set[str] = field(default_factory=set)
    no_chance: int = 0
    late: int = 0
    kind_unsaid: int = 0
    twice: int = 0


def outcomes_export(reports: QuerySet[OutcomeReport], out: IO[str], *, today: date) -> Exported:
    """Write those of ``reports`` that may be counted, in one query however many."""
    done, writer = Exported(), csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    counted = reports.filter(consented_at__isnull=False).order_by()
    rows = Outcome.objects.filter(report__in=counted.values("pk"))
    rows = rows.order_by("report__created_at", "report_id", "pk")
    lines = (Line(*row) for row in rows.values_list(*FIELDS).iterator(chunk_size=5000))
    for row in _rows(lines, done, today):
        writer.writerow(row)
    return done


def _rows(lines: Iterable[Line], done: Exported, today: date) -> Iterator[tuple[object, ...]]:
    times_of = cache(season_times)
    seen: set[tuple[str, ...]] = set()
    kinds: dict[tuple[str, str], str] = {}
    for _, group in groupby(lines, key=lambda line: line.report):
        mine = list(group)
        times = times_of(mine[0].season)
        known = min((line.known_at.date() for line in mine if line.known_at), default=None)
        over = times.over(today)
        for line in mine:
            if _left_out(line, times, known, kinds, done):
                continue
            key = (line.code, line.season, line.program, str(line.model))
            if key in seen:
                done.twice += 1
                continue
            seen.add(key)
            done.rows += 1
            done.people.add(line.code)
            yield _row(line, over=over)


def _left_out(
    line: Line, times: SeasonTimes, known: date | None, kinds: dict[tuple[str, str], str], done: Exported
) -> bool:
    """Counted under its reason. A person is of one kind within a season: what her first report says."""
    if line.probability is None or not 0 < line.probability < 1 or line.chance_season != line.season:
        done.no_chance += 1
        return True
    made = line.made_at.date() if line.made_at else None
    if made is None or not made_before(made, first_known=known, reads=times.reads_day, week=times.week_day):
        done.late += 1
        return True
    if line.kind not in KINDS or kinds.setdefault((line.code, line.season), line.kind) != line.kind:
        done.kind_unsaid += 1
        return True
    return False


def _row(line: Line, *, over: bool) -> tuple[object, ...]:
    came, there = interviewed(line.result, over=over), matched(line.result, line.ending, over=over)
    told = ["" if value is None else value for value in (came, there)]
    return (
        line.code, line.program, line.season, line.model, line.probability, line.kind, line.specialty,
        line.band, *told,
    )  # fmt: skip


def exported_words(done: Exported) -> str:
    left = (
        (done.no_chance, "without a chance"),
        (done.late, "whose chance may be from after an answer"),
        (done.kind_unsaid, "of a person whose kind of graduate is not said"),
        (done.twice, "told on two lists"),
    )
    told = ", ".join(f"{count} {why}" for count, why in left if count)
    return f"{done.rows} rows of {len(done.people)} people. Left out: {told or 'none'}."
