"""Programs out of an import: new tracks, and columns that the desk then decides against the files."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from programs.importing.rows.common import Item, items_in
from programs.importing.verdicts import ADD
from programs.models import DataVersion, ImportBatch, ImportRow, Institution, Program, ProgramOverride
from programs.search import search_text
from programs.services.chunks import chunks
from programs.services.history import history_note, history_start
from programs.services.importing.facts import CHUNK, items_of
from programs.services.overrides import decided_set, decided_text

# Ids of programs that came by an import; those of the files end far below.
FIRST, LAST = 90_001, 99_999
COLUMNS = (
    "program_key", "acgme_id", "nrmp_code", "track", "name", "city", "county", "state", "aliases", "same_as",
    "retired_on", "search_text", "updated_at",
)  # fmt: skip


def _applied(batch: ImportBatch) -> datetime:
    assert batch.applied_at is not None  # only what was written is undone
    return batch.applied_at


class NoIdLeft(Exception):
    """Every id for imported programs is given: the files must take some over."""


def programs_apply(batch: ImportBatch, *, by: User | None, now: datetime, why: str) -> set[str]:
    """Writes new programs and decisions of the desk. Programs concerned."""
    over = batch.defaults.get("conflicts") == "beside"
    touched: set[str] = set()
    for items in items_of(batch):
        new = [item for item in items if item["verdict"] == ADD]
        touched |= _add(batch, new, by=by, now=now, why=why)
        decided = {
            item["program"]: {
                name: pair[1]
                for name, pair in {**item["held"]["fills"], **(item["held"]["over"] if over else {})}.items()
            }
            for item in items
            if item["verdict"] in ("change", "conflict")
        }
        decided = {program: said for program, said in decided.items() if said}
        reasons = {item["program"]: (item["reason"] or why, item["url"]) for item in items}
        _decide(decided, reasons, by=by, now=now, why=why)
        touched |= set(decided)
    return touched


def _add(batch: ImportBatch, items: list[Item], *, by: User | None, now: datetime, why: str) -> set[str]:
    if not items:
        return set()
    institutions = _institutions({item["files"]["institution"] for item in items})
    number = _next_id()
    programs = []
    for place, item in enumerate(items):
        if number + place > LAST:
            raise NoIdLeft
        programs.append(_program(f"sp{number + place:05d}", item, institutions, now, batch))
    Program.objects.bulk_create(programs, batch_size=CHUNK)
    history_note(Program, [program.pk for program in programs], kind="+", why=why, by=by)
    return {program.pk for program in programs}


def _next_id() -> int:
    given = Program.objects.filter(id__gte=f"sp{FIRST}", id__lte=f"sp{LAST}").order_by("-id")
    last = given.values_list("id", flat=True).first()
    return int(last[2:]) + 1 if last else FIRST


def _institutions(names: set[str]) -> dict[str, Institution]:
    known = set(Institution.objects.filter(name__in=names).values_list("name", flat=True))
    Institution.objects.bulk_create([Institution(name=name) for name in sorted(names - known)])
    return {row.name: row for row in Institution.objects.filter(name__in=names)}


def _program(
    pk: str, item: Item, institutions: dict[str, Institution], now: datetime, batch: ImportBatch
) -> Program:
    files, says = item["files"], item["says"]
    program = Program(
        id=pk,
        program_key=says.get("acgme_id") or pk,
        specialty_id=files["specialty"],
        institution=institutions[files["institution"]],
        listing_status=files["listing_status"],
        last_listed_year=int(files["last_listed_year"]) if "last_listed_year" in files else None,
        latitude=float(files["latitude"]) if "latitude" in files else None,
        longitude=float(files["longitude"]) if "longitude" in files else None,
        seen_in=f"import {str(batch.pk)[:8]}",
        updated_at=now,
        track="unknown",
    )
    for column, text in says.items():
        decided_set(program, column, text)
    _searchable(program)
    return program


def _searchable(program: Program) -> None:
    program.search_text = search_text(
        program.name, program.aliases, program.institution.name, program.city, program.pk, program.acgme_id,
        program.nrmp_code,
    )  # fmt: skip


def _decide(
    decided: dict[str, dict[str, str]],
    reasons: dict[str, tuple[str, str]],
    *,
    by: User | None,
    now: datetime,
    why: str,
) -> None:
    """A decision for each column, in the place of one that stood, and the columns themselves."""
    programs = _held(decided)
    standing = _standing(decided)
    made = []
    for pk, columns in decided.items():
        reason, url = reasons[pk]
        for column, text in columns.items():
            before = standing.get((pk, column))
            was = before.was if before else decided_text(programs[pk], column)
            decision = ProgramOverride(program_id=pk, field=column, value=text, was=was, by=by, at=now)
            decision.reason, decision.url = reason[:300], url
            made.append(decision)
            decided_set(programs[pk], column, text)
    for some in chunks({before.pk for before in standing.values()}):
        ProgramOverride.objects.filter(pk__in=some).update(ended_at=now, ended_by=by)
    ProgramOverride.objects.bulk_create(made, batch_size=CHUNK)
    _write(programs, by=by, now=now, why=why)


def _standing(decided: dict[str, dict[str, str]]) -> dict[tuple[str, str], ProgramOverride]:
    """Decisions that stand on the columns, which end with these."""
    return {
        (row.program_id, row.field): row
        for some in chunks(set(decided))
        for row in ProgramOverride.objects.filter(program__in=some, ended_at=None)
        if row.field in decided[row.program_id]
    }


def _held(ids: Collection[str]) -> dict[str, Program]:
    return {
        program.pk: program
        for some in chunks(ids)
        for program in Program.objects.filter(pk__in=some).select_related("institution")
    }


def _write(programs: dict[str, Program], *, by: User | None, now: datetime, why: str) -> None:
    """Codes may move from one track to another: they are freed first, or the unique constraints object."""
    history_start(Program, programs)
    for some in chunks(programs):
        Program.objects.filter(pk__in=some).update(nrmp_code=None, acgme_id=None)
    for program in programs.values():
        program.updated_at = now
        _searchable(program)
    Program.objects.bulk_update(
        programs.values(), [name for name in COLUMNS if name != "program_key"], batch_size=200
    )
    history_note(Program, programs, kind="~", why=why, by=by)


def programs_undo(
    batch: ImportBatch, *, by: User | None, now: datetime, why: str, touched: set[str]
) -> Iterator[tuple[int, str]]:
    """Ends its decisions and takes back its programs; (row, reason) where another decided since."""
    rows = batch.rows.exclude(verdict__in=("error", "same")).order_by("number")
    for row in rows.iterator(chunk_size=CHUNK):
        for item in items_in(row.result):
            if item["verdict"] == ADD:
                yield from _take_back(row, item, batch, by=by, now=now, why=why, touched=touched)
            elif item["program"]:
                yield from _give_back(row, item, batch, by=by, now=now, why=why, touched=touched)


def _give_back(
    row: ImportRow,
    item: Item,
    batch: ImportBatch,
    *,
    by: User | None,
    now: datetime,
    why: str,
    touched: set[str],
) -> Iterator[tuple[int, str]]:
    program = Program.objects.select_related("institution").get(pk=item["program"])
    for column in {**item["held"]["fills"], **item["held"]["over"]}:
        ours = ProgramOverride.objects.filter(program=program, field=column, at=_applied(batch)).first()
        if ours is None:
            continue  # left out as the whole import had it
        if ours.ended_at is not None or decided_text(program, column) != ours.value:
            yield row.pk, f"The {column} was decided otherwise since."
            continue
        ProgramOverride.objects.filter(pk=ours.pk).update(ended_at=now, ended_by=by)
        before = ProgramOverride.objects.filter(
            program=program, field=column, ended_at=_applied(batch)
        ).first()
        if before is not None:
            again: dict[str, Any] = {
                "reason": before.reason,
                "url": before.url,
                "by": before.by,
                "was": before.was,
            }
            ProgramOverride.objects.create(program=program, field=column, value=before.value, at=now, **again)
        decided_set(program, column, before.value if before else ours.was)
        touched.add(program.pk)
    if program.pk in touched:
        _write({program.pk: program}, by=by, now=now, why=why)


def _take_back(
    row: ImportRow,
    item: Item,
    batch: ImportBatch,
    *,
    by: User | None,
    now: datetime,
    why: str,
    touched: set[str],
) -> Iterator[tuple[int, str]]:
    """A program that nobody has seen goes again; one that is published, or bears facts, is only retired."""
    seen_in = f"import {str(batch.pk)[:8]}"
    says = item["says"]
    codes = {name: says[name] for name in ("acgme_id", "nrmp_code") if name in says}
    program = Program.objects.select_related("institution").filter(seen_in=seen_in, **codes).first()
    if program is None:
        yield row.pk, "The program it added bears other codes now."
        return
    published = DataVersion.objects.filter(publications__published_at__gte=_applied(batch)).exists()
    if (
        not published
        and not program.facts.exists()
        and not program.overrides.exists()
        and not program.rosters.exists()
    ):
        history_note(Program, [program.pk], kind="-", why=why, by=by)
        Program.objects.filter(pk=program.pk).delete()
        return
    touched.add(program.pk)
    _decide(
        {program.pk: {"retired_on": now.date().isoformat()}}, {program.pk: (why, "")}, by=by, now=now, why=why
    )
    yield row.pk, "The program it added is published or bears facts by now: it is retired, not taken away."
