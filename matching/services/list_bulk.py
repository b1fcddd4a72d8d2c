"""Adding many programs at once: one change, one version, one undo."""

from dataclasses import dataclass

from django.db import transaction

from matching.models import SavedList

from .list_edit import Added, list_add


@dataclass(frozen=True, slots=True)
class BulkAdded:
    added: Added
    closed: int


@transaction.atomic
def list_add_all(*, saved_list: SavedList, tier: str, ring: str, specialty: str, said: str) -> BulkAdded:
    """Add every program of a tier in a ring, by the odds the list is judged by; what is closed stays out.

    ``said``: what was asked for, in words. Raises MatchNotReady.
    """
    from matching.bulk import Bulk, bulk_find  # noqa: PLC0415

    found = bulk_find(saved_list.match, Bulk(tier, ring, specialty))
    added = list_add(saved_list=saved_list, programs=found.programs, words=f"Added {said}")
    return BulkAdded(added, found.closed)
