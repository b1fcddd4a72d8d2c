"""The second reader: what one person entered and may close a program counts when another has read it."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from programs.choices import CheckState
from programs.models import ImportBatch, Program, ProgramFact
from programs.services.chunks import chunks
from programs.services.facts import fact_save, facts_pick_current, facts_settle
from programs.services.history import history_note, history_start

MAY = "programs.confirm_fact"
NOTE_MOST = 300


class NotWaiting(Exception):
    """Another reader was quicker, or it was changed or withdrawn meanwhile."""


class SamePerson(Exception):
    """Nobody confirms what she entered herself."""


class NoteNeeded(Exception):
    """To refuse needs a sentence why, for whoever entered it."""


@transaction.atomic
def fact_confirm(*, fact: ProgramFact, by: User, now: datetime) -> ProgramFact:
    """The second reader found the value at the source: from now on it stands for choice.

    Raises NotWaiting, SamePerson and PermissionDenied.
    """
    held = _waiting(fact, by)
    held.check_state, held.checked_by, held.checked_at = CheckState.CONFIRMED, by, now
    fact_save(held, by=by, why="Read by a second person: so it says")
    facts_settle(held.program_id)
    held.refresh_from_db(fields=["is_current"])
    return held


@transaction.atomic
def fact_refuse(*, fact: ProgramFact, by: User, note: str, now: datetime) -> ProgramFact:
    """The source says otherwise, or nothing of it: the fact is kept with the reason and counts nowhere.

    Raises NoteNeeded beside what ``fact_confirm`` raises.
    """
    if not note.strip():
        raise NoteNeeded
    held = _waiting(fact, by)
    held.check_state, held.checked_by, held.checked_at = CheckState.REFUSED, by, now
    fact_save(held, by=by, why=f"Refused: {note.strip()}")
    facts_settle(held.program_id)
    return held


@transaction.atomic
def facts_confirm_batch(*, batch: ImportBatch, by: User, now: datetime) -> int:
    """Confirms all that waits of one import, by a person who did not bring it in: says how many facts.

    Raises SamePerson and PermissionDenied.
    """
    _may(by)
    if by.pk in (batch.created_by_id, batch.applied_by_id):
        raise SamePerson
    rows = ProgramFact.objects.select_for_update().filter(batch=batch, check_state=CheckState.WAITING)
    waiting = dict(rows.exclude(entered_by=by).values_list("id", "program_id"))
    history_start(ProgramFact, waiting)
    for ids in chunks(waiting):
        ProgramFact.objects.filter(id__in=ids).update(
            check_state=CheckState.CONFIRMED, checked_by=by, checked_at=now
        )
    why = f"Confirmed with all of {batch.file_name}"
    history_note(ProgramFact, waiting, kind="~", why=why, by=by)
    programs_settle(set(waiting.values()), now=now)
    return len(waiting)


def programs_settle(program_ids: Iterable[str], *, now: datetime) -> None:
    """Picks the current facts of many programs again and says that they changed."""
    for ids in chunks(set(program_ids)):
        facts_pick_current(program_ids=ids)
        Program.objects.filter(id__in=ids).update(updated_at=now)


def may_check(fact: ProgramFact, by: User) -> bool:
    """Whether this person may be the second reader."""
    return fact.check_state == CheckState.WAITING and fact.entered_by_id != by.pk and by.has_perm(MAY)


def waiting_for(batch: ImportBatch, by: User) -> int:
    """How many facts of an import this person may confirm at once."""
    if by.pk in (batch.created_by_id, batch.applied_by_id) or not by.has_perm(MAY):
        return 0
    waiting = ProgramFact.objects.filter(batch=batch, check_state=CheckState.WAITING)
    return waiting.exclude(entered_by=by).count()


def refusal_of(fact: ProgramFact) -> str:
    """Why it was refused, from its history; "" where it was not."""
    if fact.check_state != CheckState.REFUSED:
        return ""
    said = fact.history.filter(check_state=CheckState.REFUSED).values_list("history_change_reason", flat=True)
    return str(said.first() or "")


def _may(by: User) -> None:
    if not by.has_perm(MAY):
        raise PermissionDenied


def _waiting(fact: ProgramFact, by: User) -> ProgramFact:
    _may(by)
    held = ProgramFact.objects.select_for_update().filter(pk=fact.pk).first()
    if held is None or held.check_state != CheckState.WAITING:
        raise NotWaiting
    if held.entered_by_id == by.pk:
        raise SamePerson
    history_start(ProgramFact, [held.pk])
    return held
