from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from programs.models import Program, ProgramOverride
from programs.selectors import ProgramQuery, programs_find
from programs.services import catalogue_load, data_version_publish
from programs.services.overriding import DecisionEnded, decision_end, program_decide
from programs.snapshot import snapshot_get
from tests.programs.factories import make_program, write_catalogue
from tests.programs.people import make_desk, make_lead

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def decide(program: Program, field: str, value: str, **members: Any) -> ProgramOverride:
    said: dict[str, Any] = {"reason": "The program says so.", "by": make_lead(), "now": NOW, **members}
    return program_decide(program=program, field=field, value=value, **said)


def test_decision_stands_through_later_loads_and_is_undone(tmp_path: Path) -> None:
    catalogue_load(folder=write_catalogue(tmp_path, programs=[{}]))
    program = Program.objects.get()
    decision = decide(program, "name", "Bayside Program")
    catalogue_load(folder=write_catalogue(tmp_path, programs=[{"city": "Carson"}]))

    program.refresh_from_db()
    assert (program.name, program.city) == ("Bayside Program", "Carson")
    assert "bayside" in program.search_text

    catalogue_load(folder=write_catalogue(tmp_path, programs=[{"program_name": "Newer Program"}]))
    program.refresh_from_db()
    assert program.name == "Bayside Program"

    decision_end(decision=decision, by=make_lead(), now=NOW)
    program.refresh_from_db()
    assert program.name == "Newer Program", "back to what the files say by now"
    assert "bayside" not in program.search_text
    catalogue_load(folder=tmp_path)
    program.refresh_from_db()
    assert program.name == "Newer Program"


def test_load_twice_with_decisions_changes_nothing(tmp_path: Path) -> None:
    catalogue_load(folder=write_catalogue(tmp_path, programs=[{}]))
    decide(Program.objects.get(), "retired_on", "2026-07-01")
    catalogue_load(folder=tmp_path)
    again = catalogue_load(folder=tmp_path)
    assert again.programs_written == 0


def test_retired_program_leaves_new_versions_and_old_ones_keep_it() -> None:
    program, other = make_program(), make_program()
    before = data_version_publish().version
    decision = decide(program, "retired_on", "2026-07-01")
    after = data_version_publish().version

    assert [track.id for track in snapshot_get(before).tracks] == [program.pk, other.pk]
    assert [track.id for track in snapshot_get(after).tracks] == [other.pk]
    assert list(programs_find(ProgramQuery())) == [other]
    decision_end(decision=decision, by=make_lead(), now=NOW)
    assert data_version_publish().version == before


def test_decision_anew_ends_the_one_that_stands_and_undo_leads_to_the_files() -> None:
    program = make_program(name="Of the files")
    first = decide(program, "name", "First")
    second = decide(program, "name", "Second")
    first.refresh_from_db()
    assert first.ended_at == NOW
    assert second.was == "Of the files"
    with pytest.raises(DecisionEnded):
        decision_end(decision=first, by=make_lead(), now=NOW)
    assert decision_end(decision=second, by=make_lead(), now=NOW).name == "Of the files"


def test_decision_for_what_the_files_say_makes_none() -> None:
    program = make_program(name="Of the files")
    decide(program, "name", "First")
    decide(program, "name", "Of the files")
    assert not ProgramOverride.objects.filter(ended_at=None).exists()


@pytest.mark.parametrize(
    ("field", "value", "members", "place"),
    [
        ("name", "Other", {"reason": " "}, "reason"),
        ("name", "Other", {"reason": "x" * 301}, "reason"),
        ("name", "Other", {"url": "javascript:alert(1)"}, "url"),
        ("name", "", {}, "value"),
        ("name", "x" * 201, {}, "value"),
        ("state", "ZZ", {}, "value"),
        ("track", "night-shift", {}, "value"),
        ("acgme_id", "123", {}, "value"),
        ("nrmp_code", "1049140C", {}, "value"),
        ("retired_on", "soon", {}, "value"),
        ("retired_on", "2027-01-01", {}, "value"),
        ("city", "Torrance", {}, "value"),
        ("listing_status", "old", {}, "field"),
    ],
)
def test_decision_that_cannot_be_names_its_box(
    field: str, value: str, members: dict[str, object], place: str
) -> None:
    with pytest.raises(ValidationError) as fault:
        decide(make_program(), field, value, **members)
    assert list(fault.value.message_dict) == [place]
    assert not ProgramOverride.objects.exists()


def test_code_of_another_program_is_refused_by_its_name() -> None:
    make_program(name="Holder", nrmp_code="1049140C0")
    with pytest.raises(ValidationError, match="Holder"):
        decide(make_program(), "nrmp_code", "1049140C0")


def test_decision_needs_the_right() -> None:
    with pytest.raises(PermissionDenied):
        decide(make_program(), "name", "Other", by=make_desk())


def test_decision_is_in_the_history_with_who_and_why() -> None:
    program, lead = make_program(name="Before"), make_lead()
    decide(program, "name", "After", by=lead)
    last = program.history.first()
    assert (last.name, last.prev_record.name) == ("After", "Before")
    assert (last.history_user, last.history_change_reason) == (lead, "Decided: The program says so.")


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("override_field_known", {"field": "seen_in"}),
        ("override_has_reason", {"reason": ""}),
        ("override_ends_after", {"ended_at": datetime(2020, 1, 1, tzinfo=UTC)}),
    ],
)
def test_override_constraint_refuses(constraint: str, wrong: dict[str, object]) -> None:
    decision = decide(make_program(), "name", "Other")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ProgramOverride.objects.filter(pk=decision.pk).update(**wrong)


def test_one_decision_stands_a_column() -> None:
    decision = decide(make_program(), "name", "Other")
    decision.pk = None
    with pytest.raises(IntegrityError, match=r"override_one_stands|program_id"), transaction.atomic():
        decision.save()
