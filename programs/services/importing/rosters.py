"""Rosters out of an import: each is compared, written and put back as a whole."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User

from programs.choices import SourceKind
from programs.importing.rows.common import Item, items_in
from programs.models import ImportBatch, ImportRow, Program, Roster
from programs.roster_rows import MOST_ROWS, ResidentRow
from programs.services.chunks import chunks
from programs.services.rosters import roster_delete, roster_rows, roster_write

Key = tuple[str, str]  # program and season
ADD, CHANGE, SAME, ERROR = (
    ImportRow.Verdict.ADD, ImportRow.Verdict.CHANGE, ImportRow.Verdict.SAME, ImportRow.Verdict.ERROR,
)  # fmt: skip


def rosters_of(batch: ImportBatch) -> dict[Key, list[tuple[int, Item]]]:
    """The rows that can be read, by the roster they belong to."""
    found: dict[Key, list[tuple[int, Item]]] = defaultdict(list)
    rows = batch.rows.exclude(verdict=ERROR).order_by("number").values_list("id", "result")
    for pk, result in rows.iterator(chunk_size=2000):
        for item in items_in(result):
            found[item["program"], item["season"]].append((pk, item))
    return found


def rosters_settle(batch: ImportBatch) -> bool:
    """Gives each roster's rows their verdict. True where one is another than before."""
    moved = False
    for key, rows in rosters_of(batch).items():
        verdict, fault = _verdict(key, [item for _, item in rows])
        if verdict == ERROR:
            faults = [["season", key[1], fault]]
        before = {item["verdict"] for _, item in rows}
        moved = moved or before != {verdict}
        for pk, item in rows:
            if item["verdict"] == verdict:
                continue
            item["verdict"] = verdict
            changed: dict[str, Any] = {"verdict": verdict, "result": {"items": [item]}}
            if verdict == ERROR:
                changed["faults"] = faults
            ImportRow.objects.filter(pk=pk).update(**changed)
    return moved


def _verdict(key: Key, items: list[Item]) -> tuple[str, str]:
    if len({repr(sorted(item["roster"].items())) for item in items}) > 1:
        return ERROR, "is the season of a roster whose rows name different sources: one roster has one source"
    if len(items) > MOST_ROWS:
        return ERROR, f"is the season of a roster of {len(items):,} residents; a program has fewer"
    held = Roster.objects.filter(program_id=key[0], season=key[1]).first()
    if held is None:
        return ADD, ""
    same = roster_told(held) == items[0]["roster"] and Counter(roster_rows(held)) == Counter(
        _residents(items)
    )
    return (SAME if same else CHANGE), ""


def roster_told(roster: Roster) -> dict[str, Any]:
    return {
        "url": roster.url, "source": roster.source, "source_kind": roster.source_kind,
        "observed_on": roster.observed_on.isoformat(), "complete": roster.complete,
    }  # fmt: skip


def _residents(items: list[Item]) -> list[ResidentRow]:
    return [ResidentRow(*item["resident"]) for item in items]


def rosters_apply(batch: ImportBatch, *, by: User | None, now: datetime) -> set[str]:
    """Writes each roster that says otherwise; the one there was is kept with its first row."""
    rosters = rosters_of(batch)
    programs = _programs({key[0] for key in rosters})
    for (program, season), rows in rosters.items():
        if rows[0][1]["verdict"] == SAME:
            continue
        held = Roster.objects.filter(program_id=program, season=season).first()
        before = {**roster_told(held), "rows": _values(held)} if held else None
        ImportRow.objects.filter(pk=rows[0][0]).update(held={"roster": before})
        items = [item for _, item in rows]
        _write(programs[program], season, items[0]["roster"], _residents(items), by, now, batch)
    return set()  # counted and settled one by one


def rosters_undo(batch: ImportBatch, *, by: User | None, now: datetime) -> Iterator[tuple[int, str]]:
    """Puts back what stood; (row, reason) for each roster that somebody changed since."""
    rosters = rosters_of(batch)
    programs = _programs({key[0] for key in rosters})
    for (program, season), rows in rosters.items():
        items = [item for _, item in rows]
        if items[0]["verdict"] == SAME:
            continue
        held = Roster.objects.filter(program_id=program, season=season).first()
        ours = held is not None and held.batch_id == batch.pk and roster_told(held) == items[0]["roster"]
        if held is None or not ours or Counter(roster_rows(held)) != Counter(_residents(items)):
            yield from ((pk, "The roster was changed or withdrawn since.") for pk, _ in rows)
            continue
        before = (ImportRow.objects.values_list("held", flat=True).get(pk=rows[0][0]) or {}).get("roster")
        if before is None:
            roster_delete(roster=held, user=by, now=now)
        else:
            former = [ResidentRow(*row) for row in before["rows"]]
            _write(programs[program], season, before, former, by, now, None)


def _write(
    program: Program,
    season: str,
    told: dict[str, Any],
    rows: list[ResidentRow],
    by: User | None,
    now: datetime,
    batch: ImportBatch | None,
) -> None:
    roster_write(
        program=program,
        season=season,
        rows=rows,
        complete=told["complete"],
        source_kind=SourceKind(told["source_kind"]),
        observed_on=date.fromisoformat(told["observed_on"]),
        url=told["url"],
        source=told["source"],
        user=by,
        now=now,
        batch=batch,
    )


def _values(roster: Roster) -> list[list[Any]]:
    return [[row.class_year, row.school, row.country, row.kind] for row in roster_rows(roster)]


def _programs(ids: set[str]) -> dict[str, Program]:
    return {program.pk: program for some in chunks(ids) for program in Program.objects.filter(pk__in=some)}
