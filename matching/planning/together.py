"""Several actions at once, scored once: gains do not add up."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from matching.planning.action_words import BEFORE_ALL
from matching.planning.document import Spread, Step, Together
from matching.planning.spreads import spread_of
from matching.scoring.actions import ACTION_INDEX, ALL_ACTIONS, Action, ProgramAction
from matching.scoring.applicant import Applicant
from matching.scoring.columns import Columns
from matching.scoring.gain_draws import difference
from matching.scoring.gains import Planner
from matching.scoring.program_actions import sites_of
from matching.scoring.score import score
from matching.scoring.situation import Situation

TOP = 4  # actions, where none were chosen


def together_of(steps: Sequence[Step], chosen: Sequence[str], planner: Planner) -> Together | None:
    """The chosen actions, or the first few, with what must come before them. None where there are fewer than
    two, which say no more than their own gains."""
    done = set_of(steps, chosen)
    if len(done) < 2:
        return None
    changed = all_done(done, planner.situation, planner.columns)
    before, after = planner.together(changed)
    old, new = before.answer.widest, after.answer.widest
    return Together(
        codes=tuple(step.code for step in done),
        programs=tuple(step.program.name if step.program else "" for step in done),
        chosen=bool(chosen),
        before=_told(before.applicant, planner),
        after=_told(changed, planner),
        gain=spread_of(difference(new.match.value - old.match.value, after.drawn.match - before.drawn.match)),
        los_angeles_before=old.p_los_angeles,
        los_angeles_after=new.p_los_angeles,
        los_angeles_gain=spread_of(
            difference(
                new.p_los_angeles - old.p_los_angeles, after.drawn.los_angeles - before.drawn.los_angeles
            )
        ),
    )


def set_of(steps: Sequence[Step], chosen: Sequence[str]) -> list[Step]:
    """In the order of the plan, one step a code, those that must come first among them."""
    able = {step.code: step for step in reversed(steps) if step.kind == "action" and not step.too_late}
    wanted = [code for code in chosen if code in able] if chosen else list(_first_of(steps, able))
    needed = {need for code in wanted for need in able[code].first if need in able}
    codes = needed | set(wanted)
    return [step for step in able.values() if step.code in codes][::-1]


def _first_of(steps: Sequence[Step], able: dict[str, Step]) -> list[str]:
    """An exam that is still to be passed, then the first few by their order."""
    ordered = [step.code for step in steps if step.code in able and step is able[step.code]]
    exams = [code for code in BEFORE_ALL if code in able]
    return list(dict.fromkeys([*exams, *ordered[:TOP]]))


def all_done(steps: Sequence[Step], situation: Situation, columns: Columns) -> Applicant:
    """The applicant once every one of ``steps`` is done, in their order."""
    for step in steps:
        action = ALL_ACTIONS[ACTION_INDEX[step.code]]
        if isinstance(action, Action) and action.possible(situation):
            situation = situation.with_applicant(action.change(situation))
        elif isinstance(action, ProgramAction) and step.program is not None:
            site = sites_of(columns, np.array([columns.row_of[step.program.id]]))[0]
            situation = situation.with_applicant(action.change(situation, site))
    return situation.applicant


def _told(applicant: Applicant, planner: Planner) -> Spread:
    """Her chance of a match with its range, worked out as her answer and her what-if tell it."""
    options = replace(planner.options, ranges=True)
    return spread_of(score(applicant, options, planner.columns, planner.model).widest.match)
