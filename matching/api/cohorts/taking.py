"""Taking a cohort in, once for each name the partner gives the request."""

import hashlib
from datetime import datetime
from typing import NamedTuple

import orjson
from django.conf import settings
from django.db import IntegrityError, transaction

from matching.api.cohorts.body import Body, digest_of
from matching.api.cohorts.document import ask_again, cohort_told
from matching.api.cohorts.refusals import CohortsEnough
from matching.api.errors import PartDown
from matching.api.idempotency import named_answer, named_create, named_earlier
from matching.cohorts.running import cohort_eta, cohort_open, cohorts_open_of
from matching.cohorts.staging import Staged, cohort_stage
from matching.models import ApiKey, Cohort, IdempotencyKey


class Taken(NamedTuple):
    """The first answer to an upload: which cohort it made, and the bytes that told of it."""

    cohort: Cohort
    status: int
    content: bytes


def cohort_take(*, body: Body, key: ApiKey, name: str | None, now: datetime) -> Taken:
    """The key's cohort of this body; the earlier one where this name sent the same before.

    Raises IdempotencyConflict where it sent something else, CohortsEnough, and what staging raises; then
    nothing of the upload is kept.
    """
    if name is not None and IdempotencyKey.objects.filter(api_key=key, name=name).exists():
        return _again(key=key, name=name, digest=_digest(body.form, digest_of(body.stream)), now=now)
    _room_look(key, now)
    staged = cohort_stage(stream=body.stream, form=body.form, key=key, now=now)
    digest = _digest(body.form, staged.digest)
    try:
        return _open(staged, key=key, name=name, digest=digest, now=now)
    except IntegrityError:  # the same request came twice at once, and the other was first
        _drop(staged.cohort)
        if name is None:
            raise
        return _again(key=key, name=name, digest=digest, now=now)
    except BaseException:
        _drop(staged.cohort)
        raise


@transaction.atomic
def _open(staged: Staged, *, key: ApiKey, name: str | None, digest: str, now: datetime) -> Taken:
    cohort = staged.cohort
    # One after the other: of two at once only one may be the last for which there is room.
    ApiKey.objects.select_for_update().get(pk=key.pk)
    row = named_create(key=key, name=name, digest=digest, now=now, cohort=cohort) if name else None
    _room_look(key, now)
    cohort_open(cohort=cohort, now=now)
    return _told(cohort, row, now=now)


def _again(*, key: ApiKey, name: str, digest: str, now: datetime) -> Taken:
    row = named_earlier(key=key, name=name, digest=digest)
    if row is None:  # it went while this body was read
        raise PartDown("What this Idempotency-Key named has just been erased. Send it again.")
    assert row.cohort is not None
    return _told(row.cohort, row, now=now)


def _told(cohort: Cohort, row: IdempotencyKey | None, *, now: datetime) -> Taken:
    def make() -> tuple[int, bytes]:
        return 202, orjson.dumps(cohort_told(cohort, now=now)[0])

    return Taken(cohort, *(make() if row is None else named_answer(row, make)))


def _room_look(key: ApiKey, now: datetime) -> None:
    """Raises CohortsEnough, with the time until the first of them may be done."""
    most = settings.COHORTS_AT_ONCE
    if cohorts_open_of(key) < most:
        return
    oldest = Cohort.objects.filter(api_key=key, state__in=Cohort.OPEN).order_by("created_at").first()
    raise CohortsEnough(most, wait=ask_again(cohort_eta(oldest, now=now) if oldest else None))


def _digest(form: str, digest: str) -> str:
    """The same bytes said to be of another form ask for something else, and so does another operation."""
    return hashlib.sha256(f"cohort {form} {digest}".encode()).hexdigest()


def _drop(cohort: Cohort) -> None:
    """Its chunks first, by one statement: they are many, and nothing else points to them."""
    with transaction.atomic():
        cohort.chunks.all()._raw_delete(using=cohort._state.db)
        Cohort.objects.filter(pk=cohort.pk).delete()
