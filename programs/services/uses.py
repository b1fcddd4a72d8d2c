from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from programs.models import Program, ProgramUse
from programs.services.chunks import chunks


@transaction.atomic
def uses_write(*, counts: Mapping[str, int], now: datetime) -> None:
    """Keeps on how many lists each program stands: those named, and none for all others."""
    known: set[str] = set()
    for ids in chunks(set(counts)):
        known.update(Program.objects.filter(id__in=ids).values_list("id", flat=True))
    ProgramUse.objects.exclude(lists=0).update(lists=0, counted_at=now)
    ProgramUse.objects.bulk_create(
        [ProgramUse(program_id=each, lists=counts[each], counted_at=now) for each in sorted(known)],
        update_conflicts=True,
        unique_fields=["program"],
        update_fields=["lists", "counted_at"],
        batch_size=500,
    )
