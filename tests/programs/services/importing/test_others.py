"""Programs and rosters by import."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from programs.models import Program, ProgramFact, ProgramOverride, Resident, Roster
from programs.services import data_version_publish
from programs.services.importing.exporting import programs_table, xlsx_bytes
from tests.programs.factories import make_program
from tests.programs.services.importing.journey import (
    SOURCE,
    applied,
    begun,
    done,
    faults,
    handed_in,
    person,
    staged,
    undone,
    verdicts,
)

pytestmark = pytest.mark.django_db
NEW = (
    "1400531077",
    "",
    "Cape Program",
    "internal medicine",
    "Cape Hospital",
    "Torrance",
    "Los Angeles",
    "CA",
    "2026",
)
COLUMNS = (
    "acgme_id",
    "id",
    "program_name",
    "specialty",
    "institution",
    "city",
    "county",
    "state",
    "last_listed_year",
)


def programs() -> list[dict[str, Any]]:
    return [dict(row) for row in Program.objects.order_by("id").values()]


def test_programs_are_added_filled_and_decided_over(tmp_path: Path) -> None:
    filled = make_program(name="Bay Program", county="")
    other = make_program(name="Old Program")
    rows = (
        COLUMNS,
        NEW,
        ("1400531078", filled.pk, "Bay Program", "", "", "", "Los Angeles", "", ""),
        ("", other.pk, "New Program", "", "Another Hospital", "", "", "", ""),
        ("", "", "Nowhere Program", "internal medicine", "x", "x", "x", "CA", "2026"),
        ("140053107", other.pk, "", "", "", "", "", "", ""),
    )
    batch = staged(tmp_path, *rows, kind="programs", defaults={"reason": "The sponsor's list"})

    assert verdicts(batch) == ["add", "change", "conflict", "error", "error"]
    assert [field for field, _ in faults(batch)] == ["program_name", "acgme_id"]
    before = programs()

    batch = applied(batch, conflicts="beside")

    new = Program.objects.get(acgme_id="1400531077")
    assert (new.pk, new.name, new.listing_status, new.ring) == (
        "sp90001",
        "Cape Program",
        "current",
        "los-angeles",
    )
    assert Program.objects.filter(search_text__contains="cape hospital").exists()
    filled.refresh_from_db()
    other.refresh_from_db()
    assert (filled.acgme_id, filled.county, other.name) == ("1400531078", "Los Angeles", "New Program")
    assert other.institution.name == "Harbor Hospital"  # only the files decide it
    decided = set(ProgramOverride.objects.values_list("program", "field", "reason"))
    assert (other.pk, "name", "The sponsor's list") in decided
    assert other.history.first().history_change_reason.startswith("Import f.csv")

    batch = undone(batch)

    after = [{**row, "updated_at": None} for row in programs()]
    assert after == [{**row, "updated_at": None} for row in before]
    assert not ProgramOverride.objects.filter(ended_at=None).exists()


def test_programs_columns_are_left_unless_decided(tmp_path: Path) -> None:
    filled = make_program(name="Bay Program", county="")
    rows = (("id", "program_name", "county"), (filled.pk, "Other Name", "Orange"))

    applied(staged(tmp_path, *rows, kind="programs", defaults={}), conflicts="leave")

    filled.refresh_from_db()
    assert (filled.name, filled.county) == ("Bay Program", "Orange")


def test_undo_leaves_a_column_that_was_decided_since(tmp_path: Path) -> None:
    program = make_program(county="")
    batch = applied(staged(tmp_path, ("id", "county"), (program.pk, "Orange"), kind="programs", defaults={}))
    now = timezone.now()
    ProgramOverride.objects.update(ended_at=now)
    ProgramOverride.objects.create(
        program=program, field="county", value="Kern", reason="seen", by=None, at=now
    )
    Program.objects.filter(pk=program.pk).update(county="Kern")

    assert undone(batch).counts["kept"] == 1
    program.refresh_from_db()
    assert program.county == "Kern"


def test_undo_retires_a_program_that_is_published(tmp_path: Path) -> None:
    make_program()
    batch = applied(staged(tmp_path, COLUMNS, NEW, kind="programs", defaults={}))
    data_version_publish()

    assert undone(batch).counts["kept"] == 1
    assert Program.objects.get(acgme_id="1400531077").retired_on == timezone.localdate()


def test_export_of_programs_handed_in_again_is_held_already(tmp_path: Path) -> None:
    make_program(name="Double  Blank Program", latitude=33.5, longitude=-118.25)
    make_program(acgme_id="0400531077", nrmp_code="1049140C0", track="unknown", last_listed_year=None)
    columns, rows = programs_table()
    path = tmp_path / "programs.xlsx"
    path.write_bytes(xlsx_bytes("programs", columns, rows))

    assert verdicts(done(begun(handed_in(path, "programs"), {}))) == ["same", "same"]


ROSTER = ("id", "class year", "school", "country", "kind")


def roster_rows(program: Program, *kinds: str) -> list[tuple[str, ...]]:
    country = {"us_md": "US", "us_img": "GD", "non_us_img": "IN"}
    return [(program.pk, "2025", f"School {at}", country[kind], kind) for at, kind in enumerate(kinds)]


def test_roster_is_counted_replaced_and_put_back(tmp_path: Path) -> None:
    program = make_program()
    defaults = {**SOURCE, "season": "2027"}
    first = staged(
        tmp_path, ROSTER, *roster_rows(program, *["us_md"] * 6, "us_img"), kind="rosters", defaults=defaults
    )
    assert set(verdicts(first)) == {"add"}
    applied(first)
    counted = {fact.field: fact.value_number for fact in ProgramFact.objects.filter(roster__isnull=False)}
    assert (counted["residents_total"], counted["residents_us_img"]) == (7, 1)

    rows = roster_rows(program, *["us_md"] * 6, "us_img")
    assert set(verdicts(staged(tmp_path, ROSTER, *rows, kind="rosters", defaults=defaults))) == {"same"}

    rows = roster_rows(program, *["us_md"] * 6, "us_img", "us_img")
    second = staged(tmp_path, ROSTER, *rows, kind="rosters", defaults=defaults)
    assert set(verdicts(second)) == {"change"}
    second = applied(second)
    assert Resident.objects.count() == 8

    assert undone(second).counts["kept"] == 0
    assert Resident.objects.count() == 7
    assert Roster.objects.get().season == "2027"


def test_roster_that_somebody_changed_since_stays(tmp_path: Path) -> None:
    program = make_program()
    defaults = {**SOURCE, "season": "2027"}
    batch = applied(
        staged(tmp_path, ROSTER, *roster_rows(program, "us_md"), kind="rosters", defaults=defaults)
    )
    Resident.objects.update(school="Another School")

    assert undone(batch).counts["kept"] == 1
    assert Roster.objects.exists()


def test_roster_faults_by_field(tmp_path: Path) -> None:
    program = make_program()
    rows = ((program.pk, "2031", "S", "Narnia", "wizard"),)
    batch = staged(tmp_path, ROSTER, *rows, kind="rosters", defaults={**SOURCE, "season": "2027"})

    assert {field for field, _ in faults(batch)} == {"class_year", "country", "kind"}
    assert person("leader").is_superuser
