"""Columns are proposed by what was remembered, by the preset, by likeness; each preset reads its layout."""

from pathlib import Path

import pytest
from django.utils import timezone

from programs.fact_fields import FACT_FIELDS
from programs.importing.columns import TARGETS, targets
from programs.importing.mapping import mapping_faults, mapping_propose
from programs.importing.presets import PRESETS
from programs.models import ImportBatch, Program, ProgramFact
from programs.services.importing import import_columns
from tests.programs.factories import make_program
from tests.programs.importing.files import csv_file
from tests.programs.services.importing.journey import applied, done, handed_in, verdicts


def test_mapping_goes_by_memory_then_preset_then_likeness() -> None:
    columns = ["ACGME", "Cutoff", "Visa J-1", "Quota", "Season", "Field of study"]
    found = mapping_propose(
        "facts",
        columns,
        remembered={"min_step2ck": "cutoff"},
        preset={"positions_pgy1": ("Positions", "quota"), "visa_j1": ("Visa J-1",)},
        left_out=["season"],
    )
    assert found == {
        "min_step2ck": "Cutoff", "positions_pgy1": "Quota", "visa_j1": "Visa J-1", "acgme_id": "ACGME",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "mapping", "words"),
    [
        ("facts", {"field": "a", "value": "b"}, "which program"),
        ("facts", {"id": "a", "field": "b"}, "A column for the value"),
        ("facts", {"id": "a"}, "No column is taken for a fact"),
        ("facts", {"id": "a", "field": "b", "value": "c", "visa_j1": "d"}, "not both at once"),
        ("facts", {"id": "a", "visa_j1": "a"}, "taken for two"),
        ("facts", {"id": "a", "visa_j1": "z"}, "no column “z”"),
        ("facts", {"id": "a", "colour": "b"}, "no field of ours"),
        ("rosters", {"id": "a", "school": "b"}, "kind or the country"),
    ],
)
def test_mapping_faults_are_sentences(kind: str, mapping: dict[str, str], words: str) -> None:
    faults = mapping_faults(kind, mapping, ["a", "b", "c", "d"])
    assert any(words in fault for fault in faults), faults


@pytest.mark.parametrize("kind", TARGETS)
def test_no_two_of_our_fields_bear_one_name(kind: str) -> None:
    names = [name for target in TARGETS[kind] for name in target.names]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize("code", PRESETS)
def test_preset_names_fields_of_its_kind(code: str) -> None:
    preset = PRESETS[code]
    assert set(preset.columns) <= set(targets(preset.kind))
    assert set(preset.codes) <= set(FACT_FIELDS)


def read(path: Path, preset: str) -> ImportBatch:
    chosen = PRESETS[preset]
    batch = handed_in(path, chosen.kind, preset=preset, rights="licence")
    columns = batch.layout["columns"]
    mapping = mapping_propose(chosen.kind, columns, remembered={}, preset=chosen.columns)
    return done(import_columns(batch=batch, mapping=mapping, defaults=batch.defaults, now=timezone.now()))


# Files in these layouts, of programs that there are not: no line of anybody's table.
LAYOUTS = {
    "freida-facts": (
        "Program ID,Program Name,Specialty,State,Year 1 Positions,Minimum Step 2 Score,J-1 Visa,Last Updated",
        "1499999001,Nowhere Program,Internal medicine,CA,12,Not reported,Sponsored,2026-08-01",
    ),
    "residency-explorer": (
        "ACGME Program ID,Program Name,Specialty,State,Number of Applicants,H-1B Visa Sponsorship,Season",
        "1499999001,Nowhere Program,Internal medicine,CA,3100,Not sponsored,2026",
    ),
    "nrmp-results": (
        "Program Code,Program Name,State,Quota,Matched,Match Year",
        "9999140C0,Nowhere Program,CA,12,12,2026",
    ),
}
SAYS = {
    "freida-facts": {"positions_pgy1": 12.0, "visa_j1": "yes"},
    "residency-explorer": {"applications_received": 3100.0, "visa_h1b": "no"},
    "nrmp-results": {"positions_pgy1": 12.0},
}


@pytest.mark.django_db
@pytest.mark.parametrize("preset", LAYOUTS)
def test_preset_reads_a_file_in_its_layout(tmp_path: Path, preset: str) -> None:
    make_program(acgme_id="1499999001", nrmp_code="9999140C0")
    batch = read(csv_file(tmp_path / "f.csv", *(row.split(",") for row in LAYOUTS[preset])), preset)

    assert verdicts(batch) == ["add"], list(batch.rows.values_list("faults", flat=True))
    applied(batch)
    assert {fact.field: fact.value for fact in ProgramFact.objects.all()} == SAYS[preset]


@pytest.mark.django_db
def test_preset_of_programs_reads_a_file_in_its_layout(tmp_path: Path) -> None:
    program = make_program(name="Nowhere Program")
    rows = (
        ("Program ID", "Program Name", "Specialty", "Sponsoring Institution", "City", "State"),
        ("1499999001", "Nowhere Program", "Internal Medicine", "Nowhere Hospital", "Torrance", "California"),
    )
    batch = read(csv_file(tmp_path / "f.csv", *rows), "freida-programs")

    assert verdicts(batch) == ["change"]
    applied(batch)
    assert Program.objects.get().acgme_id == "1499999001"
    assert program.pk == Program.objects.get().pk
