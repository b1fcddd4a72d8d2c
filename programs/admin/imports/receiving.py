"""Taking in a file: what is too large is refused by its declared size, and again by what really comes."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

MB = 1024 * 1024
FORM_BYTES = 64 * 1024  # the other fields and the form's own marks
PIECE = 64 * 1024
MOST_DRAINED = 300 * MB


class TooLarge(Exception):
    """More than is taken; ``str`` of it is the sentence to show."""

    def __init__(self) -> None:
        super().__init__(
            f"The file is larger than {settings.IMPORT_MAX_MB} MB, which is the most that is taken. "
            "Part it into several files, or save a workbook with fewer sheets."
        )


class LimitedHandler(TemporaryFileUploadHandler):
    """Onto the disk and never into memory; at the limit it lets the rest go by unread."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.received = 0
        self.too_large = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > settings.IMPORT_MAX_MB * MB:
            self.too_large = True
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)


def declared_check(request: HttpRequest) -> None:
    """By the length that the request declares. Raises TooLarge before a byte of it is kept."""
    try:
        declared = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        declared = 0
    if declared > settings.IMPORT_MAX_MB * MB + FORM_BYTES:
        _drain(request, declared)
        raise TooLarge


def _drain(request: HttpRequest, declared: int) -> None:
    """Lets what is on its way go by in small pieces: a browser reads no answer before it has sent all."""
    left = min(declared, MOST_DRAINED)
    while left > 0 and (piece := request.read(min(PIECE, left))):
        left -= len(piece)


def limit_set(request: HttpRequest) -> LimitedHandler:
    handler = LimitedHandler(request)
    request.upload_handlers = [handler]
    return handler


@contextmanager
def upload_laid(upload: "UploadedFile[Any]") -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="upload-") as folder:
        path = Path(folder) / "file"
        with path.open("wb") as target:
            for piece in upload.chunks():
                target.write(piece)
        yield path
