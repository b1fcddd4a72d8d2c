"""Writing an import and undoing it: one transaction each, through the same rules as by hand."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.models import User
from django.db import connection, transaction

from programs.choices import CheckState
from programs.importing.rows.common import Item, items_in
from programs.importing.verdicts import ERROR, VALUES, worst
from programs.models import ImportBatch, ImportRow, Program, ProgramFact, ProgramOverride, Roster
from programs.services.checking import programs_settle
from programs.services.importing.claim import LONG_LEASE, ImportClaim, import_let_go, import_renew
from programs.services.importing.facts import CHUNK, checks_keep, facts_apply, facts_undo
from programs.services.importing.reading import Settler
from programs.services.importing.rosters import rosters_apply, rosters_settle, rosters_undo
from programs.services.importing.tracks import NoIdLeft, programs_apply, programs_undo

State, Kind = ImportBatch.State, ImportBatch.Kind
MOVED = "{} changed since the file was read, so nothing was written. Look at them again below."
FULL = "No id is left for a new program: 9,999 came by imports already."


def reason_of(batch: ImportBatch) -> str:
    return f"Import {batch.file_name}"[:88] + f" ({str(batch.pk)[:8]})"


def import_apply(*, claim: ImportClaim, batch: ImportBatch, now: datetime) -> None:
    """Writes all of it or nothing. Where the catalogue changed under the preview, rows are judged anew and
    the import waits for another look. Raises ImportClaimLost."""
    import_renew(claim, now=now, lease=LONG_LEASE)
    try:
        with transaction.atomic():
            import_renew(claim, now=now, lease=LONG_LEASE)  # holds the row: who would claim it waits
            _alone()
            moved = rows_recheck(batch)
            if moved:
                words = f"{moved:,} {'row' if moved == 1 else 'rows'}"
                import_let_go(claim, state=State.READY, reason=MOVED.format(words), counts=_counted(batch))
                return
            _write(batch, now)
            import_let_go(claim, state=State.APPLIED, applied_at=now, reason="", counts=batch.counts)
            batch.parts.all().delete()
    except NoIdLeft:
        import_let_go(claim, state=State.FAILED, reason=FULL)


def _alone() -> None:
    """SQLite has one writer anyway; on PostgreSQL nobody else writes meanwhile. All may read."""
    if connection.vendor == "postgresql":
        tables = ", ".join(model._meta.db_table for model in (Program, ProgramFact, ProgramOverride, Roster))
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")


def _write(batch: ImportBatch, now: datetime) -> None:
    by, why = batch.applied_by, reason_of(batch)
    if batch.kind == Kind.FACTS:
        checks_keep(batch)
        touched = facts_apply(batch, by=by, now=now, why=why)
    elif batch.kind == Kind.PROGRAMS:
        touched = programs_apply(batch, by=by, now=now, why=why)
    else:
        touched = rosters_apply(batch, by=by, now=now)
    programs_settle(touched, now=now)
    batch.counts["waiting"] = batch.facts.filter(check_state=CheckState.WAITING).count()
    batch.counts["programs"] = len(touched) or _concerned(batch)


def _concerned(batch: ImportBatch) -> int:
    return batch.rows.exclude(verdict=ERROR).values("program").distinct().count()


def rows_recheck(batch: ImportBatch) -> int:
    """Gives every row its verdict anew; how many are judged otherwise than the preview showed."""
    if batch.kind == Kind.ROSTERS:
        return batch.rows.exclude(verdict=ERROR).count() if rosters_settle(batch) else 0
    settler, moved = Settler(batch.kind), 0
    rows = batch.rows.exclude(verdict=ERROR).order_by("number").only("id", "verdict", "result", "number")
    for chunk in _chunked(rows.iterator(chunk_size=CHUNK)):
        anew = settler.settle([[_bare(item) for item in items_in(row.result)] for row in chunk])
        for row, items in zip(chunk, anew, strict=True):
            if [_mark(item) for item in items] != [_mark(item) for item in items_in(row.result)]:
                moved += 1
                ImportRow.objects.filter(pk=row.pk).update(
                    verdict=worst(item["verdict"] for item in items), result={"items": items}
                )
    return moved


def _chunked(rows: Iterator[ImportRow]) -> Iterator[list[ImportRow]]:
    chunk: list[ImportRow] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) >= CHUNK // 2:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _bare(item: Item) -> Item:
    return {name: value for name, value in item.items() if name not in ("verdict", "held", "counts")}


def _mark(item: Item) -> object:
    """What of a verdict the reader saw: not which of ours is current, which others may move."""
    held = item["held"]
    if not held or "id" not in held:
        return item["verdict"], held
    return item["verdict"], held["id"], [held.get(name) for name in VALUES]


def _counted(batch: ImportBatch) -> dict[str, int]:
    found = Counter(batch.rows.values_list("verdict", flat=True).iterator(chunk_size=5000))
    return {**batch.counts, "tries": 0, **{name: found[name] for name in ImportRow.Verdict.values}}


def import_undo(*, claim: ImportClaim, batch: ImportBatch, now: datetime) -> None:
    """Puts back what stood, and says row by row what somebody changed since and so stays. Raises
    ImportClaimLost."""
    import_renew(claim, now=now, lease=LONG_LEASE)
    by, why = batch.undone_by, f"Undone: {reason_of(batch)}"
    with transaction.atomic():
        import_renew(claim, now=now, lease=LONG_LEASE)
        _alone()
        touched: set[str] = set()
        kept = dict(_undone(batch, by, now, why, touched))
        programs_settle(touched, now=now)
        _kept_note(kept)
        counts = {**batch.counts, "kept": len(kept), "tries": 0}
        import_let_go(claim, state=State.UNDONE, undone_at=now, counts=counts)


def _undone(
    batch: ImportBatch, by: User | None, now: datetime, why: str, touched: set[str]
) -> Iterator[tuple[int, str]]:
    if batch.kind == Kind.FACTS:
        return facts_undo(batch, by=by, now=now, why=why, touched=touched)
    if batch.kind == Kind.PROGRAMS:
        return programs_undo(batch, by=by, now=now, why=why, touched=touched)
    return rosters_undo(batch, by=by, now=now)


def _kept_note(kept: dict[int, str]) -> None:
    for row in ImportRow.objects.filter(pk__in=kept) if kept else ():
        row.faults = [["", "", kept[row.pk]]]
        row.save(update_fields=["faults"])
