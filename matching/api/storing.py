"""Storing an answer for a key, once for each name the partner gives the request."""

import hashlib
from datetime import datetime
from typing import NamedTuple

import orjson
from django.conf import settings
from django.db import IntegrityError, transaction

from matching.api.answering import answer_now
from matching.api.idempotency import named_create, named_earlier
from matching.api.request import MatchQuestion
from matching.models import ApiKey, IdempotencyKey, Match
from matching.services import match_start


class Stored(NamedTuple):
    """A key's match, and the name it was asked for by where there is one."""

    match: Match
    named: IdempotencyKey | None


def match_store(*, question: MatchQuestion, key: ApiKey, name: str | None, now: datetime) -> Stored:
    """The key's match for the question; the earlier one where this name asked the same before.

    Raises IdempotencyConflict where the name asked something else, RequestInvalid for what no list can hold.
    """
    if name is None:
        _refuse_what_cannot_be(question)
        return Stored(match_start(profile=question.profile, options=question.options, api_key=key), None)
    digest = _digest(question)
    if (earlier := _earlier(key, name, digest)) is not None:
        return earlier
    _refuse_what_cannot_be(question)
    try:
        with transaction.atomic():
            match = match_start(profile=question.profile, options=question.options, api_key=key)
            return Stored(match, named_create(key=key, name=name, digest=digest, now=now, match=match))
    except IntegrityError:  # the same request came twice at once, and the other was first
        if (earlier := _earlier(key, name, digest)) is None:
            raise
        return earlier


def _earlier(key: ApiKey, name: str, digest: str) -> Stored | None:
    row = named_earlier(key=key, name=name, digest=digest)
    if row is None or row.match is None:
        return None
    return Stored(row.match, row)


def _refuse_what_cannot_be(question: MatchQuestion) -> None:
    if question.options.must_include:
        answer_now(question, season=settings.SEASON)


def _digest(question: MatchQuestion) -> str:
    """Of what was asked, not of how it was written down."""
    asked = {
        "profile": question.profile.model_dump(mode="json"),
        "options": question.options.model_dump(mode="json"),
    }
    return hashlib.sha256(orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)).hexdigest()
