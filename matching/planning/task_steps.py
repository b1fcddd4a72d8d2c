"""The tasks of a plan as steps: those that apply to this person, each at its place in time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from matching.planning.case import Case
from matching.planning.document import Step
from matching.planning.phases import earlier, phase_at
from matching.planning.task import Task, said
from matching.planning.tasks_apply import APPLY
from matching.planning.tasks_prepare import PREPARE

TASKS: tuple[Task, ...] = (*PREPARE, *APPLY)


def task_steps(case: Case) -> list[Step]:
    """By the day they are due. A task whose day is past while it still has to be done is due today."""
    found = [(task, day) for task in TASKS if task.applies(case) and (day := task.due.day(case)) is not None]
    codes = {task.code for task, _ in found}
    steps = [_step(task, max(day, case.as_of), case, codes) for task, day in found]
    return _untangled(sorted(steps, key=lambda step: (step.due, step.start)))


def _step(task: Task, due: date, case: Case, codes: set[str]) -> Step:
    event = case.by_event.get(task.due.event)
    return Step(
        code=task.code,
        kind="task",
        phase=phase_at(due, case.spans),
        label=said(task.label, case),
        why=said(task.why, case),
        source=said(task.source, case),
        start=max(due - timedelta(days=task.lead), case.as_of),
        due=due,
        due_event=event.event if event is not None else "",
        cost_usd=0,
        work_weeks=0.0,
        lead_months=round(task.lead / 30.4, 1),
        gain_match=None,
        gain_los_angeles=None,
        first=tuple(code for code in task.first if code in codes),
        too_late=False,
        next_start=None,
        program=None,
        larger=(),
        ask=task.ask,
    )


def _untangled(steps: Sequence[Step]) -> list[Step]:
    """In the same order, but each after what must be done before it, and that in no later phase."""
    by = {step.code: step for step in steps}
    for step in reversed(steps):
        for code in step.first:
            before = by[code]
            by[code] = replace(
                before,
                phase=earlier(before.phase, by[step.code].phase),
                due=min(before.due, by[step.code].due),
            )
    placed: dict[str, Step] = {}

    def place(code: str) -> None:
        for need in by[code].first:
            place(need)
        placed.setdefault(code, by[code])

    for step in steps:
        place(step.code)
    return list(placed.values())
