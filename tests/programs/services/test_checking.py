from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from programs.choices import CheckState
from programs.desk.checks import check_state_for
from programs.models import Program, ProgramFact
from programs.selectors import facts_listed
from programs.services import data_version_publish, fact_change
from programs.services.checking import (
    NoteNeeded,
    NotWaiting,
    SamePerson,
    fact_confirm,
    fact_refuse,
    facts_confirm_batch,
    refusal_of,
)
from programs.snapshot import snapshot_get
from tests.programs.factories import make_fact, make_program
from tests.programs.people import make_batch, make_desk, make_person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def published(program: Program) -> dict[str, object]:
    (track,) = [
        track for track in snapshot_get(data_version_publish().version).tracks if track.id == program.pk
    ]
    return {name: (fact.value, [other.value for other in fact.others]) for name, fact in track.facts.items()}


def test_rule_entered_by_one_person_counts_nowhere_until_another_has_read_it() -> None:
    program = make_program()
    make_fact(program, "min_step2ck", "220", confidence="medium")
    waiting = make_fact(program, "min_step2ck", "240", by=make_desk())

    assert (waiting.check_state, waiting.is_current) == ("waiting", False)
    assert published(program) == {"min_step2ck": (220, [])}
    assert [fact.value for fact in facts_listed(program.pk)] == [220]

    reader = make_desk()
    confirmed = fact_confirm(fact=waiting, by=reader, now=NOW)

    assert (confirmed.check_state, confirmed.is_current) == ("confirmed", True)
    assert (confirmed.checked_by, confirmed.checked_at) == (reader, NOW)
    assert published(program) == {"min_step2ck": (240, [220])}
    last = confirmed.history.first()
    assert (last.history_user, last.history_change_reason) == (reader, "Read by a second person: so it says")


def test_nobody_confirms_or_refuses_her_own_entry() -> None:
    person = make_desk()
    fact = make_fact(make_program(), "min_step2ck", "240", by=person)
    with pytest.raises(SamePerson):
        fact_confirm(fact=fact, by=person, now=NOW)
    with pytest.raises(SamePerson):
        fact_refuse(fact=fact, by=person, note="x", now=NOW)
    with pytest.raises(IntegrityError, match="fact_checked_by_another"), transaction.atomic():
        ProgramFact.objects.filter(pk=fact.pk).update(checked_by=person)


def test_a_waiting_fact_cannot_be_made_to_count() -> None:
    fact = make_fact(make_program(), "min_step2ck", "240", by=make_desk())
    with pytest.raises(IntegrityError, match="fact_current_when_checked"), transaction.atomic():
        ProgramFact.objects.filter(pk=fact.pk).update(is_current=True)


def test_second_reader_needs_the_right() -> None:
    fact = make_fact(make_program(), "min_step2ck", "240", by=make_desk())
    with pytest.raises(PermissionDenied):
        fact_confirm(fact=fact, by=make_person("add_programfact"), now=NOW)


def test_refusal_keeps_the_fact_with_its_reason_and_counts_nowhere() -> None:
    program = make_program()
    fact = make_fact(program, "min_step2ck", "240", by=make_desk())
    with pytest.raises(NoteNeeded):
        fact_refuse(fact=fact, by=make_desk(), note=" ", now=NOW)
    refused = fact_refuse(fact=fact, by=make_desk(), note="The page says 230.", now=NOW)
    assert (refused.check_state, refused.is_current) == ("refused", False)
    assert refusal_of(refused) == "Refused: The page says 230."
    assert published(program) == {}
    with pytest.raises(NotWaiting):
        fact_confirm(fact=fact, by=make_desk(), now=NOW)


def test_a_changed_fact_waits_anew_and_for_another_than_who_changed_it() -> None:
    first, second = make_desk(), make_desk()
    fact = make_fact(make_program(), "min_step2ck", "240", by=first)
    fact = fact_confirm(fact=fact, by=second, now=NOW)
    fact.value_as_stated = "230"
    changed = fact_change(fact=fact, value="230", by=second)
    assert (changed.check_state, changed.is_current, changed.checked_by) == ("waiting", False, None)
    with pytest.raises(SamePerson):
        fact_confirm(fact=changed, by=second, now=NOW)
    assert fact_confirm(fact=changed, by=first, now=NOW).value == 230


@pytest.mark.parametrize(
    ("strictness", "field", "state"),
    [
        ("strict", "min_step2ck", "waiting"),
        ("strict", "usce_months_required", "waiting"),
        ("strict", "letters_required", ""),
        ("preference", "min_step2ck", ""),
        ("statement", "min_step2ck", ""),
        ("statement", "visa_j1", "waiting"),
        ("count", "residents_total", ""),
    ],
)
def test_check_state_for(strictness: str, field: str, state: str) -> None:
    assert check_state_for(strictness, field) == state


def test_all_of_an_import_is_confirmed_by_another_person_at_once() -> None:
    program, brought, reader = make_program(), make_desk(), make_desk()
    batch = make_batch(created_by=brought)
    ids = [
        make_fact(program, "min_step2ck", "240", by=brought).pk,
        make_fact(program, "visa_j1", "no", by=brought).pk,
    ]
    other = make_fact(program, "visa_h1b", "no", by=brought)
    ProgramFact.objects.filter(pk__in=ids).update(batch=batch)
    with pytest.raises(SamePerson):
        facts_confirm_batch(batch=batch, by=brought, now=NOW)

    assert facts_confirm_batch(batch=batch, by=reader, now=NOW) == 2

    states = set(
        ProgramFact.objects.filter(pk__in=ids).values_list("check_state", "is_current", "checked_by")
    )
    assert states == {(CheckState.CONFIRMED, True, reader.pk)}
    other.refresh_from_db()
    assert other.check_state == "waiting"
    assert ProgramFact.history.filter(history_change_reason="Confirmed with all of facts.csv").count() == 2
