"""What publishing would change is shown before it is done, and who did it is noted."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client

from programs.desk.unpublished import SHOWN, Unpublished, unpublished
from programs.models import DataVersion, Program, ProgramFact
from programs.services import data_version_publish, fact_delete
from tests.programs.desk import PUBLISH, VERSIONS
from tests.programs.factories import make_fact, make_program

pytestmark = pytest.mark.django_db


def counts(told: Unpublished) -> dict[str, int]:
    return {kind.words: kind.count for kind in told.kinds if kind.count}


def test_nothing_is_told_where_nothing_changed() -> None:
    make_fact(make_program(), "accepts_img", "yes", strictness="statement")
    data_version_publish()
    assert unpublished().nothing


def test_each_kind_of_change_is_told_against_the_current_version() -> None:
    kept, gone = make_program(), make_program()
    changed = make_fact(kept, "positions_pgy1", "8", strictness="count")
    withdrawn = make_fact(kept, "holistic_review", "yes", strictness="statement")
    data_version_publish()
    added = make_program()
    ProgramFact.objects.filter(pk=changed.pk).update(value_number=9, value_as_stated="9")
    fact_delete(fact=withdrawn)
    make_fact(kept, "visa_j1", "yes", strictness="statement")
    Program.objects.filter(pk=kept.pk).update(city="Elsewhere")
    Program.objects.filter(pk=gone.pk).update(retired_on=date(2026, 7, 1))
    told = unpublished()
    assert counts(told) == {
        "Programs added": 1,
        "Programs no longer held, or retired": 1,
        "Programs described otherwise": 1,
        "Facts added": 1,
        "Facts changed": 1,
        "Facts withdrawn": 1,
    }
    by_words = {kind.words: kind.shown[0] for kind in told.kinds}
    assert by_words["Programs added"].program == added.pk
    assert by_words["Programs no longer held, or retired"].program == gone.pk
    assert (by_words["Facts changed"].before, by_words["Facts changed"].after) == (
        "8 positions",
        "9 positions",
    )


def test_what_waits_for_a_second_reader_is_counted_and_left_out() -> None:
    data_version_publish()
    fact = make_fact(make_program(), "min_step2ck", "220", strictness="strict")
    ProgramFact.objects.filter(pk=fact.pk).update(check_state="waiting", is_current=False)
    told = unpublished()
    assert (told.waiting, counts(told)) == (1, {"Programs added": 1})


def test_of_many_the_first_are_shown_and_the_rest_counted() -> None:
    data_version_publish()
    for _ in range(SHOWN + 2):
        make_program()
    kind = next(kind for kind in unpublished().kinds if kind.count)
    assert (len(kind.shown), kind.more) == (SHOWN, 2)


def test_the_page_shows_it_and_publishes_nothing_by_being_read(admin_client: Client) -> None:
    program = make_program()
    text = admin_client.get(PUBLISH).content.decode()
    assert "Programs added" in text
    assert program.name in text
    assert not DataVersion.objects.exists()


def test_who_published_and_when_is_noted(admin_client: Client) -> None:
    make_program()
    admin_client.post(PUBLISH)
    admin_client.post(PUBLISH)  # nothing has changed: nothing is noted
    entry = LogEntry.objects.get(change_message="Published")
    assert (entry.user, entry.object_id) == (User.objects.get(), str(DataVersion.objects.get().pk))
    assert ">admin<" in admin_client.get(VERSIONS).content.decode()
