"""What may still be done: never the impossible, never twice, and never to her harm."""

from graphlib import TopologicalSorter

import numpy as np
import pytest
from hypothesis import given

from matching.scoring.action_costs import cost_of
from matching.scoring.actions import (
    ACTION_INDEX,
    ACTIONS,
    ALL_ACTIONS,
    PROGRAM_ACTIONS,
    Action,
    ProgramAction,
    unmet,
)
from matching.scoring.applicant import Applicant, Exam, Experience, Letter, Service, Tie, Wishes
from matching.scoring.program_actions import sites_of
from matching.scoring.registry import FACTORS, GATES
from matching.scoring.situation import Place, Situation
from tests.scoring.made_catalogue import MadeTrack, columns_of, model_now, plain_applicant
from tests.scoring.made_strategies import FEW, applicants, catalogues
from tests.scoring.made_terms import scored

COSTLY: tuple[Action | ProgramAction, ...] = (*ACTIONS, *PROGRAM_ACTIONS)
LA = Wishes("los-angeles")
READ = [*(factor.members for factor in FACTORS), *(gate.members for gate in GATES)]


def situation(applicant: Applicant) -> Situation:
    model = model_now()
    return Situation(applicant, model.application_year, model.parameters.values)


def offered(applicant: Applicant) -> set[str]:
    now = situation(applicant)
    return {action.name for action in ACTIONS if action.possible(now) and unmet(action, now) == ()}


def test_names_and_needs_are_sound() -> None:
    assert len(ACTION_INDEX) == len(ALL_ACTIONS)
    assert 20 <= len(ALL_ACTIONS) <= 30
    order = TopologicalSorter({action.name: action.needs for action in ACTIONS})
    assert set(order.static_order()) == {action.name for action in ACTIONS}
    assert all(action.part_of in ACTION_INDEX for action in ALL_ACTIONS if action.part_of)


def test_an_action_changes_members_that_factors_or_rules_read_and_costs_what_the_file_says() -> None:
    read = {member for members in READ for member in members}
    values = model_now().parameters.values
    for action in COSTLY:
        assert action.members <= read | {"specialties"}, action.name
        cost = cost_of(action.name, values)
        assert cost.effort == cost.usd + cost.weeks * values["action.week_usd"] > 0
        assert cost.months > 0


def test_nothing_is_offered_of_what_she_has_not_said() -> None:
    assert offered(Applicant(applicant_type="us_img")) == set()


@given(applicants())
def test_a_passed_exam_is_never_taken_again(applicant: Applicant) -> None:
    now = situation(applicant)
    for action in ACTIONS:
        if action.possible(now):
            after = action.change(now)
            for step in ("step1", "step2ck", "step3"):
                before: Exam = getattr(applicant, step)
                assert before.status != "pass" or getattr(after, step) == before


@given(applicants())
def test_the_certificate_is_for_graduates_from_abroad_without_it(applicant: Applicant) -> None:
    if "ecfmg_certified" in offered(applicant):
        assert applicant.applicant_type in ("us_img", "non_us_img")
        assert applicant.ecfmg_certified is False
        assert applicant.step1.status == applicant.step2ck.status == "pass"


@FEW
@given(catalogues(), applicants())
def test_no_action_lowers_a_chance_or_closes_a_program(
    tracks: tuple[MadeTrack, ...], applicant: Applicant
) -> None:
    columns, now = columns_of(*tracks), situation(applicant)
    before = scored(applicant, columns)
    for action in ACTIONS:
        if action.possible(now) and unmet(action, now) == ():
            after = scored(action.change(now), columns)
            open_still = ~before.screening.out
            assert not (after.screening.out & open_still).any(), action.name
            # A door that opens again by itself is no longer open by a connection alone.
            assert (after.log_odds - before.log_odds >= -1e-9).all(), action.name


@FEW
@given(catalogues(), applicants())
def test_one_spread_profile_stands_for_the_action_at_each_program(
    tracks: tuple[MadeTrack, ...], applicant: Applicant
) -> None:
    columns, now = columns_of(*tracks), situation(applicant)
    rows = np.arange(len(columns))
    sites = sites_of(columns, rows)
    for action in PROGRAM_ACTIONS:
        programs = [frozenset(columns.ids[at] for at in columns.rows_of_program[p]) for p in columns.program]
        at = [row for row in rows if action.possible(now, programs[row])]
        together = scored(action.spread(applicant, [sites[row] for row in at]), columns) if at else None
        for row in at:
            alone = scored(action.change(now, sites[row]), columns)
            assert together is not None
            assert together.log_odds[row] == pytest.approx(alone.log_odds[row], abs=1e-9)
            assert together.screening.out[row] == alone.screening.out[row]
            assert together.screening.waived[row] == alone.screening.waived[row]


@pytest.mark.parametrize(
    ("applicant", "there", "absent"),
    [
        (plain_applicant(), {"step3_passed", "hands_on_4", "publication", "spanish"}, {"letter_specialty"}),
        (plain_applicant(graduation_year=2027), {"hands_on_4"}, {"step3_passed", "ecfmg_certified"}),
        (plain_applicant(ecfmg_certified=False), {"ecfmg_certified"}, {"step3_passed"}),
        (
            plain_applicant(applicant_type="us_md", ecfmg_certified=None),
            {"step3_passed"},
            {"ecfmg_certified"},
        ),
        (
            plain_applicant(step2ck=Exam("pending", None, 1), ecfmg_certified=False),
            {"step2ck_plus_5", "step2ck_plus_10", "step2ck_passed"},
            {"ecfmg_certified"},
        ),
        (
            plain_applicant(experience=(Experience("elective", 4),)),
            {"letter_specialty", "letter_academic"},
            set(),
        ),
        (
            plain_applicant(
                experience=(Experience("elective", 4),), letters=(Letter("us_academic", "CA"),), wishes=LA
            ),
            {"move", "service_12"},
            {"letter_academic", "letter_local"},
        ),
        (
            plain_applicant(ties=(Tie("residence", "CA"),), service=(Service("rural", 8),), wishes=LA),
            {"service_6"},
            {"move", "service_12"},
        ),
        (plain_applicant(red_flags=("gap_unexplained",)), {"gap_explained"}, set()),
        (
            plain_applicant(specialties=("internal-medicine",)),
            {"add_family_medicine"},
            {"add_internal_medicine"},
        ),
    ],
)
def test_what_is_offered_to_whom(applicant: Applicant, there: set[str], absent: set[str]) -> None:
    found = offered(applicant)
    assert there <= found
    assert not absent & found


def test_what_must_come_first_stands_in_order() -> None:
    now = situation(plain_applicant(step2ck=Exam("not_taken"), ecfmg_certified=False))
    chain = unmet(ACTIONS[ACTION_INDEX["step3_passed"]], now)
    assert chain is not None
    assert [action.name for action in chain] == ["step2ck_passed", "ecfmg_certified"]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"wishes": LA}, Place("CA", "los-angeles")),
        ({"wishes": Wishes("national", ("NY", "NJ"))}, Place("NY")),
        ({"ties": (Tie("family", "OH"), Tie("grew_up", None, "california"))}, Place("CA")),
        ({}, Place()),
    ],
)
def test_the_place_is_where_she_wishes_to_be_else_her_home(changes: dict[str, object], place: Place) -> None:
    assert situation(plain_applicant(**changes)).place == place
