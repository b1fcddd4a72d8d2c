"""What an applicant may still do: the registry of allowed actions, when each is possible, what it changes.

An action is offered only where it is known not to be done: what she has not said is asked for, not advised.
A passed exam is never taken again. What an action is worth comes from scoring the changed profile; what it
takes is in ``action.<name>.months`` (from start to application), ``.weeks`` (of work) and ``.usd``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from matching.scoring import action_changes as does
from matching.scoring import program_actions as there
from matching.scoring.applicant import Applicant
from matching.scoring.signal_actions import SIGNAL_ACTIONS, SignalAction
from matching.scoring.situation import (
    AHEAD,
    Site,
    Situation,
    step2ck_better,
    step2ck_passed,
    with_service,
)

Members = frozenset[str]


@dataclass(frozen=True)
class Action:
    """``members`` of the profile it changes; ``needs``: actions that must be done first where they are not.

    ``part_of``: the next larger form of the same thing. ``title`` may name ``{place}``, ``{where}`` (in it),
    ``{specialty}``."""

    name: str
    title: str
    members: Members
    possible: Callable[[Situation], bool]
    change: Callable[[Situation], Applicant]
    needs: tuple[str, ...] = ()
    part_of: str | None = None


@dataclass(frozen=True)
class ProgramAction:
    """The same at one program: ``change`` takes the program, ``possible`` every track id of it; ``spread`` is
    the one profile that stands for the change at each of several programs."""

    name: str
    title: str
    members: Members
    possible: Callable[[Situation, frozenset[str]], bool]
    change: Callable[[Situation, Site], Applicant]
    spread: Callable[[Applicant, Sequence[Site]], Applicant]
    part_of: str | None = None


AnyAction = Action | ProgramAction | SignalAction


def _members(*names: str) -> Members:
    return frozenset(names)


def _more_points(points: int, larger: str | None = None) -> Action:
    return Action(
        f"step2ck_plus_{points}",
        f"{points} points more at Step 2 CK than expected",
        _members("step2ck"),
        lambda s: s.applicant.step2ck.status in AHEAD,
        lambda s: step2ck_better(s, points),
        part_of=larger,
    )


def _hands_on_weeks(weeks: int, larger: str | None = None) -> Action:
    return Action(
        f"hands_on_{weeks}",
        f"{weeks} weeks of hands-on {{specialty}} {{where}}",
        _members("experience"),
        does.experience_known,
        partial(does.hands_on, weeks),
        part_of=larger,
    )


def _service_of(months: int, already: int, larger: str | None = None) -> Action:
    return Action(
        f"service_{months}",
        f"{months} months of service to the underserved {{where}}",
        _members("service"),
        partial(does.service_possible, already),
        lambda s: with_service(s, months),
        part_of=larger,
    )


def _also_apply(specialty: str, title: str) -> Action:
    return Action(
        f"add_{specialty.replace('-', '_')}",
        title,
        _members("specialties"),
        partial(does.also_possible, specialty),
        partial(does.also, specialty),
    )


_LETTER_NEEDS = ("hands_on_4",)
ACTIONS: tuple[Action, ...] = (
    Action(
        "step1_passed",
        "Pass Step 1",
        _members("step1"),
        lambda s: s.still_to_pass(s.applicant.step1),
        does.step1_passed,
    ),
    Action(
        "step2ck_passed",
        "Pass Step 2 CK",
        _members("step2ck"),
        lambda s: s.still_to_pass(s.applicant.step2ck),
        step2ck_passed,
        ("step1_passed",),
    ),
    _more_points(5, "step2ck_plus_10"),
    _more_points(10),
    Action(
        "ecfmg_certified",
        "Get the ECFMG certificate",
        _members("ecfmg_certified"),
        does.certificate_possible,
        lambda s: replace(s.applicant, ecfmg_certified=True),
        ("step1_passed", "step2ck_passed"),
    ),
    Action(
        "step3_passed",
        "Pass Step 3",
        _members("step3"),
        does.step3_possible,
        does.step3_passed,
        ("step1_passed", "step2ck_passed", "ecfmg_certified"),
    ),
    _hands_on_weeks(4, "hands_on_8"),
    _hands_on_weeks(8, "hands_on_12"),
    _hands_on_weeks(12),
    Action(
        "observership_4",
        "4 weeks of observership {where}",
        _members("experience"),
        does.experience_known,
        does.observership,
    ),
    Action(
        "letter_specialty",
        "A US letter in {specialty}",
        _members("letters"),
        does.specialty_letter_possible,
        partial(does.letter, "us_clinical", False),
        _LETTER_NEEDS,
    ),
    Action(
        "letter_academic",
        "A letter by a US academic in {specialty}",
        _members("letters"),
        does.academic_letter_possible,
        partial(does.letter, "us_academic", False),
        _LETTER_NEEDS,
    ),
    Action(
        "letter_local",
        "A letter in {specialty} from {place}",
        _members("letters"),
        does.local_letter_possible,
        partial(does.letter, "us_clinical", True),
        _LETTER_NEEDS,
    ),
    Action(
        "publication",
        "One more publication",
        _members("research"),
        does.publication_possible,
        does.publication,
    ),
    Action("spanish", "Spanish for the ward", _members("languages"), does.spanish_possible, does.spanish),
    _service_of(6, 0, "service_12"),
    _service_of(12, 6),
    Action("move", "Move to {place}", _members("ties"), does.move_possible, does.move),
    Action(
        "gap_explained",
        "Explain the gap in the application",
        _members("red_flags"),
        lambda s: "gap_unexplained" in (s.applicant.red_flags or ()),
        does.gap_explained,
    ),
    _also_apply("family-medicine", "Apply to family medicine too"),
    _also_apply("internal-medicine", "Apply to internal medicine too"),
    _also_apply("pediatrics", "Apply to pediatrics too"),
)
PROGRAM_ACTIONS: tuple[ProgramAction, ...] = (
    ProgramAction(
        "rotation_here",
        "Rotate here for 4 weeks",
        _members("experience"),
        there.rotation_possible,
        there.rotation_at,
        there.rotation_spread,
        "rotation_and_letter_here",
    ),
    ProgramAction(
        "letter_here",
        "A letter from your rotation here",
        _members("letters"),
        there.letter_possible,
        there.letter_at,
        there.letter_spread,
    ),
    ProgramAction(
        "rotation_and_letter_here",
        "Rotate here for 4 weeks and earn a letter",
        _members("experience", "letters"),
        there.letter_rotation_possible,
        there.letter_and_rotation_at,
        there.letter_and_rotation_spread,
    ),
)
ALL_ACTIONS: tuple[AnyAction, ...] = (*ACTIONS, *PROGRAM_ACTIONS, *SIGNAL_ACTIONS)
ACTION_INDEX: dict[str, int] = {action.name: index for index, action in enumerate(ALL_ACTIONS)}

# Whether what other actions need is done already.
_DONE: dict[str, Callable[[Situation], bool]] = {
    "step1_passed": lambda s: s.applicant.step1.status == "pass",
    "step2ck_passed": lambda s: s.applicant.step2ck.status == "pass",
    "ecfmg_certified": lambda s: not s.is_img or s.applicant.ecfmg_certified is True,
    "hands_on_4": lambda s: s.has_hands_on,
}


def unmet(action: Action, situation: Situation) -> tuple[Action, ...] | None:
    """What must be done before ``action``, in order; None where one of it cannot be done or is not known."""
    found: dict[str, Action] = {}
    for name in action.needs:
        if _DONE[name](situation):
            continue
        first = ACTIONS[ACTION_INDEX[name]]
        before = unmet(first, situation) if first.possible(situation) else None
        if before is None:
            return None
        found.update({one.name: one for one in (*before, first)})
    return tuple(found.values())
