from collections.abc import Collection

from django.contrib.auth.models import User

from programs.models import FactReport, ProgramFact
from programs.services.chunks import chunks
from programs.services.history import history_note


def facts_withdraw(ids: Collection[int], *, why: str, by: User | None = None) -> None:
    """Deletes facts many at a time, each with one line of history. The caller picks which ones count then."""
    history_note(ProgramFact, ids, kind="-", why=why, by=by)
    for chunk in chunks(ids):
        for reports in ("fact", "settled_fact"):
            FactReport.objects.filter(**{f"{reports}__in": chunk}).update(**{reports: None})
        # Its history is written above, at once; delete() would write it again, row by row.
        rows = ProgramFact.objects.filter(id__in=chunk)
        rows._raw_delete(rows.db)
