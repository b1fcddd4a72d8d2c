"""Storing an answer for a key, once for each name the partner gives the request."""

import hashlib
import re

import orjson
from django.db import IntegrityError, transaction
from django.utils import timezone
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from matching.api.errors import IdempotencyConflict
from matching.api.request import MatchQuestion
from matching.models import ApiKey, IdempotencyKey, Match
from matching.services import match_start

NAME = re.compile(r"[!-~]{1,255}")


def idempotency_name(request: Request) -> str | None:
    """The Idempotency-Key of a request. Raises ParseError for one that is no name."""
    name = request.headers.get("Idempotency-Key")
    if name is not None and not NAME.fullmatch(name):
        raise ParseError("Idempotency-Key: 1 to 255 visible ASCII characters.")
    return name


def match_store(*, question: MatchQuestion, key: ApiKey, name: str | None) -> Match:
    """The key's match for the question; the earlier one where this name asked the same before.

    Raises IdempotencyConflict where the name asked something else.
    """
    if name is None:
        return match_start(profile=question.profile, options=question.options, api_key=key)
    digest = _digest(question)
    if (earlier := _earlier(key, name, digest)) is not None:
        return earlier
    try:
        with transaction.atomic():
            match = match_start(profile=question.profile, options=question.options, api_key=key)
            IdempotencyKey.objects.create(
                api_key=key, name=name, request_digest=digest, match=match, created_at=timezone.now()
            )
    except IntegrityError:  # the same request came twice at once, and the other was first
        if (earlier := _earlier(key, name, digest)) is None:
            raise
        return earlier
    return match


def _earlier(key: ApiKey, name: str, digest: str) -> Match | None:
    row = IdempotencyKey.objects.select_related("match").filter(api_key=key, name=name).first()
    if row is not None and row.request_digest != digest:
        raise IdempotencyConflict("This Idempotency-Key came with another body.")
    return row.match if row else None


def _digest(question: MatchQuestion) -> str:
    """Of what was asked, not of how it was written down."""
    asked = {
        "profile": question.profile.model_dump(mode="json"),
        "options": question.options.model_dump(mode="json"),
    }
    return hashlib.sha256(orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)).hexdigest()
