"""What is kept whenever a list changes: chances from before an answer, and the report in step with statuses.

Called by the one way every change of a list is written, before its rows are judged anew.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import F

from matching.list_state import State
from matching.models import ChanceBefore, ListEntry, Outcome, OutcomeReport, SavedList

from .reckoning import report_reckon
from .results import ANSWERED, PLAN, result_of
from .timing import season_times


def outcomes_keep(
    *, saved_list: SavedList, before: State, after: State, judged_anew: bool, now: datetime
) -> None:
    """``judged_anew``: by other answers or another model, so that the chances that stand are lost."""
    was = {each.program: each.status for each in before}
    told = {each.program: each.status for each in after if was.get(each.program, PLAN) != each.status}
    applied = [name for name, status in told.items() if status != PLAN and was.get(name) == PLAN]
    reads = season_times(saved_list.match.run.season).reads_day if judged_anew else None
    if reads is not None and reads <= now.date():
        applied = list(was)
    if applied:
        chances_keep(saved_list=saved_list, programs=applied, now=now)
    answered = [name for name, status in told.items() if status in ANSWERED]
    if answered:
        rows = ChanceBefore.objects.filter(saved_list=saved_list, program__in=answered)
        rows.filter(known_at=None).update(known_at=now)
    if told:
        _report_follow(saved_list, told, now)


def chances_keep(*, saved_list: SavedList, programs: Iterable[str], now: datetime) -> None:
    """As the entries stand; a chance that is kept already stays."""
    run = saved_list.match.run
    judged = (saved_list.figures or {}).get("judged") or {}
    model, data = judged.get("model") or run.model_version, judged.get("data") or run.data_version
    same = (model, data) == (run.model_version, run.data_version)
    programs = list(programs)
    # A list used for another season: what was kept for the one before goes, unless a report stands on it.
    old = ChanceBefore.objects.filter(saved_list=saved_list, program__in=programs).exclude(season=run.season)
    old.filter(saved_list__outcome_report=None).delete()
    rows = ListEntry.objects.filter(saved_list=saved_list, program__in=programs)
    ChanceBefore.objects.bulk_create(
        [
            ChanceBefore(
                saved_list=saved_list,
                program_id=row.program_id,
                season=run.season,
                tier=row.tier,
                probability=row.probability,
                low=row.low,
                high=row.high,
                model_version=model,
                data_version=data,
                made_at=saved_list.match.created_at if same else saved_list.updated_at,
                kept_at=now,
            )
            for row in rows.order_by("position")
        ],
        ignore_conflicts=True,
    )


def answers_date(*, saved_list: SavedList, programs: Iterable[str]) -> None:
    """An answer that stood on the list before its chance was kept was known, for all we know, at once."""
    rows = ChanceBefore.objects.filter(saved_list=saved_list, program__in=list(programs), known_at=None)
    rows.update(known_at=F("made_at"))


def chances_copy(*, source: SavedList, copied: SavedList) -> None:
    """A copy of a list keeps what was kept of it."""
    rows = list(ChanceBefore.objects.filter(saved_list=source))
    for row in rows:
        row.pk, row.saved_list = None, copied
    ChanceBefore.objects.bulk_create(rows)


def _report_follow(saved_list: SavedList, told: Mapping[str, str], now: datetime) -> None:
    """A status changed on the list is a result changed in the report, where there is one of
    this season."""
    report = OutcomeReport.objects.filter(saved_list=saved_list).first()
    if report is None or report.season != saved_list.match.run.season:
        return
    rows = {row.program_id: row for row in report.outcomes.all()}
    results = {
        name: result_of(status, rows[name].result if name in rows else "") for name, status in told.items()
    }
    changed = {n: r for n, r in results.items() if r != (rows[n].result if n in rows else "")}
    if not changed:
        return
    chances = dict(ChanceBefore.objects.filter(saved_list=saved_list).values_list("program_id", "pk"))
    report.outcomes.filter(program__in=list(changed)).delete()
    Outcome.objects.bulk_create(
        Outcome(report=report, program_id=name, result=result, chance_id=chances.get(name))
        for name, result in changed.items()
        if result
    )
    report_reckon(report=report, now=now)
