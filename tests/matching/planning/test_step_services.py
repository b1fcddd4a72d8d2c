import uuid
from datetime import timedelta

import pytest

from applicants.models import ProfileDraft
from applicants.services import profile_save
from applicants.typed import Typed
from matching.models import Match, Plan, PlanStep
from matching.planning.changes import StepImpossible, ValueInvalid
from matching.planning.selectors import plan_read
from matching.planning.step_services import (
    StepTiedUp,
    StepUnknown,
    plan_step_done,
    plan_step_drop,
    plan_step_note,
    plan_step_open,
    plan_step_snooze,
    plan_step_undone,
)
from matching.profile_flow import typed_from
from programs.models import DataVersion
from tests.matching.inputs import profile_of
from tests.matching.planning.made import ME, TODAY, codes_of, own_plan, step_of

pytestmark = pytest.mark.usefixtures("small_catalogue")


def done(plan: Plan, code: str, value: int | None = None, program: str | None = None) -> PlanStep:
    return plan_step_done(plan=plan, code=code, program=program, value=value, today=TODAY)


def undone(plan: Plan, code: str, program: str | None = None) -> PlanStep:
    return plan_step_undone(plan=plan, code=code, program=program, today=TODAY)


def profile_of_plan(plan: Plan) -> dict[str, object]:
    plan.refresh_from_db()
    row = Match.objects.select_related("profile", "run").get(pk=plan.match_id)
    assert row.profile is not None
    assert row.profile.document == row.run.profile
    document: dict[str, object] = row.profile.document
    return document


def test_a_ticked_exam_goes_into_the_profile_and_a_new_match_and_back_out() -> None:
    plan = own_plan(uuid.uuid4())
    before, first = profile_of_plan(plan), plan.match_id
    done(plan, "step3_passed", 212)
    after = profile_of_plan(plan)
    assert plan.match_id != first
    assert after["step3"] == {"status": "pass", "score": 212, "attempts": 1, "taken": None}
    assert "step3_passed" not in codes_of(plan)
    undone(plan, "step3_passed")
    assert profile_of_plan(plan) == before
    assert "step3_passed" in codes_of(plan)


def test_a_tick_twice_is_a_tick_once() -> None:
    plan = own_plan(uuid.uuid4())
    done(plan, "step3_passed", None)
    plan.refresh_from_db()
    match = plan.match_id
    done(plan, "step3_passed", None)
    plan.refresh_from_db()
    assert plan.match_id == match
    assert plan.steps.count() == 1


def test_the_weeks_are_those_that_were_worked() -> None:
    plan = own_plan(uuid.uuid4())
    code = next(code for code in codes_of(plan) if code.startswith("hands_on"))
    done(plan, code, 6)
    experience = profile_of_plan(plan)["experience"]
    assert isinstance(experience, list)
    assert [row["weeks"] for row in experience] == [6]


def test_what_was_ticked_first_is_taken_back_alone() -> None:
    plan = own_plan(uuid.uuid4())
    done(plan, "step3_passed", 212)
    done(plan, "gap_explained")
    undone(plan, "step3_passed")
    told = profile_of_plan(plan)
    assert told["red_flags"] == []
    assert told["step3"] == {"status": "not_taken", "score": None, "attempts": 0, "taken": None}


def test_a_rotation_is_at_its_program() -> None:
    plan = own_plan(uuid.uuid4())
    step = next(step for step in plan_read(plan).steps if step.program is not None)
    assert step.program is not None
    done(plan, step.code, 4, step.program.id)
    experience = profile_of_plan(plan)["experience"]
    assert isinstance(experience, list)
    assert experience[0]["program_id"] == step.program.id
    undone(plan, step.code, step.program.id)
    assert profile_of_plan(plan)["experience"] == []


def test_a_task_is_ticked_without_a_new_match() -> None:
    plan = own_plan(uuid.uuid4())
    match = plan.match_id
    row = done(plan, "statement")
    plan.refresh_from_db()
    assert (plan.match_id, row.before, row.label) == (match, None, step_of(plan, "statement").label)
    assert undone(plan, "statement").state == PlanStep.State.OPEN


@pytest.mark.parametrize("value", [None, 0, 53])
def test_a_value_that_is_none_is_refused_and_nothing_is_written(value: int | None) -> None:
    plan = own_plan(uuid.uuid4())
    code = next(code for code in codes_of(plan) if code.startswith("hands_on"))
    with pytest.raises(ValueInvalid):
        done(plan, code, value)
    assert not plan.steps.exists()


def test_a_score_below_the_mark_is_no_pass() -> None:
    plan = own_plan(
        uuid.uuid4(), ecfmg_certified=False, step2ck={"status": "fail", "score": 200, "attempts": 1}
    )
    with pytest.raises(ValueInvalid, match="to pass"):
        done(plan, "step2ck_passed", 190)
    done(plan, "step2ck_passed", 225)
    assert profile_of_plan(plan)["step2ck"] == {
        "status": "pass",
        "score": 225,
        "attempts": 2,
        "taken": None,
        "practice_score": None,
    }


def test_what_something_else_rests_on_is_not_taken_back() -> None:
    plan = own_plan(
        uuid.uuid4(), ecfmg_certified=False, step2ck={"status": "fail", "score": 200, "attempts": 1}
    )
    done(plan, "step2ck_passed", 225)
    told = {**profile_of_plan(plan), "ecfmg_certified": True}
    profile_save(document=profile_of(**told), season="2027", row=plan.match.profile)
    with pytest.raises(StepTiedUp):
        undone(plan, "step2ck_passed")
    assert plan.steps.get(code="step2ck_passed").state == PlanStep.State.DONE


def test_an_answer_changed_elsewhere_makes_a_step_impossible() -> None:
    plan = own_plan(uuid.uuid4())
    changed = profile_of(**{**ME, "step3": {"status": "pass", "attempts": 1}})
    profile_save(document=changed, season="2027", row=plan.match.profile)
    with pytest.raises(StepImpossible):
        done(plan, "step3_passed", 220)


def test_no_step_of_another_name() -> None:
    plan = own_plan(uuid.uuid4())
    for act in (done, undone):
        with pytest.raises(StepUnknown):
            act(plan, "no_such_step")
    with pytest.raises(StepUnknown):
        plan_step_drop(plan=plan, code="statement", program="sp00001")


def test_a_step_is_put_off_dropped_noted_and_taken_up() -> None:
    plan = own_plan(uuid.uuid4())
    until = TODAY + timedelta(days=7)
    row = plan_step_snooze(plan=plan, code="statement", program=None, until=until)
    assert (row.state, row.snoozed_until) == (PlanStep.State.SNOOZED, until)
    row = plan_step_note(plan=plan, code="statement", program=None, note=" ask Ana \x00")
    assert (row.state, row.note, row.snoozed_until) == (PlanStep.State.SNOOZED, "ask Ana \ufffd", until)
    row = plan_step_drop(plan=plan, code="statement", program=None)
    assert (row.state, row.snoozed_until) == (PlanStep.State.DROPPED, None)
    assert plan_step_open(plan=plan, code="statement", program=None).state == PlanStep.State.OPEN
    done(plan, "statement")
    with pytest.raises(StepUnknown):
        plan_step_drop(plan=plan, code="statement", program=None)


def test_the_form_follows_and_keeps_what_else_is_typed(small_catalogue: DataVersion) -> None:
    visitor = uuid.uuid4()
    plan = own_plan(visitor)
    typed = typed_from(document=profile_of(**ME).model_dump(mode="json"))
    ProfileDraft.objects.create(visitor=visitor, typed={**typed, "school_name": ["Half typed"]})
    done(plan, "step3_passed", 212)
    kept: Typed = ProfileDraft.objects.get(visitor=visitor).typed
    assert kept["step3_status"] == ["pass"]
    assert kept["step3_score"] == ["212"]
    assert kept["school_name"] == ["Half typed"]
    undone(plan, "step3_passed")
    assert ProfileDraft.objects.get(visitor=visitor).typed == {**typed, "school_name": ["Half typed"]}
