import uuid

import pytest
from django.test import Client

from matching.models import Plan
from matching.services import match_start
from matching.services.claiming import work_claim
from tests.matching.inputs import options_of, profile_of
from tests.matching.pages import text_of
from tests.matching.people import account_make, log_in, visiting
from tests.matching.planning.made import ME, own_plan

pytestmark = pytest.mark.usefixtures("small_catalogue")


def test_where_two_plans_meet_the_accounts_is_kept_and_she_is_told(client: Client) -> None:
    user, earlier = account_make(), uuid.uuid4()
    kept = own_plan(earlier)
    work_claim(visitor=earlier, user=user)
    own_plan(visiting(client))
    assert log_in(client)
    assert "Your account had a plan already" in text_of(client.get("/plan/"))
    assert Plan.objects.get() == kept


def test_an_answer_under_a_plan_is_not_stopped(client: Client) -> None:
    visitor = visiting(client)
    plan = own_plan(visitor)
    waits = match_start(profile=profile_of(**ME), options=options_of(max_usd=500), visitor=visitor)
    Plan.objects.filter(pk=plan.pk).update(match=waits)
    client.post(f"/matches/{waits.pk}/cancel/")
    waits.refresh_from_db()
    assert Plan.objects.get().match == waits
