"""What an answer advises: one sentence a point, with its source, from the profile and the season alone."""

import json
from typing import Any

import pytest
from django.test import Client

from applicants.services import profile_validate
from matching.api.advice import advice_document
from matching.models import Match
from matching.services import run_score
from tests.api.bodies import GOOD, changed
from tests.api.conftest import KeyMaker

MATCHES = "/api/v1/matches/"


def codes(**members: Any) -> set[str]:
    profile = profile_validate({**GOOD["profile"], **members}, season="2027")
    return {one["code"] for one in advice_document(profile=profile, season="2027")}


def test_advice_speaks_of_a_fail_and_of_nothing_where_there_is_none() -> None:
    passed_again = {"status": "pass", "score": None, "attempts": 2, "taken": "2023-08"}

    assert codes() == {"statement.leave_out"}
    assert codes(step1=passed_again) == {"statement.attempts"}
    assert "statement.silent_year" in codes(red_flags=["gap_unexplained"])
    assert codes(step2ck={"status": "pending"}, ecfmg_certified=None) == {"statement.wait"}


def test_advice_names_a_page_or_says_that_it_is_ours() -> None:
    profile = profile_validate(
        {**GOOD["profile"], "red_flags": ["professionalism"], "graduation_year": 2010, "step1": {}},
        season="2027",
    )

    sources = {one["code"]: one["source"] for one in advice_document(profile=profile, season="2027")}

    assert sources["statement.conduct"].startswith("https://www.nrmp.org/")
    assert sources["statement.years"].startswith("Our judgement")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("catalogue")
def test_advice_of_a_stored_match_is_that_of_one_not_stored(client: Client, key_headers: KeyMaker) -> None:
    body, headers = changed(("/profile/step1/attempts", 2)), key_headers()
    now = client.post(MATCHES, json.dumps(body), "application/json").json()["advice"]

    made = client.post(MATCHES, json.dumps({**body, "store": True}), "application/json", headers=headers)
    run_score(Match.objects.get(pk=made.json()["id"]).run_id)

    assert [one["code"] for one in now] == ["statement.attempts"]
    assert client.get(made["Location"], headers=headers).json()["advice"] == now
