"""What may be asked for by Accept. Lines are written as they are read from the database, never by a renderer:
these say which media types there are."""

from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import BaseRenderer


class LinesRenderer(BaseRenderer):
    charset = None
    render_style = "binary"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return b""


class JsonlRenderer(LinesRenderer):
    media_type = "application/jsonl"
    format = "jsonl"


class NdjsonRenderer(LinesRenderer):
    """The same lines under the other name they go by."""

    media_type = "application/x-ndjson"
    format = "ndjson"


class CsvRenderer(LinesRenderer):
    media_type = "text/csv"
    format = "csv"


LINES = (JsonlRenderer, NdjsonRenderer, CsvRenderer)
