"""Who works on an import: a token and a lease, taken and given back by conditional UPDATEs, as of runs."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from programs.models import ImportBatch
from programs.models.importing import AT_WORK

LEASE = timedelta(seconds=60)
# Writing is one transaction that nobody sees before its end, and no lease can be renewed amid it.
LONG_LEASE = timedelta(minutes=10)


class ImportClaimLost(Exception):
    """The lease ran out and another works on it, or it was dropped."""


@dataclass(frozen=True, slots=True)
class ImportClaim:
    batch_id: uuid.UUID
    token: uuid.UUID

    def rows(self) -> "QuerySet[ImportBatch]":
        return ImportBatch.objects.filter(pk=self.batch_id, state__in=AT_WORK, claim_token=self.token)


def import_claim(*, batch_id: uuid.UUID, now: datetime) -> ImportClaim | None:
    """None where there is nothing to do, or another does it."""
    claim = ImportClaim(batch_id, uuid.uuid4())
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    taken = ImportBatch.objects.filter(free, pk=batch_id, state__in=AT_WORK).update(
        claim_token=claim.token, claimed_until=now + LEASE
    )
    return claim if taken else None


def import_write(claim: ImportClaim, **columns: Any) -> None:
    """Writes columns of the batch in the name of the claim. Raises ImportClaimLost."""
    if not claim.rows().update(**columns):
        raise ImportClaimLost(claim.batch_id)


def import_renew(claim: ImportClaim, *, now: datetime, lease: timedelta = LEASE, **columns: Any) -> None:
    import_write(claim, claimed_until=now + lease, **columns)


def import_let_go(claim: ImportClaim, **columns: Any) -> None:
    """For whoever comes next, or for nobody where ``state`` is one at rest. Raises ImportClaimLost."""
    import_write(claim, claim_token=None, claimed_until=None, **columns)
