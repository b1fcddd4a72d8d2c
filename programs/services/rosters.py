"""Rosters: written whole, counted at once, and the counts gone with them."""

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from programs.choices import Confidence, SourceKind, Strictness
from programs.models import ImportBatch, Program, ProgramFact, Resident, Roster
from programs.roster_rows import MOST_ROWS, ResidentRow, roster_counts
from programs.services.facts import fact_value_set, facts_pick_current

COUNTED = "Counted from a list of its residents."
SURE = frozenset(
    {
        "program_page",
        "program_faq",
        "roster",
        "hospital_gme_page",
        "gme_policy",
        "hospital_page",
        "government",
    }
)


class RosterInvalid(Exception):
    """What is wrong with a roster as a whole; the message says it."""


@transaction.atomic
def roster_write(
    *,
    program: Program,
    season: str,
    rows: Sequence[ResidentRow],
    complete: bool,
    source_kind: SourceKind,
    observed_on: date,
    url: str = "",
    source: str = "",
    user: AbstractBaseUser | None,
    now: datetime,
    batch: ImportBatch | None = None,
) -> Roster:
    """Makes ``rows`` the program's roster of the season, in the place of the one there was, and counts anew.

    The newest whole roster of a program is counted: its facts have ``source_kind`` roster and stand beside
    what others say. Raises RosterInvalid, ValidationError for a source or a season that is none.
    """
    if not rows:
        raise RosterInvalid("A roster lists one resident at least.")
    if len(rows) > MOST_ROWS:
        raise RosterInvalid(f"A program has {MOST_ROWS:,} residents at most.")
    Program.objects.select_for_update().get(pk=program.pk)
    roster = Roster.objects.filter(program=program, season=season).first() or Roster(
        program=program, season=season
    )
    roster.url, roster.source, roster.source_kind = url, source, source_kind
    roster.observed_on, roster.complete = observed_on, complete
    roster.entered_by_id, roster.batch = user.pk if user else None, batch
    roster.full_clean(exclude=["entered_by", "batch", "program"])
    roster.save()
    roster.residents.all().delete()
    Resident.objects.bulk_create(
        Resident(
            roster=roster,
            class_year=row.class_year,
            school=row.school,
            country=row.country,
            kind=row.kind,
        )
        for row in rows
    )
    _recount(program, user, now)
    return roster


@transaction.atomic
def roster_delete(*, roster: Roster, user: AbstractBaseUser | None, now: datetime) -> None:
    """Takes a roster back with its counts; those of the newest one left take their place."""
    program = Program.objects.select_for_update().get(pk=roster.program_id)
    for fact in roster.facts.all():
        fact.delete()  # one by one, for the history
    roster.delete()
    _recount(program, user, now)


def roster_rows(roster: Roster) -> tuple[ResidentRow, ...]:
    """The rows of a roster as values, to show, to compare or to put back."""
    values = roster.residents.order_by("id").values_list("class_year", "school", "country", "kind")
    return tuple(ResidentRow(*row) for row in values)


def _recount(program: Program, user: AbstractBaseUser | None, now: datetime) -> None:
    newest = Roster.objects.filter(program=program, complete=True).order_by("-season").first()
    held = {fact.field: fact for fact in ProgramFact.objects.filter(program=program, roster__isnull=False)}
    counts = roster_counts([row.kind for row in roster_rows(newest)]) if newest else {}
    for field, fact in held.items():
        if field not in counts:
            fact.delete()
    for field, count in counts.items():
        assert newest is not None
        _count_write(held.get(field) or ProgramFact(program=program, field=field), count, newest, user)
    facts_pick_current(program_ids=[program.pk])
    Program.objects.filter(pk=program.pk).update(updated_at=now)


def _count_write(fact: ProgramFact, count: int, roster: Roster, user: AbstractBaseUser | None) -> None:
    """Saved only where it says otherwise, so that its history holds changes alone."""
    told = {
        "strictness": Strictness.COUNT,
        "source_kind": SourceKind.ROSTER,
        "confidence": Confidence.HIGH if roster.source_kind in SURE else Confidence.MEDIUM,
        "url": roster.url,
        "source": roster.source,
        # What it says is of that season at the latest, on whatever later day it was read.
        "page_year": min(roster.observed_on.year, int(roster.season)),
        "season": roster.season,
        "observed_on": roster.observed_on,
        "note": COUNTED,
        "roster_id": roster.pk,
        "batch_id": roster.batch_id,
        "value_as_stated": str(count),
    }
    if fact.pk and fact.value_number == count and all(getattr(fact, name) == told[name] for name in told):
        return
    for name, value in told.items():
        setattr(fact, name, value)
    fact.entered_by_id = user.pk if user else None
    fact.is_current = False  # until the rule has spoken
    fact_value_set(fact, str(count))
    fact.save()
