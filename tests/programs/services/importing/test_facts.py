"""Facts by import: judged against what is held, written in one, undone whole."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from programs.choices import CheckState
from programs.models import FactReport, ImportBatch, ProgramFact
from programs.services.importing.exporting import csv_lines, facts_table
from programs.services.importing.handing_in import ImportNotSo
from tests.programs.desk import from_file
from tests.programs.factories import make_fact, make_program
from tests.programs.services.importing.journey import (
    SOURCE,
    applied,
    begun,
    done,
    faults,
    handed_in,
    staged,
    undone,
    verdicts,
)

pytestmark = pytest.mark.django_db
HEADER = ("id", "field", "value")


def snapshot() -> list[dict[str, Any]]:
    return [dict(row) for row in ProgramFact.objects.order_by("id").values()]


def test_rows_get_their_verdicts(tmp_path: Path) -> None:
    new, same, own, other, filed = (make_program() for _ in range(5))
    members = {"strictness": "statement", "observed_on": "2026-10-01"}
    make_fact(same, "letters_required", "3", **members)
    make_fact(own, "letters_required", "4", **members)
    make_fact(other, "letters_required", "4", url="https://another.example/")
    held = from_file(filed)
    ProgramFact.objects.filter(pk=held.pk).update(url=SOURCE["source_url"])

    batch = staged(
        tmp_path,
        HEADER,
        *((program.pk, "letters_required", "3") for program in (new, same, own, other)),
        (filed.pk, "min_step2ck", "230"),
        ("sp99998", "letters_required", "3"),
        (new.pk, "letters_required", "many"),
        (new.pk, "favourite_colour", "3"),
        (new.pk, "letters_required", "3"),
    )

    assert verdicts(batch) == [
        "add",
        "same",
        "change",
        "conflict",
        "conflict",
        "error",
        "error",
        "error",
        "error",
    ]
    assert batch.counts["error"] == 4
    spoken_of = batch.rows.filter(verdict="error").order_by("number").values_list("program_id", flat=True)
    assert list(spoken_of) == [None, new.pk, new.pk, new.pk]
    assert faults(batch) == [
        ("id", "is the id of no program of ours"),
        ("value", "must be a number from 0 to 10"),
        ("field", "is no known fact field"),
        ("", "says the same as row 2, or speaks of the same program"),
    ]


def test_import_is_written_whole_and_undone_whole(tmp_path: Path) -> None:
    new, own, other = (make_program() for _ in range(3))
    changed = make_fact(own, "letters_required", "4", strictness="statement", note="as told")
    held = make_fact(other, "letters_required", "4", url="https://another.example/")
    before = snapshot()
    batch = staged(tmp_path, HEADER, *((each.pk, "letters_required", "3") for each in (new, own, other)))

    batch = applied(batch)

    assert (batch.state, batch.parts.count()) == ("applied", 0)
    changed.refresh_from_db()
    assert (changed.value_number, changed.batch_id) == (3, batch.pk)
    assert changed.history.first().history_change_reason.startswith("Import f.csv")
    assert ProgramFact.objects.filter(program=other).count() == 2
    assert ProgramFact.objects.get(program=new).is_current
    added = ProgramFact.objects.get(program=new)
    assert added.pk >= ProgramFact.HAND_IDS_FROM
    report = FactReport.objects.create(program=new, fact=added, said="It is 4.", created_at=timezone.now())

    batch = undone(batch)

    assert (batch.state, batch.counts["kept"]) == ("undone", 0)
    trail = added.history.order_by("history_id").values_list("history_type", flat=True)
    assert list(trail) == ["+", "-"], "each step is told once"
    report.refresh_from_db()
    assert report.fact_id is None
    assert snapshot() == before
    assert changed.history.count() >= 3
    assert held.history.count() == 1


def test_undo_leaves_what_was_changed_since_and_tells_it(tmp_path: Path) -> None:
    one, two = make_program(), make_program()
    batch = applied(
        staged(tmp_path, HEADER, (one.pk, "letters_required", "3"), (two.pk, "letters_required", "3"))
    )
    ProgramFact.objects.filter(program=two).update(value_number=5)

    batch = undone(batch)

    assert batch.counts["kept"] == 1
    assert faults(batch) == [("", "What it wrote was changed or withdrawn by hand since.")]
    assert list(ProgramFact.objects.values_list("program_id", flat=True)) == [two.pk]


def test_conflicts_can_be_left_out(tmp_path: Path) -> None:
    program = make_program()
    make_fact(program, "letters_required", "4", url="https://another.example/")
    batch = staged(
        tmp_path, HEADER, (program.pk, "letters_required", "3"), (make_program().pk, "letters_required", "3")
    )

    batch = applied(batch, conflicts="leave")

    assert ProgramFact.objects.filter(batch=batch).count() == 1
    assert ProgramFact.objects.get(program=program).value_number == 4
    assert undone(batch).counts["kept"] == 0


def test_catalogue_changed_under_the_preview_writes_nothing_and_shows_anew(tmp_path: Path) -> None:
    one, two = make_program(), make_program()
    batch = staged(tmp_path, HEADER, (one.pk, "letters_required", "3"), (two.pk, "letters_required", "3"))
    make_fact(two, "letters_required", "4", url="https://another.example/")

    batch = applied(batch)

    assert (batch.state, verdicts(batch)) == ("ready", ["add", "conflict"])
    assert batch.reason.startswith("1 row changed since the file was read, so nothing was written.")
    assert not ProgramFact.objects.filter(batch=batch).exists()
    assert (batch.counts["add"], batch.counts["conflict"]) == (1, 1)
    assert applied(batch).state == "applied"


@pytest.mark.parametrize(
    ("by", "state"), [("uploader", CheckState.WAITING), ("leader", CheckState.CONFIRMED)]
)
def test_rule_waits_unless_another_person_confirms(tmp_path: Path, by: str, state: str) -> None:
    program = make_program()
    batch = staged(
        tmp_path, HEADER, (program.pk, "min_step2ck", "230"), defaults={**SOURCE, "strictness": "strict"}
    )

    batch = applied(batch, by=by)

    fact = ProgramFact.objects.get(program=program)
    assert (fact.check_state, fact.is_current) == (state, state == CheckState.CONFIRMED)
    assert batch.counts["waiting"] == (state == CheckState.WAITING)
    assert fact.entered_by is not None
    assert (fact.entered_by.username, getattr(fact.checked_by, "username", None)) == (
        "uploader",
        "leader" if by == "leader" else None,
    )


def test_columns_can_be_facts_and_every_track_can_be_meant(tmp_path: Path) -> None:
    one = make_program(acgme_id="1400531041")
    make_program(acgme_id="1400531041", track="preliminary")
    rows = (
        ("ACGME ID", "Lowest Step 2 CK score", "J-1 visa", "Mission in the program's words"),
        ("1400531041", "220", "Yes", ""),
    )

    assert faults(staged(tmp_path, *rows))[0][1].startswith("is shared by 2 tracks: name one")
    batch = applied(staged(tmp_path, *rows, defaults={**SOURCE, "tracks": "all"}))

    assert ProgramFact.objects.filter(batch=batch).count() == 4
    fact = ProgramFact.objects.get(program=one, field="visa_j1")
    assert (fact.value_code, fact.value_as_stated) == ("yes", "Yes")


def test_cells_that_say_nothing_are_named_not_guessed(tmp_path: Path) -> None:
    rows = (("id", "letters_required", "visa_j1"), (make_program().pk, "3", "not reported"))

    assert faults(staged(tmp_path, *rows)) == [("visa_j1", "must be one of yes, no, limited")]
    batch = staged(tmp_path, *rows, defaults={**SOURCE, "blanks": "N/A; not reported"})
    assert verdicts(batch) == ["add"]


def test_unmatched_row_names_what_comes_near(tmp_path: Path) -> None:
    program = make_program(name="Seaside Hope Program")
    rows = (
        ("program name", "state", "specialty", "field", "value"),
        ("Seaside Hope Medical Program", "California", "Internal medicine", "letters_required", "3"),
        ("Seaside Hope Program", "CA", "internal-medicine", "letters_required", "3"),
    )
    batch = staged(tmp_path, *rows)

    assert verdicts(batch) == ["error", "add"]
    assert f"near it: {program.pk} Seaside Hope Program (Torrance, CA)" in faults(batch)[0][1]


def test_export_handed_in_again_is_held_already(tmp_path: Path) -> None:
    program = make_program()
    make_fact(program, "min_step2ck", "220", note="=1+1", page_year=2026, season="2027")
    make_fact(program, "min_step2ck", "230", url="https://another.example/", observed_on="2026-09-01")
    from_file(make_program())
    columns, rows = facts_table()
    path = tmp_path / "facts.csv"
    path.write_bytes(b"".join(csv_lines(columns, rows)))

    batch = done(begun(handed_in(path), {}))

    assert verdicts(batch) == ["same"] * 3
    assert "'=1+1" in path.read_text(encoding="utf-8-sig")
    with pytest.raises(ImportNotSo):
        applied(batch)


def test_licensed_facts_are_left_out_of_the_export(tmp_path: Path) -> None:
    batch = applied(staged(tmp_path, HEADER, (make_program().pk, "letters_required", "3")))
    assert len(list(facts_table()[1])) == 1
    ImportBatch.objects.filter(pk=batch.pk).update(rights="licence")
    assert not list(facts_table()[1])
