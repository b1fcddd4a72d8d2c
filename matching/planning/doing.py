"""What a step that is done makes of the profile. No database here."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from applicants.schema import ProfileDocument
from applicants.services import profile_validate
from matching.catalogue import LoadedCatalogue
from matching.inputs import applicant_of, profile_with
from matching.planning.changes import PRACTICE, TOLD_BY, StepImpossible, ValueInvalid, value_check
from matching.planning.document import Step
from matching.reference import model_for
from matching.scoring.actions import ACTION_INDEX, ALL_ACTIONS, Action, ProgramAction
from matching.scoring.applicant import Applicant
from matching.scoring.person import pass_mark
from matching.scoring.program_actions import sites_of
from matching.scoring.situation import Situation


def profile_after(
    profile: ProfileDocument, step: Step, value: int | None, *, catalogue: LoadedCatalogue, season: str
) -> ProfileDocument:
    """The profile once ``step`` is done. Raises StepImpossible, ValueInvalid, ProfileInvalid."""
    value_check(step, value)
    model = model_for(season)
    situation = Situation(applicant_of(profile), model.application_year, model.parameters.values)
    if TOLD_BY.get(step.code, step.code) == "step2ck_passed" and value is not None:
        mark = int(pass_mark(situation.values, "step2ck"))
        if value < mark:
            raise ValueInvalid(f"It takes {mark} to pass. If you did not pass, change your answers instead.")
    changed = _exact(step, value, _changed(step, situation, catalogue, season), situation.applicant)
    told = profile_with(profile, changed).model_dump(mode="json")
    return profile_validate(told, season=season)


def _changed(step: Step, situation: Situation, catalogue: LoadedCatalogue, season: str) -> Applicant:
    if step.code == PRACTICE:
        return situation.applicant
    action = ALL_ACTIONS[ACTION_INDEX[TOLD_BY.get(step.code, step.code)]]
    if isinstance(action, Action):
        if not action.possible(situation):
            raise StepImpossible(step.code)
        return action.change(situation)
    assert isinstance(action, ProgramAction)
    columns = catalogue.columns(season)
    if step.program is None or step.program.id not in columns.row_of:
        raise StepImpossible(step.code)
    row = columns.row_of[step.program.id]
    ids = frozenset(columns.ids[at] for at in columns.rows_of_program[int(columns.program[row])])
    if not action.possible(situation, ids):
        raise StepImpossible(step.code)
    return action.change(situation, sites_of(columns, np.array([row]))[0])


def _exact(step: Step, value: int | None, changed: Applicant, before: Applicant) -> Applicant:
    """With what really came of it in place of what was reckoned with."""
    name = TOLD_BY.get(step.code, step.code)
    if name == "step1_passed":
        changed = replace(changed, step1=replace(changed.step1, taken=before.step1.taken))
    elif step.ask == "practice":
        changed = replace(changed, step2ck=replace(changed.step2ck, practice_score=value))
    elif name == "step2ck_passed":
        changed = replace(changed, step2ck=replace(changed.step2ck, score=value, taken=_taken(before)))
    elif name == "step3_passed":
        changed = replace(changed, step3=replace(changed.step3, score=value))
    elif step.ask == "weeks" and changed.experience:
        experience = _last(changed.experience, lambda one: replace(one, weeks=value))
        changed = replace(changed, experience=experience)
    elif step.ask == "months" and changed.service:
        changed = replace(changed, service=_last(changed.service, lambda one: replace(one, months=value)))
    return changed


def _taken(before: Applicant) -> str | None:
    """The month of a result that was awaited stays; that of an earlier fail is not this one's."""
    return before.step2ck.taken if before.step2ck.status == "pending" else None


def _last(rows: tuple[Any, ...], change: Callable[[Any], Any]) -> tuple[Any, ...]:
    return (*rows[:-1], change(rows[-1]))
