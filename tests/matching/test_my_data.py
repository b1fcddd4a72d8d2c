import json
import uuid

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from matching.models import ListVersion
from matching.my_data import data_export, kept_for_request
from matching.services import match_start
from programs.models import DataVersion, FactReport, Program
from tests.matching.factories import NOW, link_make, list_make, match_make, run_make
from tests.matching.inputs import options_of, profile_of
from tests.matching.pages import Capture
from tests.matching.people import EMAIL, account_make, draft_make, profile_make

pytestmark = pytest.mark.django_db


def test_kept_counts_ones_own_alone(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    visitor = uuid.uuid4()
    for who in (visitor, uuid.uuid4()):
        profile_make(visitor=who)
        draft_make("1", visitor=who)
        saved_list = list_make(match=match_make(visitor=who))
        link_make(saved_list)
        link_make(saved_list, revoked_at=NOW)
    with django_assert_num_queries(21):
        kept = kept_for_request(visitor=visitor)
    assert {row.kind: row.number for row in kept} == {
        "profiles": 1,
        "drafts": 1,
        "answers": 1,
        "receipts": 0,
        "scenarios": 0,
        "plans": 0,
        "lists": 1,
        "reviews": 0,
        "outcomes": 0,
        "links": 1,
        "reports": 0,
    }
    assert {row.kind: row.since for row in kept}["lists"] == NOW


def test_kept_of_nobody_is_nothing() -> None:
    profile_make(visitor=uuid.uuid4())
    assert {row.number for row in kept_for_request()} == {0}


def test_export_holds_everything_but_what_opens_a_link(
    small_catalogue: DataVersion, django_capture_on_commit_callbacks: Capture
) -> None:
    user, visitor = account_make(), uuid.uuid4()
    row = profile_make(owner=user)
    draft_make("typed words", owner=user)
    with django_capture_on_commit_callbacks(execute=True):
        match = match_start(profile=profile_of(), options=options_of(), owner=user, profile_row=row)
    saved_list = list_make(match=match, name="Los Angeles first")
    ListVersion.objects.create(saved_list=saved_list, number=1, entries=[], change="Saved", created_at=NOW)
    link = link_make(saved_list)
    program = Program.objects.all()[0]
    FactReport.objects.create(program=program, said="Closed", reporter=visitor, created_at=timezone.now())
    FactReport.objects.create(program=program, said="Not hers", reporter=None, created_at=timezone.now())

    text = json.dumps(data_export(user=user, visitor=visitor), cls=DjangoJSONEncoder)

    told = json.loads(text)
    assert told["account"]["email"] == EMAIL
    assert told["profiles"][0]["profile"] == row.document
    assert told["drafts"][0]["typed"] == {"a": ["typed words"]}
    (answer,) = told["answers"]
    assert (answer["state"], answer["profile"]) == ("done", row.document)
    assert answer["summary"]["applications"] == len(answer["recommended"]) > 0
    assert told["lists"][0]["name"] == "Los Angeles first"
    assert told["lists"][0]["versions"][0]["change"] == "Saved"
    assert told["lists"][0]["links"][0]["shows"] == link.mode
    assert [report["said"] for report in told["reports"]] == ["Closed"]
    assert link.token not in text
    assert user.password not in text


def test_export_of_an_answer_that_is_not_there_says_so() -> None:
    visitor = uuid.uuid4()
    match_make(visitor=visitor, run=run_make(state="failed", reason="Broken.", finished_at=NOW))
    match_make(visitor=visitor, run=run_make())
    told = data_export(visitor=visitor)
    assert sorted((a["state"], a["summary"], a["why"]) for a in told["answers"]) == [
        ("failed", None, "Broken."),
        ("queued", None, ""),
    ]
    assert told["account"] is None


def test_export_of_nobody_is_empty() -> None:
    match_make()
    profile_make(visitor=uuid.uuid4())
    told = data_export()
    assert not any(told.values())
