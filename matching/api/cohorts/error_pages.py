"""Errors of a cohort as pages of a list. They lie in the chunks, so a page is found by its first line."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, cast

import orjson
from django.core.signing import BadSignature, Signer
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.utils.urls import replace_query_param

from matching.cohorts.results import errors_jsonl
from matching.cohorts.selectors import chunk_blobs, chunks_ready
from matching.models import Cohort
from programs.api_query import Parameters, faults_raise

Row = dict[str, Any]
NOT_A_CURSOR = "Not a cursor of this list: take it from next or previous."


def errors_page(request: Request, cohort: Cohort) -> dict[str, Any]:
    """Raises ValidationError for parameters that are none."""
    parameters = Parameters(request.query_params)
    parameters.unknown_refused()
    paginator = cast(Any, api_settings.DEFAULT_PAGINATION_CLASS)()
    pages = _Pages(request, cohort)
    faults_raise(parameters, lambda: paginator.get_page_size(request), pages.cursor)
    backwards, line = pages.cursor()
    size = paginator.get_page_size(request)
    rows = _before(cohort, line, size + 1) if backwards else _after(cohort, line, size + 1)
    more = len(rows) > size
    rows = rows[1:] if more and backwards else rows[:size]
    behind, before = (True, more) if backwards else (more, line > 0)
    return {
        "next": pages.link(backwards=False, line=rows[-1]["line"]) if behind and rows else None,
        "previous": pages.link(backwards=True, line=rows[0]["line"]) if before and rows else None,
        "results": rows,
    }


class _Pages:
    """Cursors are signed for their cohort: a direction, and the line it starts from."""

    def __init__(self, request: Request, cohort: Cohort) -> None:
        self.request = request
        self.signer = Signer(salt=f"cursor of errors of {cohort.pk}")

    def cursor(self) -> tuple[bool, int]:
        text = self.request.query_params.get("cursor")
        if text is None:
            return False, 0
        try:
            backwards, line = self.signer.unsign_object(text)
        except BadSignature:
            raise ValidationError({"cursor": NOT_A_CURSOR}, code="cursor") from None
        return bool(backwards), int(line)

    def link(self, *, backwards: bool, line: int) -> str:
        signed = self.signer.sign_object([backwards, line])
        return str(replace_query_param(self.request.build_absolute_uri(), "cursor", signed))


def _after(cohort: Cohort, line: int, count: int) -> list[Row]:
    ready = chunks_ready(cohort, after=line).filter(rejected__gt=0)
    rows = _rows(chunk_blobs(ready, field="errors"))
    return list(islice((row for row in rows if row["line"] > line), count))


def _before(cohort: Cohort, line: int, count: int) -> list[Row]:
    ready = chunks_ready(cohort).filter(rejected__gt=0, first_line__lt=line)
    rows = _rows(chunk_blobs(ready, field="errors", descending=True), descending=True)
    return list(islice((row for row in rows if row["line"] < line), count))[::-1]


def _rows(blobs: Iterable[bytes], *, descending: bool = False) -> Iterator[Row]:
    for blob in blobs:
        lines = b"".join(errors_jsonl([blob])).splitlines()
        for line in reversed(lines) if descending else lines:
            yield orjson.loads(line)
