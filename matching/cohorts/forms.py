"""The three forms many applicants may come in, by media type."""

from typing import Literal, Protocol

Form = Literal["json", "jsonl", "csv"]
FORMS: dict[str, Form] = {
    "application/json": "json",
    "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
    "text/csv": "csv",
}


class Readable(Protocol):
    """A stream that is read forward, once."""

    def read(self, size: int = -1, /) -> bytes: ...
