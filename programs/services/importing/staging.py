"""Rows of a file into rows of the import, in steps: each can end anywhere and another goes on behind it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from time import monotonic

from django.db import transaction
from django.utils import timezone

from programs.importing.intake.layout import FileRow, Layout
from programs.importing.intake.limits import FileUnreadable
from programs.importing.intake.tables import table_rows
from programs.importing.rows.common import Item, Read, items_in
from programs.importing.verdicts import ERROR, worst
from programs.models import ImportBatch, ImportRow
from programs.services.importing.claim import ImportClaim, import_let_go, import_renew
from programs.services.importing.exporting import unguarded
from programs.services.importing.parts import file_laid
from programs.services.importing.reading import READERS, Settler, item_keys, reader_make
from programs.services.importing.rosters import rosters_settle

State = ImportBatch.State
CHUNK = 500
Between = Callable[[], None]


def rows_stage(*, claim: ImportClaim, batch: ImportBatch, seconds: float, between: Between) -> bool:
    """Reads on from the last row that is in, for about so long. True where the file is at its end.

    A step takes at least one chunk, so that it comes forward however long the way there is.
    """
    with file_laid(batch) as path:
        try:
            return _stage(claim, batch, path, seconds, between)
        except FileUnreadable as fault:
            import_let_go(claim, state=State.FAILED, reason=_reason(fault))
            return True


def _reason(fault: FileUnreadable) -> str:
    words = str(fault)
    return f"The file cannot be read: {words}."[:300]


def _stage(claim: ImportClaim, batch: ImportBatch, path: Path, seconds: float, between: Between) -> bool:
    stage = Stage(batch)
    rows = table_rows(path, Layout.of(batch.layout), after=batch.rows_read)
    until: float | None = None
    while chunk := list(islice(_watched(rows, claim, between), CHUNK)):
        until = until or monotonic() + seconds
        stage.chunk(claim, chunk)
        between()
        if monotonic() > until:
            import_let_go(claim)
            return False
    if batch.kind == ImportBatch.Kind.ROSTERS:
        rosters_settle(batch)
    total = batch.counts.get("rows", 0)
    if not total:
        raise FileUnreadable("no row follows the header")
    batch.counts.update(_verdicts(batch))
    import_let_go(claim, state=State.READY, rows_total=total, counts=batch.counts)
    return True


def _watched(rows: Iterable[FileRow], claim: ImportClaim, between: Between) -> Iterator[FileRow]:
    """To come back to where another stopped takes a while in a workbook: the lease is kept meanwhile."""
    at = monotonic()
    for row in rows:
        if monotonic() - at > 5:
            import_renew(claim, now=timezone.now())
            between()
            at = monotonic()
        yield row


def _verdicts(batch: ImportBatch) -> dict[str, int]:
    counted = Counter(batch.rows.values_list("verdict", flat=True).iterator(chunk_size=5000))
    return {verdict: counted[verdict] for verdict in ImportRow.Verdict.values}


class Stage:
    """Knows what the rows before have said: what stands twice in a file is a fault of the second."""

    def __init__(self, batch: ImportBatch) -> None:
        self.batch = batch
        self.reader = reader_make(batch)
        self.settler = Settler(batch.kind)
        self.columns = {column: place for place, column in enumerate(batch.layout["columns"])}
        self.seen: dict[bytes, int] = {}
        held = batch.rows.exclude(verdict=ERROR).order_by("number").values_list("number", "result")
        for number, result in held.iterator(chunk_size=2000):
            self._remember(number, items_in(result))

    def _remember(self, number: int, items: list[Item]) -> None:
        for item in items:
            if item["verdict"] == ImportRow.Verdict.CHANGE and self.batch.kind == ImportBatch.Kind.FACTS:
                self.settler.taken.add(item["held"]["id"])
            for key in item_keys(self.batch.kind, item):
                self.seen.setdefault(_short(key), number)

    def chunk(self, claim: ImportClaim, rows: list[FileRow]) -> None:
        """Reads a chunk and writes it with how far it is: both or neither. Raises ImportClaimLost."""
        read = [self._read(row) for row in rows]
        settled = self.settler.settle([said.items for _, said in read])
        staged = [
            self._row(row, cells, said, items)
            for row, (cells, said), items in zip(rows, read, settled, strict=True)
        ]
        counts = self.batch.counts
        for row in staged:
            counts[row.verdict] = counts.get(row.verdict, 0) + 1
        counts["rows"] = counts.get("rows", 0) + len(staged)
        counts["tries"] = 0
        self.batch.rows_read = rows[-1].number
        with transaction.atomic():
            # The claim first: on PostgreSQL this locks the row, and a stranger's rows never come in beside.
            import_renew(claim, now=timezone.now(), rows_read=self.batch.rows_read, counts=counts)
            ImportRow.objects.bulk_create(staged)

    def _read(self, row: FileRow) -> tuple[dict[str, str], Read]:
        cells = {field: row.cells[self.columns[column]] for field, column in self.batch.mapping.items()}
        by_place = {self.columns[column]: field for field, column in self.batch.mapping.items()}
        faults = [
            (by_place.get(place, ""), row.cells[place][:200] if place in by_place else "", reason)
            for place, reason in row.faults
            if place in by_place or place < 0
        ]
        if faults:
            return cells, Read(faults=faults)
        cells = {field: unguarded(" ".join(text.split())) for field, text in cells.items()}
        return cells, self._once(row.number, READERS[self.batch.kind](cells, self.reader))

    def _once(self, number: int, read: Read) -> Read:
        for item in read.items:
            for key in item_keys(self.batch.kind, item):
                first = self.seen.setdefault(_short(key), number)
                if first != number:
                    read.faults.append(
                        ("", "", f"says the same as row {first}, or speaks of the same program")
                    )
                    read.items = []
                    return read
        return read

    def _row(self, row: FileRow, cells: dict[str, str], read: Read, items: list[Item]) -> ImportRow:
        return ImportRow(
            batch_id=self.batch.pk,
            number=row.number,
            verdict=ERROR if read.faults else worst(item["verdict"] for item in items),
            program_id=read.program or None,
            cells={field: text[:500] for field, text in cells.items() if text},
            faults=[list(fault) for fault in read.faults],
            result={"items": items},
        )


def _short(key: str) -> bytes:
    return blake2b(key.encode(), digest_size=8).digest()
