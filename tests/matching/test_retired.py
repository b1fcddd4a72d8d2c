"""A program that takes nobody any more: gone from new answers, still told wherever it stands."""

import uuid
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from matching.presentation.list_page import program_facts
from matching.presentation.programs import listing_words
from matching.selectors import match_for_request
from matching.services import list_add, list_rebase, match_start, run_score
from programs.models import Program
from programs.services import data_version_publish
from programs.services.overriding import program_decide
from tests.matching.inputs import options_of, profile_of
from tests.matching.lists import ids_of, list_scored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_catalogue")]


def retire(program: str) -> Program:
    found = Program.objects.get(pk=program)
    program_decide(
        program=found, field="retired_on", value="2026-07-01", reason="Closed.",
        by=User.objects.create_superuser("lead"), now=timezone.now(),
    )  # fmt: skip
    data_version_publish()
    found.refresh_from_db()
    return found


def test_retired_program_leaves_new_answers_and_stays_on_lists_with_words() -> None:
    visitor = uuid.uuid4()
    saved_list = list_scored(visitor=visitor)
    gone, *rest = ids_of(saved_list)
    program = retire(gone)

    match = match_start(profile=profile_of(), options=options_of(max_applications=4), visitor=visitor)
    run_score(match.run_id)
    fresh = match_for_request(match.pk, visitor=visitor)
    list_rebase(saved_list=saved_list, match=fresh)

    saved_list.refresh_from_db()
    assert ids_of(saved_list) == [gone, *rest]
    entry = saved_list.entries.get(program=gone)
    assert entry.probability is None
    assert saved_list.entries.exclude(program=gone).filter(probability=None).count() == 0
    assert listing_words(program_facts(program)) == "It takes nobody any more, since 1 July 2026."
    assert list_add(saved_list=saved_list, programs=[gone]).there == (gone,)


def test_page_of_a_retired_program_stays_and_says_since_when(client: Client) -> None:
    program = retire("sp00001")
    html = client.get(reverse("programs:detail", args=[program.pk])).content.decode()
    assert "It takes nobody any more</strong>, since 1 July 2026." in html
    assert program.retired_on == date(2026, 7, 1)
