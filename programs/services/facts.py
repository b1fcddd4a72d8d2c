from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from programs.choices import Confidence, SourceKind, Strictness
from programs.current import Candidate, fact_current
from programs.fact_fields import value_typed
from programs.models import Program, ProgramFact

K = TypeVar("K", int, str)
CHUNK = 500  # ids in one statement: well below what any database takes


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
) -> ProgramFact:
    """Adds what one source says beside what others say, and picks the current one again.

    ``value`` is "" where the statement cannot be typed. Published versions do not change: publish a new one.
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
    )
    fact_value_set(fact, value)
    fact.save()
    _facts_settle(program.pk)
    fact.refresh_from_db(fields=["is_current"])
    return fact


@transaction.atomic
def fact_change(*, fact: ProgramFact, value: str) -> ProgramFact:
    """Saves a changed fact with ``value`` as its typed value, and picks the current ones again.

    Raises ValidationError as ``fact_record`` does, and FactFromFile for a row that a load would put back.
    """
    before = _fact_by_hand(fact.pk)
    fact_value_set(fact, value)
    fact.is_current = False  # until the rule has spoken: its field may be another now
    fact.save()
    for program_id in {before.program_id, fact.program_id}:
        _facts_settle(program_id)
    fact.refresh_from_db(fields=["is_current"])
    return fact


@transaction.atomic
def fact_delete(*, fact: ProgramFact) -> None:
    """Withdraws a fact and lets the rule pick among those that are left. Raises FactFromFile."""
    _fact_by_hand(fact.pk)
    fact.delete()
    _facts_settle(fact.program_id)


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


def _facts_settle(program_id: str) -> None:
    facts_pick_current(program_ids=[program_id])
    Program.objects.filter(pk=program_id).update(updated_at=timezone.now())


@transaction.atomic
def facts_pick_current(*, program_ids: Collection[str] | None = None) -> int:
    """Applies the rule of programs.current to the programs (all by default); says how many rows changed."""
    rows = ProgramFact.objects.order_by("id")
    if program_ids is not None:
        rows = rows.filter(program_id__in=program_ids)
    groups: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    was: set[int] = set()
    columns = (
        "id",
        "program_id",
        "field",
        "value_number",
        "value_code",
        "confidence",
        "source_kind",
        "page_year",
    )
    for key, program_id, field, number, code, confidence, kind, year, is_current in rows.values_list(
        *columns, "is_current"
    ):
        value = number if number is not None else code or None
        groups[program_id, field].append(Candidate(key, value, confidence, kind, year))
        if is_current:
            was.add(key)
    now = {fact_current(facts).id for facts in groups.values()}
    # First the losers: at no moment may a field have two current facts.
    for ids, is_current in ((was - now, False), (now - was, True)):
        for chunk in chunks(ids):
            ProgramFact.objects.filter(id__in=chunk).update(is_current=is_current)
    return len(was ^ now)


def chunks(ids: Collection[K]) -> Iterator[list[K]]:
    """Ids in sorted lists short enough for one statement."""
    rest = iter(sorted(ids))
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
