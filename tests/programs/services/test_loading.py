from io import StringIO
from pathlib import Path
from time import perf_counter

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs.geography import in_los_angeles_county, ring_of
from programs.importing.faults import CatalogueInvalidError
from programs.models import DataVersion, Institution, Program, ProgramFact, Publication, Specialty
from programs.services import catalogue_load
from programs.snapshot import snapshot_get, version_current
from tests.programs.factories import make_fact, write_catalogue

pytestmark = pytest.mark.django_db


def test_load_writes_links_and_publishes(tmp_path: Path) -> None:
    write_catalogue(
        tmp_path,
        programs=[{}, {"id": "sp00002"}],
        aliases=[{}],
        same_as=[{}],
        facts=[{}, {"id": "2", "value": "none", "confidence": "low"}],
        hospital_labels=[{}],
    )
    loaded = catalogue_load(folder=tmp_path)
    assert (loaded.programs_written, loaded.facts_written, loaded.skipped) == (2, 7, False)
    program = Program.objects.get(pk="sp00002")
    assert (program.same_as_id, program.ring, program.institution.name) == (
        "sp00001",
        "los-angeles",
        "Harbor Hospital",
    )
    assert "the harbor" in program.search_text
    assert list(ProgramFact.objects.filter(field="min_step2ck", is_current=True).values_list("id")) == [(1,)]
    assert version_current() == loaded.version.version
    assert (loaded.version.program_count, loaded.version.fact_count) == (2, 7)


def test_load_twice_changes_nothing(tmp_path: Path) -> None:
    write_catalogue(tmp_path, programs=[{}], facts=[{}])
    first = catalogue_load(folder=tmp_path)
    stamp = Program.objects.get().updated_at
    second = catalogue_load(folder=tmp_path)
    assert (second.programs_written, second.facts_written, second.facts_withdrawn) == (0, 0, 0)
    assert second.version == first.version
    assert (Program.objects.get().updated_at, Publication.objects.count()) == (stamp, 1)


def test_load_if_changed_skips_the_same_files(tmp_path: Path) -> None:
    write_catalogue(tmp_path, programs=[{}])
    first = catalogue_load(folder=tmp_path)
    with CaptureQueriesContext(connection) as queries:
        assert catalogue_load(folder=tmp_path, if_changed=True).skipped
    assert len(queries) == 1
    write_catalogue(tmp_path, programs=[{"city": "Carson"}])
    changed = catalogue_load(folder=tmp_path, if_changed=True)
    assert (changed.skipped, changed.programs_written) == (False, 1)
    assert changed.version != first.version


def test_load_writes_nothing_where_one_row_is_wrong(tmp_path: Path) -> None:
    write_catalogue(tmp_path, programs=[{}, {"id": "sp00002", "state": "ZZ"}], facts=[{}])
    with pytest.raises(CatalogueInvalidError):
        catalogue_load(folder=tmp_path)
    for model in (Specialty, Institution, Program, ProgramFact, DataVersion):
        assert not model.objects.exists()


def test_load_updates_rows_and_keeps_the_rest(tmp_path: Path) -> None:
    write_catalogue(
        tmp_path, programs=[{}, {"id": "sp00002"}], facts=[{}, {"id": "2", "program_id": "sp00002"}]
    )
    catalogue_load(folder=tmp_path)
    stamps = dict(Program.objects.values_list("id", "updated_at"))
    write_catalogue(
        tmp_path,
        programs=[{}, {"id": "sp00002"}, {"id": "sp00003"}],
        facts=[{}, {"id": "2", "program_id": "sp00002", "value": "230"}],
    )
    loaded = catalogue_load(folder=tmp_path)
    assert (loaded.programs_written, loaded.facts_written) == (1, 1)
    now = dict(Program.objects.values_list("id", "updated_at"))
    assert now["sp00001"] == stamps["sp00001"]
    assert now["sp00002"] > stamps["sp00002"]
    assert ProgramFact.objects.get(pk=2).value == 230


def test_load_never_deletes_a_program_but_withdraws_facts(tmp_path: Path) -> None:
    write_catalogue(tmp_path, programs=[{}, {"id": "sp00002"}], facts=[{}, {"id": "2", "value": "230"}])
    catalogue_load(folder=tmp_path)
    by_hand = make_fact(Program.objects.get(pk="sp00001"), "visa_j1", "yes")
    write_catalogue(tmp_path, programs=[{}], facts=[{"id": "2", "value": "230"}])
    loaded = catalogue_load(folder=tmp_path)
    assert loaded.facts_withdrawn == 1
    assert set(Program.objects.values_list("id", flat=True)) == {"sp00001", "sp00002"}
    assert set(ProgramFact.objects.filter(is_current=True).values_list("id", flat=True)) == {2, by_hand.pk}


def test_load_moves_a_code_from_one_track_to_another(tmp_path: Path) -> None:
    codes = ("1049140C0", "1049140P0")
    rows = [{"nrmp_code": codes[0]}, {"id": "sp00002", "nrmp_code": codes[1]}]
    catalogue_load(folder=write_catalogue(tmp_path, programs=rows))
    rows[0]["nrmp_code"], rows[1]["nrmp_code"] = codes[1], codes[0]
    catalogue_load(folder=write_catalogue(tmp_path, programs=rows))
    assert list(Program.objects.order_by("id").values_list("nrmp_code", flat=True)) == [codes[1], codes[0]]


def test_load_refuses_a_code_of_a_track_that_left_the_file(tmp_path: Path) -> None:
    catalogue_load(folder=write_catalogue(tmp_path, programs=[{"nrmp_code": "1049140C0"}]))
    write_catalogue(tmp_path, programs=[{"id": "sp00002", "nrmp_code": "1049140C0"}])
    with pytest.raises(CatalogueInvalidError, match="sp00002 belongs to sp00001"):
        catalogue_load(folder=tmp_path)
    assert Program.objects.get().pk == "sp00001"


def test_load_back_and_forth_names_the_current_version(tmp_path: Path) -> None:
    versions = [
        catalogue_load(folder=write_catalogue(tmp_path, programs=[{"city": city}])).version.version
        for city in ("Carson", "Torrance", "Carson")
    ]
    assert versions[0] == versions[2] != versions[1]
    assert (version_current(), DataVersion.objects.count()) == (versions[0], 2)


def test_command_lists_every_fault(tmp_path: Path) -> None:
    write_catalogue(tmp_path, programs=[{"state": "ZZ"}], facts=[{"value": "900"}])
    with pytest.raises(CommandError) as caught:
        call_command("load_catalogue", folder=tmp_path)
    assert str(caught.value).splitlines() == [
        "2 faults, nothing was written:",
        "facts.csv:2 value '900' must be a number from 1 to 300 or one of none, pass",
        "programs.csv:2 state 'ZZ' is none of " + str(caught.value).split(" is none of ")[1],
    ]


def test_command_loads_the_whole_catalogue_once(tmp_path: Path) -> None:
    said = StringIO()
    started = perf_counter()
    call_command("load_catalogue", stdout=said)
    took = perf_counter() - started
    call_command("load_catalogue", if_changed=True, stdout=said)
    first, second = said.getvalue().splitlines()
    assert "4346 tracks, 11458 facts (4346 tracks and 11458 facts written" in first
    assert second.endswith("is current: 4346 program tracks.")
    assert took < 60, "seconds are wanted; a minute is a defect on any machine"

    rows = Program.objects.values_list("state", "county", "ring", "in_los_angeles_county")
    assert all(
        (ring, in_county) == (ring_of(state, county), in_los_angeles_county(state, county))
        for state, county, ring, in_county in rows
    )
    assert Program.objects.filter(listing_status="unconfirmed").count() == 3563
    assert Program.objects.get(pk="sp00576").same_as_id == "sp00577"
    assert Specialty.objects.count() == 14
    snapshot = snapshot_get(str(version_current()))
    assert (len(snapshot.tracks), len(snapshot.specialties)) == (4346, 14)
    assert (
        sum(len(track.facts) for track in snapshot.tracks)
        == ProgramFact.objects.filter(is_current=True).count()
    )


def test_fixtures_folder_is_the_default() -> None:
    assert (settings.FIXTURES_DIR / "programs.csv").is_file()
