from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from programs.models import Program, ProgramFact, ProgramOverride, Roster
from programs.services import data_version_publish, report_make
from programs.services.merging import decision_undo, programs_merge
from programs.signals import programs_merged
from programs.snapshot import snapshot_get
from tests.programs.desk import from_file
from tests.programs.factories import make_fact, make_program
from tests.programs.people import make_desk, make_lead

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def merge(duplicate: Program, kept: Program, **members: Any) -> ProgramOverride:
    said = {"reason": "One program listed twice.", "by": make_lead(), "now": NOW, **members}
    return programs_merge(duplicate=duplicate, kept=kept, **said)


def make_roster(program: Program, season: str) -> Roster:
    return Roster.objects.create(
        program=program, season=season, source="a page", source_kind="program_page",
        observed_on=date(2026, 9, 1),
    )  # fmt: skip


def test_merge_takes_along_what_people_recorded_and_undo_brings_it_back() -> None:
    duplicate, kept = make_program(), make_program()
    by_hand = make_fact(duplicate, "visa_j1", "yes")
    file = from_file(duplicate)
    report = report_make(program=duplicate, said="x", reporter=uuid4(), now=timezone.now())
    make_roster(kept, "2026")
    stays, goes = make_roster(duplicate, "2026"), make_roster(duplicate, "2025")

    decision = merge(duplicate, kept)

    duplicate.refresh_from_db()
    assert duplicate.same_as == kept
    for row in (by_hand, report, goes, stays, file):
        row.refresh_from_db()
    assert (by_hand.program, by_hand.is_current) == (kept, True)
    assert (report.program, goes.program) == (kept, kept)
    assert (stays.program, file.program) == (duplicate, duplicate)
    copy = kept.facts.get(field="min_step2ck")
    assert (copy.value, copy.url, copy.is_current, copy.check_state) == (220, file.url, True, "")
    assert by_hand.history.first().history_change_reason == f"Moved from {duplicate.pk}, the same program"

    decision_undo(decision=decision, by=make_lead(), now=NOW)

    duplicate.refresh_from_db()
    assert duplicate.same_as is None
    for row in (by_hand, report, goes):
        row.refresh_from_db()
    assert (by_hand.program, report.program, goes.program) == (duplicate, duplicate, duplicate)
    assert by_hand.is_current
    assert not kept.facts.exists()
    assert ProgramFact.history.filter(id=copy.pk).first().history_type == "-"


def test_merge_copies_nothing_where_the_kept_program_speaks_itself() -> None:
    duplicate, kept = make_program(), make_program()
    from_file(duplicate)
    make_fact(kept, "min_step2ck", "230")
    merge(duplicate, kept)
    assert [fact.value for fact in kept.facts.all()] == [230]


def test_merged_program_leaves_new_versions_until_undone() -> None:
    duplicate, kept = make_program(), make_program()
    before = data_version_publish().version
    decision = merge(duplicate, kept)
    assert [track.id for track in snapshot_get(data_version_publish().version).tracks] == [kept.pk]
    decision_undo(decision=decision, by=make_lead(), now=NOW)
    assert data_version_publish().version == before


def test_program_the_files_call_the_same_stays_in_new_versions() -> None:
    kept = make_program()
    make_program(same_as=kept)
    assert len(snapshot_get(data_version_publish().version).tracks) == 2


@pytest.mark.parametrize(
    ("duplicate", "kept", "words"),
    [
        ({}, {"specialty": "surgery"}, "another specialty"),
        ({}, {"track": "preliminary"}, "another track"),
        ({}, {"retired_on": date(2026, 1, 1)}, "is retired"),
    ],
)
def test_merge_of_what_is_not_one_program_is_refused(
    duplicate: dict[str, Any], kept: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        merge(make_program(**duplicate), make_program(**kept))
    assert not ProgramOverride.objects.exists()


def test_merge_makes_no_chain_and_no_circle() -> None:
    one, two, three = make_program(), make_program(), make_program()
    with pytest.raises(ValidationError, match="the program itself"):
        merge(one, one)
    merge(one, two)
    with pytest.raises(ValidationError, match="name that one"):
        merge(three, one)
    with pytest.raises(ValidationError, match="merge it into"):
        merge(two, three)


def test_merge_needs_the_right() -> None:
    with pytest.raises(PermissionDenied):
        merge(make_program(), make_program(), by=make_desk())


def test_merge_tells_who_listens_when_it_is_committed(django_capture_on_commit_callbacks: Any) -> None:
    duplicate, kept, heard = make_program(), make_program(), []

    def listen(**said: Any) -> None:
        heard.append((said["duplicate"], said["kept"]))

    programs_merged.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            merge(duplicate, kept)
            assert heard == []
    finally:
        programs_merged.disconnect(listen)
    assert heard == [(duplicate, kept)]
