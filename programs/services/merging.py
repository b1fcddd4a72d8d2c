"""Two listings of one program become one: the kept one goes on, the other points to it.

What people recorded goes along: facts by hand, rosters of seasons the kept one has none of, open reports.
Statements from the files stay where the files put them, for the next load would put them back; where the kept
program holds nothing on the field, a copy with the same source speaks there instead.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from programs.choices import Track
from programs.models import FactReport, Program, ProgramFact, ProgramOverride, Roster
from programs.services.chunks import chunks
from programs.services.facts import facts_settle
from programs.services.history import history_note, history_start
from programs.services.overriding import decision_end, may_decide, program_decide
from programs.signals import programs_merged

OF_STATEMENT = (
    "field", "value_number", "value_code", "value_as_stated", "strictness", "url", "source", "source_kind",
    "page_year", "season", "observed_on", "confidence", "note",
)  # fmt: skip


@transaction.atomic
def programs_merge(
    *, duplicate: Program, kept: Program, reason: str, by: User, now: datetime, url: str = ""
) -> ProgramOverride:
    """Says that ``duplicate`` is ``kept`` listed twice, and takes along what belongs to the program.

    New data versions leave the duplicate out; lists that hold it are told when this is committed.
    Raises ValidationError by member (``kept``, ``reason``, ``url``) and PermissionDenied.
    """
    may_decide(by)
    duplicate, kept = (Program.objects.select_for_update().get(pk=each.pk) for each in (duplicate, kept))
    _check(duplicate, kept)
    decision = program_decide(
        program=duplicate, field="same_as", value=kept.pk, reason=reason, url=url, by=by, now=now
    )
    rosters = _rosters_move(duplicate, kept)
    decision.moved = {
        "rosters": rosters,
        "facts": _facts_move(duplicate, kept, rosters, by),
        "reports": _reports_move(duplicate, kept),
        "copies": _facts_copy(duplicate, kept, by),
    }
    decision.save(update_fields=["moved"])
    for program in (duplicate, kept):
        facts_settle(program.pk)
    tell = partial(programs_merged.send_robust, sender=Program, duplicate=duplicate, kept=kept)
    transaction.on_commit(tell)
    return decision


@transaction.atomic
def decision_undo(*, decision: ProgramOverride, by: User, now: datetime) -> Program:
    """Undoes any decision; of a merge, what went along comes back as far as it is still there.

    Lists that took the kept program keep it: each has its own undo. Raises what ``decision_end`` raises.
    """
    program = decision_end(decision=decision, by=by, now=now)
    if not decision.moved:
        return program
    kept = Program.objects.get(pk=decision.value)
    moved = {name: list(ids) for name, ids in decision.moved.items()}
    copies = set(ProgramFact.objects.filter(pk__in=moved["copies"]).values_list("pk", flat=True))
    history_note(ProgramFact, copies, kind="-", why=f"The merge of {program.pk} was undone", by=by)
    for ids in chunks(copies):
        rows = ProgramFact.objects.filter(id__in=ids)
        FactReport.objects.filter(fact__in=ids).update(fact=None)
        FactReport.objects.filter(settled_fact__in=ids).update(settled_fact=None)
        rows._raw_delete(rows.db)
    seasons = set(program.rosters.values_list("season", flat=True))
    went = kept.rosters.filter(pk__in=moved["rosters"])
    back = list(went.exclude(season__in=seasons).values_list("pk", flat=True))
    Roster.objects.filter(pk__in=back).update(program=program)
    facts = ProgramFact.objects.filter(
        Q(roster=None) | Q(roster__in=back), program=kept, pk__in=moved["facts"]
    )
    _facts_to(facts.values_list("pk", flat=True), program, f"The merge into {kept.pk} was undone", by)
    FactReport.objects.filter(pk__in=moved["reports"], program=kept, state="new").update(program=program)
    for each in (program, kept):
        facts_settle(each.pk)
    return program


def _check(duplicate: Program, kept: Program) -> None:
    fault = ""
    if kept.pk == duplicate.pk:
        fault = "This is the program itself: name the other listing."
    elif kept.same_as_id:
        fault = f"{kept} is itself the same as {kept.same_as_id}: name that one."
    elif kept.retired_on:
        fault = f"{kept} is retired: bring it back first, or merge the other way round."
    elif kept.specialty_id != duplicate.specialty_id:
        fault = f"{kept} is of another specialty."
    elif kept.track != duplicate.track and Track.UNKNOWN not in (kept.track, duplicate.track):
        fault = f"{kept} is another track, which is matched by itself."
    elif first := duplicate.duplicates.first():
        fault = f"{first} points to {duplicate.pk}: merge it into {kept.pk} first."
    if fault:
        raise ValidationError({"kept": fault})


def _rosters_move(duplicate: Program, kept: Program) -> list[int]:
    seasons = kept.rosters.values_list("season", flat=True)
    ids = list(duplicate.rosters.exclude(season__in=list(seasons)).values_list("pk", flat=True))
    Roster.objects.filter(pk__in=ids).update(program=kept)
    return ids


def _facts_move(duplicate: Program, kept: Program, rosters: list[int], by: User) -> list[int]:
    by_hand = duplicate.facts.filter(id__gte=ProgramFact.HAND_IDS_FROM)
    ids = list(by_hand.filter(Q(roster=None) | Q(roster__in=rosters)).values_list("pk", flat=True))
    _facts_to(ids, kept, f"Moved from {duplicate.pk}, the same program", by)
    return ids


def _facts_to(ids: Iterable[int], program: Program, why: str, by: User) -> None:
    facts = set(ids)
    history_start(ProgramFact, facts)
    for chunk in chunks(facts):
        ProgramFact.objects.filter(id__in=chunk).update(program=program, is_current=False)
    history_note(ProgramFact, facts, kind="~", why=why, by=by)


def _facts_copy(duplicate: Program, kept: Program, by: User) -> list[int]:
    held = set(kept.facts.values_list("field", flat=True))
    rows = duplicate.facts.filter(id__lt=ProgramFact.HAND_IDS_FROM).exclude(field__in=held).order_by("id")
    copies = []
    for fact in rows:
        copy = ProgramFact(program=kept, **{name: getattr(fact, name) for name in OF_STATEMENT})
        copy._history_user = by  # type: ignore[attr-defined]
        copy._change_reason = f"Copied from {duplicate.pk}, the same program"  # type: ignore[attr-defined]
        copy.save()
        copies.append(copy.pk)
    return copies


def _reports_move(duplicate: Program, kept: Program) -> list[int]:
    ids = list(duplicate.reports.filter(state=FactReport.State.NEW).values_list("pk", flat=True))
    FactReport.objects.filter(pk__in=ids).update(program=kept)
    return ids
