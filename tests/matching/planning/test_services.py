import uuid

import pytest
from django.contrib.auth.models import User

from applicants.services import profile_save
from matching.models import Plan
from matching.my_data import data_export
from matching.planning.claiming import plan_claim
from matching.planning.selectors import plan_for_request, plan_read, plan_stale
from matching.planning.services import AimUnknown, plan_aim, plan_delete, plan_refresh, plan_start
from matching.planning.step_services import plan_step_note
from matching.services import match_delete
from matching.services.claiming import work_claim
from matching.services.forgetting import visitor_forget
from matching.services.matches import MatchHasPlan
from tests.matching.inputs import profile_of
from tests.matching.planning.made import ME, TODAY, own_match, own_plan

pytestmark = pytest.mark.usefixtures("small_catalogue")


def test_a_person_has_one_plan_and_it_moves_to_the_match_she_makes_it_on() -> None:
    visitor = uuid.uuid4()
    first = own_plan(visitor)
    plan_step_note(plan=first, code="statement", program=None, note="mine")
    second = plan_start(match=own_match(visitor, graduation_year=2020), chosen=("step3_passed",), today=TODAY)
    assert second.pk == first.pk
    assert second.match_id != first.match_id
    assert second.chosen == ["step3_passed"]
    assert second.steps.get().note == "mine"
    assert plan_read(second).graduates == 2020


def test_another_season_is_aimed_at() -> None:
    plan = plan_aim(plan=own_plan(uuid.uuid4()), season="2029", applied_before=True, today=TODAY)
    document = plan_read(plan)
    assert (plan.season, document.season, document.applied_before) == ("2029", "2029", True)
    assert document.months_left > 21
    with pytest.raises(AimUnknown):
        plan_aim(plan=plan, season="2026", applied_before=None, today=TODAY)


def test_changed_answers_make_a_plan_stale_until_it_is_reckoned_anew() -> None:
    visitor = uuid.uuid4()
    plan = own_plan(visitor)
    assert not plan_stale(plan, visitor=visitor)
    changed = profile_of(**{**ME, "graduation_year": 2021})
    profile_save(document=changed, season="2027", row=plan.match.profile)
    plan = Plan.objects.select_related("match__run", "match__profile").get(pk=plan.pk)
    stale = plan_stale(plan, visitor=visitor)
    assert stale.answers
    assert not stale.data
    fresh = plan_refresh(plan=plan, match=stale.match, today=TODAY)
    assert plan_read(fresh).graduates == 2021
    assert not plan_stale(fresh, visitor=visitor)


def test_log_in_takes_the_plan_along() -> None:
    visitor, user = uuid.uuid4(), User.objects.create(username="ana")
    plan = own_plan(visitor)
    assert not work_claim(visitor=visitor, user=user).plan
    plan.refresh_from_db()
    assert (plan.owner, plan.visitor) == (user, None)
    assert plan_for_request(user=user) == plan
    assert plan_for_request(visitor=visitor) is None


def test_of_two_plans_the_accounts_is_kept_and_it_is_said() -> None:
    user, earlier, visitor = User.objects.create(username="ana"), uuid.uuid4(), uuid.uuid4()
    kept = own_plan(earlier)
    work_claim(visitor=earlier, user=user)
    own_plan(visitor)
    assert work_claim(visitor=visitor, user=user).plan
    assert list(Plan.objects.values_list("pk", flat=True)) == [kept.pk]
    assert not plan_claim(visitor=uuid.uuid4(), user=user)


def test_a_match_under_a_plan_stays() -> None:
    plan = own_plan(uuid.uuid4())
    with pytest.raises(MatchHasPlan):
        match_delete(match=plan.match)
    match = plan.match
    plan_delete(plan=plan)
    match_delete(match=match)
    assert not Plan.objects.exists()


def test_a_plan_is_taken_away_and_forgotten() -> None:
    visitor, other = uuid.uuid4(), uuid.uuid4()
    own_plan(other)
    plan = own_plan(visitor)
    plan_step_note(plan=plan, code="statement", program=None, note="mine")
    (told,) = data_export(visitor=visitor)["plans"]
    assert told["plan"] == plan.document
    assert [step["note"] for step in told["steps"]] == ["mine"]
    assert "feed_token" not in told
    visitor_forget(visitor=visitor)
    assert list(Plan.objects.values_list("visitor", flat=True)) == [other]
