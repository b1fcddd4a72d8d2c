from datetime import date

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from programs.choices import COUNTED, CheckState, SourceKind
from programs.models import ProgramFact
from programs.services.facts import fact_save, facts_settle
from programs.services.history import history_start

MAY = "programs.add_programfact"
WHY = "Read again: still so"
OF_STATEMENT = (
    "program_id", "field", "value_number", "value_code", "value_as_stated", "strictness", "url", "source",
    "source_kind", "season", "confidence", "note",
)  # fmt: skip


class NotReadable(Exception):
    """It does not count, has no page, or was counted from residents: there is nothing to read again."""


def may_read_again(fact: ProgramFact) -> bool:
    """Whether a page says it that may say it still."""
    counts = fact.check_state in COUNTED
    return counts and fact.roster_id is None and fact.source_kind != SourceKind.ROSTER and bool(fact.url)


@transaction.atomic
def fact_read_again(*, fact: ProgramFact, by: User, today: date) -> ProgramFact:
    """The page was read today and says what we hold: the statement is as of today.

    One recorded by hand takes the new date, its history keeps the old; beside one from the files a new one is
    put. Nothing waits for a second reader, for nothing is said that did not count before.
    Raises NotReadable and PermissionDenied.
    """
    if not by.has_perm(MAY):
        raise PermissionDenied
    held = ProgramFact.objects.select_for_update().get(pk=fact.pk)
    if not may_read_again(held):
        raise NotReadable
    if held.from_file:
        said = {name: getattr(held, name) for name in OF_STATEMENT}
        held = ProgramFact(**said, entered_by=by, check_state=CheckState.NOT_NEEDED)
    else:
        history_start(ProgramFact, [held.pk])
    held.observed_on, held.page_year = today, today.year
    fact_save(held, by=by, why=WHY)
    facts_settle(held.program_id)
    held.refresh_from_db(fields=["is_current"])
    return held
