"""A partner's own name for a request that creates something: asked again, the first answer comes again.

The name is written in the transaction that makes the object, the answer once it is there. A process that dies
in between leaves a name without an answer; whoever repeats the request then makes it from the object.
"""

import re
import zlib
from collections.abc import Callable, Mapping
from datetime import datetime

from django.http import HttpResponse
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from matching.api.errors import IdempotencyConflict
from matching.models import ApiKey, Cohort, IdempotencyKey, Match, Webhook

NAME = re.compile(r"[!-~]{1,255}")
SEALED_FOR = "answer to a partner"


def name_of(request: Request) -> str | None:
    """The Idempotency-Key of a request. Raises ParseError for one that is no name."""
    name = request.headers.get("Idempotency-Key")
    if name is not None and not NAME.fullmatch(name):
        raise ParseError("Idempotency-Key: 1 to 255 visible ASCII characters.")
    return name


def named_earlier(*, key: ApiKey, name: str, digest: str) -> IdempotencyKey | None:
    """What this name asked for before. Raises IdempotencyConflict where that was something else."""
    row = (
        IdempotencyKey.objects.select_related("match", "cohort", "webhook")
        .filter(api_key=key, name=name)
        .first()
    )
    if row is not None and row.request_digest != digest:
        raise IdempotencyConflict("This Idempotency-Key came with another body.")
    return row


def named_create(
    *,
    key: ApiKey,
    name: str,
    digest: str,
    now: datetime,
    match: Match | None = None,
    cohort: Cohort | None = None,
    webhook: Webhook | None = None,
) -> IdempotencyKey:
    """Give what a request made its name, inside the transaction that makes it.

    Raises IntegrityError where another request had the name first: that transaction has to be rolled back,
    the object with it, and the caller finds the other's with named_earlier.
    """
    return IdempotencyKey.objects.create(
        api_key=key,
        name=name,
        request_digest=digest,
        match=match,
        cohort=cohort,
        webhook=webhook,
        created_at=now,
    )


def named_answer(row: IdempotencyKey, make: Callable[[], tuple[int, bytes]]) -> tuple[int, bytes]:
    """Status and body of the first answer to this name; made, and kept for the next time, where none is yet.

    Whoever keeps its answer first wins, and all others answer that: the bytes are the same for everybody.
    """
    if row.answer is None:
        status, body = make()
        unanswered = IdempotencyKey.objects.filter(pk=row.pk, answer__isnull=True)
        if unanswered.update(status=status, answer=_pack(row, body)):
            return status, body
        kept = IdempotencyKey.objects.filter(pk=row.pk).first()
        if kept is None:  # deleted meanwhile, and what it named with it
            return status, body
        row = kept
    assert row.status is not None
    return row.status, _unpack(row)


def json_body(request: Request, data: object) -> bytes:
    """As any answer to this request would be written."""
    rendered = request.accepted_renderer.render(data, request.accepted_media_type, {})
    return rendered if isinstance(rendered, bytes) else rendered.encode()


def json_answer(status: int, body: bytes, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """Bytes that were written before, as they are."""
    return HttpResponse(body, status=status, content_type="application/json", headers=headers)


def _pack(row: IdempotencyKey, body: bytes) -> bytes:
    if row.webhook_id is None:
        return zlib.compress(body)
    from matching.secrets_box import seal  # noqa: PLC0415

    # The answer to a new webhook holds the key of its signatures.
    return zlib.compress(seal(body.decode(), purpose=SEALED_FOR).encode())


def _unpack(row: IdempotencyKey) -> bytes:
    body = zlib.decompress(bytes(row.answer or b""))
    if row.webhook_id is None:
        return body
    from matching.secrets_box import SealBroken, unseal  # noqa: PLC0415

    try:
        return unseal(body.decode(), purpose=SEALED_FOR).encode()
    except SealBroken:
        raise IdempotencyConflict("The first answer to this name can no longer be read.") from None
