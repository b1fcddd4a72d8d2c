"""The file itself, kept in compressed pieces in the database: the one place that web and worker share."""

import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from programs.models import ImportBatch, ImportPart

PIECE = 1 << 20


def pieces(source: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one size."""
    waiting = bytearray()
    for chunk in source:
        waiting += chunk
        while len(waiting) >= PIECE:
            yield bytes(waiting[:PIECE])
            del waiting[:PIECE]
    if waiting:
        yield bytes(waiting)


def file_digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as source:
        while piece := source.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def parts_keep(batch: ImportBatch, path: Path) -> None:
    with path.open("rb") as source:
        number = 0
        while piece := source.read(PIECE):
            ImportPart.objects.create(batch=batch, number=number, data=zlib.compress(piece, 6))
            number += 1


@contextmanager
def file_laid(batch: ImportBatch) -> Iterator[Path]:
    """The file as it was handed in, in a folder that goes when it was read."""
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        path = Path(folder) / "file"
        with path.open("wb") as target:
            for data in batch.parts.order_by("number").values_list("data", flat=True).iterator(chunk_size=1):
                target.write(zlib.decompress(bytes(data)))
        yield path
