from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from programs.choices import COUNTED, CheckState, Confidence, SourceKind, Strictness
from programs.current import Candidate, fact_current
from programs.desk.checks import check_state_for
from programs.fact_fields import value_typed
from programs.models import Program, ProgramFact
from programs.services.chunks import chunks
from programs.services.history import history_start

COLUMNS = (
    "id", "program_id", "field", "value_number", "value_code", "confidence", "source_kind", "page_year",
    "is_current", "check_state",
)  # fmt: skip
REASON_MOST = 100


class FactFromFile(Exception):
    """A fact that fixtures/ decides: the next load would undo what is changed here."""


@transaction.atomic
def fact_record(
    *,
    program: Program,
    field: str,
    value: str,
    value_as_stated: str,
    strictness: Strictness,
    source_kind: SourceKind,
    confidence: Confidence,
    url: str = "",
    source: str = "",
    page_year: int | None = None,
    season: str = "",
    observed_on: date | None = None,
    note: str = "",
    by: User | None = None,
    why: str = "",
) -> ProgramFact:
    """Adds what one source says beside what others say, and picks the current one again.

    ``value`` is "" where the statement cannot be typed. Published versions do not change: publish a new one.
    What a person enters (``by``) waits where it may close a program, until another has read it; without a
    person it was reviewed elsewhere. ``why`` goes to the history.
    Raises ValidationError for a value the field does not take or a fact without a source.
    """
    fact = ProgramFact(
        program=program,
        field=field,
        value_as_stated=value_as_stated,
        strictness=strictness,
        source_kind=source_kind,
        confidence=confidence,
        url=url,
        source=source,
        page_year=page_year,
        season=season,
        observed_on=observed_on,
        note=note,
        entered_by=by,
        check_state=CheckState.NOT_NEEDED if by is None else check_state_for(strictness, field),
    )
    fact_value_set(fact, value)
    fact_save(fact, by=by, why=why or "Recorded by hand")
    facts_settle(program.pk)
    fact.refresh_from_db(fields=["is_current"])
    return fact


@transaction.atomic
def fact_change(*, fact: ProgramFact, value: str, by: User | None = None, why: str = "") -> ProgramFact:
    """Saves a changed fact with ``value`` as its typed value, and picks the current ones again.

    Changed by a person, what may close a program waits anew: its second reader must be another than ``by``.
    Raises ValidationError as ``fact_record`` does, and FactFromFile for a row that a load would put back.
    """
    before = _fact_by_hand(fact.pk)
    history_start(ProgramFact, [fact.pk])
    fact_value_set(fact, value)
    fact.is_current = False  # until the rule has spoken: its field may be another now
    if by is not None:
        fact.entered_by, fact.checked_by, fact.checked_at = by, None, None
        fact.check_state = check_state_for(fact.strictness, fact.field)
    fact_save(fact, by=by, why=why or "Changed by hand")
    for program_id in {before.program_id, fact.program_id}:
        facts_settle(program_id)
    fact.refresh_from_db(fields=["is_current"])
    return fact


@transaction.atomic
def fact_delete(*, fact: ProgramFact, by: User | None = None, why: str = "") -> None:
    """Withdraws a fact and lets the rule pick among those that are left; the history keeps it.

    Raises FactFromFile.
    """
    held = _fact_by_hand(fact.pk)
    history_start(ProgramFact, [held.pk])
    _signed(held, by, why or "Withdrawn").delete()
    facts_settle(held.program_id)


def fact_save(fact: ProgramFact, *, by: User | None, why: str) -> None:
    """Saves the row and who did it and why with it."""
    _signed(fact, by, why).save()


def _signed(fact: ProgramFact, by: User | None, why: str) -> ProgramFact:
    if by is not None:  # else whoever is logged in, where there is a request
        fact._history_user = by  # type: ignore[attr-defined]  # read by simple_history
    fact._change_reason = why[:REASON_MOST]  # type: ignore[attr-defined]
    return fact


def fact_value_set(fact: ProgramFact, value: str) -> None:
    """Gives the unsaved fact its typed value ("": it cannot be typed) and checks all of it."""
    fact.value_check(value)
    fact.value_number, fact.value_code = value_typed(fact.field, value)
    fact.value_as_stated = fact.value_as_stated or value
    fact.full_clean(exclude=["is_current"])


def _fact_by_hand(pk: int) -> ProgramFact:
    held = ProgramFact.objects.select_for_update().get(pk=pk)
    if held.from_file:
        raise FactFromFile(f"fact {pk}")
    return held


def facts_settle(program_id: str) -> None:
    """Picks the current facts of one program again and says that it changed."""
    facts_pick_current(program_ids=[program_id])
    Program.objects.filter(pk=program_id).update(updated_at=timezone.now())


@transaction.atomic
def facts_pick_current(*, program_ids: Collection[str] | None = None) -> int:
    """Applies the rule of programs.current to the programs (all by default); says how many rows changed.

    What waits for its second reader, or was refused, does not stand for choice.
    """
    rows = ProgramFact.objects.order_by("id")
    if program_ids is not None:
        rows = rows.filter(program_id__in=program_ids)
    groups: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    was: set[int] = set()
    for row in rows.values_list(*COLUMNS):
        key, program_id, field, number, code, confidence, kind, year, is_current, state = row
        value = number if number is not None else code or None
        if state in COUNTED:
            groups[program_id, field].append(Candidate(key, value, confidence, kind, year))
        if is_current:
            was.add(key)
    now = {fact_current(facts).id for facts in groups.values()}
    # First the losers: at no moment may a field have two current facts.
    for ids, is_current in ((was - now, False), (now - was, True)):
        for chunk in chunks(ids):
            ProgramFact.objects.filter(id__in=chunk).update(is_current=is_current)
    return len(was ^ now)
