"""Pages by cursor: {"next", "previous", "results"}."""

from typing import Any

from django.core.signing import BadSignature, Signer
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

PAGE_SIZE = 25
MAX_PAGE_SIZE = 200


class ApiCursorPagination(CursorPagination):
    """A view or its filter gives the ordering, which must end in something unique.

    Cursors are signed for their ordering: one made up, or taken from another ordering, is a fault of the
    caller's and never reaches the database.
    """

    page_size = PAGE_SIZE
    page_size_query_param = "page_size"
    max_page_size = MAX_PAGE_SIZE
    ordering = "id"

    def get_page_size(self, request: Request) -> int:
        text = _once(request, "page_size")
        if text is None:
            return PAGE_SIZE
        if text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= MAX_PAGE_SIZE:
            return int(text)
        raise ValidationError({"page_size": f"A whole number from 1 to {MAX_PAGE_SIZE}."}, code="page_size")

    def decode_cursor(self, request: Request) -> Cursor | None:
        text = _once(request, self.cursor_query_param)
        if text is None:
            return None
        try:
            offset, reverse, position = self._signer().unsign_object(text)
        except BadSignature:
            raise ValidationError(
                {"cursor": "Not a cursor of this list and ordering: take it from next or previous."},
                code="cursor",
            ) from None
        return Cursor(offset, reverse, position)

    def encode_cursor(self, cursor: Cursor) -> str:
        signed = self._signer().sign_object([cursor.offset, cursor.reverse, cursor.position])
        return str(replace_query_param(self.base_url or "", self.cursor_query_param, signed))

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "additionalProperties": False,
            "required": ["next", "previous", "results"],
            "properties": {
                "next": {**link, "description": "Address of the next page; null on the last."},
                "previous": {**link, "description": "Address of the page before; null on the first."},
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        cursor, size = super().get_schema_operation_parameters(view)
        size["schema"] = {
            "type": "integer",
            "minimum": 1,
            "maximum": MAX_PAGE_SIZE,
            "default": PAGE_SIZE,
        }
        return [cursor, size]

    def _signer(self) -> Signer:
        return Signer(salt=f"cursor of {','.join(self.ordering)}")


def _once(request: Request, name: str) -> str | None:
    values: list[str] = request.query_params.getlist(name)
    if len(values) > 1:
        raise ValidationError({name: "May be given once."}, code="repeated")
    return values[0] if values else None
