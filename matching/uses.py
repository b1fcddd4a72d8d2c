"""On how many saved lists each program stands: what is most used is mended first at the data desk."""

from datetime import datetime

from django.db.models import Count

from matching.models import ListEntry
from programs.services.uses import uses_write


def uses_count(*, now: datetime) -> None:
    rows = ListEntry.objects.order_by().values_list("program").annotate(lists=Count("saved_list"))
    uses_write(counts=dict(rows), now=now)
