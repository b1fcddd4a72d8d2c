"""Telling, seeing and taking back what became of a list's applications."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from matching.calibration.outcomes import band_of
from matching.list_state import State
from matching.models import ChanceBefore, Outcome, OutcomeReport, SavedList
from matching.models.outcome import applicant_code
from matching.presentation.numbers import counted
from matching.services.list_writing import list_lock, list_state, list_write

from .keeping import answers_date, chances_keep
from .reckoning import report_reckon
from .results import PLAN, SILENT, status_of


class ListMoved(Exception):
    """The list was changed elsewhere since the page was drawn; nothing was written."""


class SeasonMoved(Exception):
    """The list stands on answers for another season than its report, which stays as it is."""


class NotConsented(Exception):
    """It is hers alone: nobody else marks it."""


@dataclass(frozen=True, slots=True)
class Told:
    """``statuses``: how many statuses of the list followed."""

    report: OutcomeReport
    statuses: int


@transaction.atomic
def outcomes_save(
    *,
    saved_list: SavedList,
    version: int,
    results: Mapping[str, str],
    ending: str,
    consent: bool,
    now: datetime,
) -> Told:
    """Write the report as told, the first time or anew. The list's statuses follow as one change of it.

    ``results`` by program, "" where she did not apply. Raises ListMoved, SeasonMoved.
    """
    locked = list_lock(saved_list)
    if locked.version != version:
        raise ListMoved
    report = OutcomeReport.objects.filter(saved_list=locked).first() or _report_new(locked, now)
    if report.season != locked.match.run.season:
        raise SeasonMoved
    before = list_state(locked)
    after = _statuses(before, results)
    changed = sum(old != new for old, new in zip(before, after, strict=True))
    words = f"Told what came of {counted(changed, 'program')}"
    list_write(saved_list=locked, before=before, after=after, words=words)
    told = {name: result for name, result in results.items() if result}
    chances_keep(saved_list=locked, programs=told, now=now)
    answers_date(saved_list=locked, programs=[name for name, result in told.items() if result != SILENT])
    if report.pk:
        report.refresh_from_db()  # it may have followed the statuses
    said = dict(report.outcomes.values_list("program_id", "result")) if report.pk else None
    same = report.ending == ending and said == told
    report.ending = ending
    report.consented_at = (report.consented_at or now) if consent else None
    if same:
        report.updated_at = now
        report.save()
    else:
        report.save()
        _outcomes_write(report, told)
        report_reckon(report=report, now=now)
    return Told(report, changed)


@transaction.atomic
def outcomes_delete(*, saved_list: SavedList) -> None:
    """The report goes; the statuses of the list stay."""
    OutcomeReport.objects.filter(saved_list=saved_list).delete()


@transaction.atomic
def consent_withdraw(*, saved_list: SavedList, now: datetime) -> None:
    """From now on it counts nowhere, and nobody but her reads it."""
    OutcomeReport.objects.filter(saved_list=saved_list).update(consented_at=None, updated_at=now)


@transaction.atomic
def report_witness(*, report: OutcomeReport, advisor: AbstractBaseUser, now: datetime) -> None:
    """An advisor has seen what proves it. Raises NotConsented."""
    locked = OutcomeReport.objects.select_for_update().get(pk=report.pk)
    if locked.consented_at is None:
        raise NotConsented
    locked.evidence, locked.seen_at = OutcomeReport.Evidence.SEEN, now
    locked.seen_by_id = advisor.pk
    locked.save(update_fields=["evidence", "seen_at", "seen_by"])


def codes_join(*, owner: AbstractBaseUser) -> None:
    """One person, one code: what she told before and after logging in is hers together."""
    rows = OutcomeReport.objects.filter(saved_list__owner_id=owner.pk).order_by("created_at", "pk")
    first = rows.first()
    if first is not None:
        rows.update(code=first.code)


def _statuses(before: State, results: Mapping[str, str]) -> State:
    return tuple(
        replace(each, status=status_of(results[each.program]) if results[each.program] else PLAN)
        if each.program in results
        else each
        for each in before
    )


def _report_new(saved_list: SavedList, now: datetime) -> OutcomeReport:
    """With what groups it by, as the answer it stands on has it; hers is the code of her earlier reports."""
    run = saved_list.match.run
    score = (run.profile.get("step2ck") or {}).get("score")
    return OutcomeReport(
        saved_list=saved_list,
        code=_code(saved_list),
        season=run.season,
        applicant_type=run.profile.get("applicant_type") or "",
        step2ck_band=band_of(score) if score else "",
        created_at=now,
        updated_at=now,
    )


def _code(saved_list: SavedList) -> str:
    hers = (
        Q(saved_list__owner_id=saved_list.owner_id)
        if saved_list.owner_id
        else Q(saved_list__visitor=saved_list.visitor)
    )
    return OutcomeReport.objects.filter(hers).values_list("code", flat=True).first() or applicant_code()


def _outcomes_write(report: OutcomeReport, told: Mapping[str, str]) -> None:
    """All rows anew: one alone may say that she matched there."""
    chances = dict(
        ChanceBefore.objects.filter(saved_list_id=report.saved_list_id).values_list("program_id", "pk")
    )
    report.outcomes.all().delete()
    Outcome.objects.bulk_create(
        Outcome(report=report, program_id=name, result=result, chance_id=chances.get(name))
        for name, result in told.items()
    )
