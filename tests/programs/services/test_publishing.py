from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs.models import DataVersion, Program, ProgramFact, Publication
from programs.services import data_version_publish
from programs.snapshot import (
    SNAPSHOT_FORMAT,
    FactValue,
    Snapshot,
    TrackRow,
    snapshot_get,
    snapshot_pack,
    snapshot_unpack,
    version_current,
)
from tests.programs.factories import make_fact, make_program

pytestmark = pytest.mark.django_db


def test_publish_freezes_every_member_of_a_track() -> None:
    known = make_program(acgme_id="1400531041", nrmp_code="1049140C0", latitude=33.8, longitude=-118.3)
    bare = make_program(city="", county="", state="NY", last_listed_year=None, same_as=known)
    make_fact(known, "min_step2ck", "220", page_year=2025)
    make_fact(known, "min_step2ck", "230", confidence="low")
    make_fact(known, "mission", "", value_as_stated="care for all")
    version = data_version_publish().version
    snapshot = snapshot_get(version)
    assert snapshot.specialties == (("internal-medicine", "Internal medicine"),)
    first, second = snapshot.tracks
    fact = first.facts["min_step2ck"]
    (other,) = fact.others
    assert (other.value, other.confidence, other.conflicts, other.others) == (230.0, "low", 0, ())
    assert replace(fact, others=()) == FactValue(
        id=ProgramFact.objects.get(value_number=220).pk,
        field="min_step2ck",
        value=220.0,
        as_stated="220",
        strictness="strict",
        url="https://program.example/apply",
        source_kind="program_page",
        page_year=2025,
        observed_on=None,
        confidence="high",
        conflicts=1,
    )
    assert (first.facts["mission"].value, first.facts["mission"].conflicts) == (None, 0)
    assert replace(first, facts={}) == TrackRow(
        id=known.pk,
        program_key=known.program_key,
        acgme_id="1400531041",
        nrmp_code="1049140C0",
        specialty="internal-medicine",
        track="categorical",
        name=known.name,
        institution="Harbor Hospital",
        city="Torrance",
        county="Los Angeles",
        state="CA",
        latitude=33.8,
        longitude=-118.3,
        last_listed_year=2026,
        listing_status="current",
        ring="los-angeles",
        in_los_angeles_county=True,
        same_as=None,
        facts={},
    )
    assert (second.id, second.same_as, second.ring, second.latitude) == (bare.pk, known.pk, "national", None)


def test_publish_same_content_gives_the_same_version_and_bytes() -> None:
    program = make_program()
    make_fact(program, "visa_j1", "yes")
    first = data_version_publish()
    assert data_version_publish() == first
    assert Publication.objects.count() == 1
    blob = bytes(DataVersion.objects.get().snapshot)
    Program.objects.update(updated_at="2030-01-01T00:00:00Z")
    again = data_version_publish()
    assert bytes(again.snapshot) == blob
    assert first.fingerprint.startswith(first.version)


def test_publish_leaves_earlier_versions_as_they_were() -> None:
    program = make_program(name="Before")
    first = data_version_publish(source_fingerprint="files").version
    Program.objects.filter(pk=program.pk).update(name="After")
    second = data_version_publish().version
    assert version_current() == second != first
    assert (snapshot_get(first).tracks[0].name, snapshot_get(second).tracks[0].name) == ("Before", "After")
    assert set(Publication.objects.values_list("source_fingerprint", flat=True)) == {"files"}


def test_publish_takes_a_constant_number_of_queries() -> None:
    counts = []
    for _ in range(2):
        for _ in range(10):
            make_fact(make_program(), "visa_j1", "yes")
        with CaptureQueriesContext(connection) as queries:
            data_version_publish()
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_version_current_is_one_query_and_none_at_first() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert version_current() is None
    assert len(queries) == 1


def test_snapshot_get_of_an_unknown_version_raises() -> None:
    with pytest.raises(DataVersion.DoesNotExist):
        snapshot_get("nothing")


def test_sources_that_say_otherwise_go_with_the_fact_the_most_believed_first() -> None:
    program = make_program()
    make_fact(program, "visa_j1", "yes")
    make_fact(program, "visa_j1", "yes", confidence="low")
    make_fact(program, "visa_j1", "", value_as_stated="ask us", confidence="low")
    last = make_fact(program, "visa_j1", "no", confidence="low")
    first = make_fact(program, "visa_j1", "limited", confidence="medium")
    make_fact(program, "visa_h1b", "", value_as_stated="ask us")
    (track,) = snapshot_get(data_version_publish().version).tracks
    fact = track.facts["visa_j1"]
    assert [(other.id, other.value) for other in fact.others] == [(first.pk, "limited"), (last.pk, "no")]
    assert fact.conflicts == len(fact.others)
    assert track.facts["visa_h1b"].others == ()


def test_snapshot_of_another_format_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    blob, _, version = snapshot_pack(specialties=[], tracks=[])
    assert snapshot_unpack(version=version, blob=blob) == Snapshot(version, (), ())
    monkeypatch.setattr("programs.snapshot.SNAPSHOT_FORMAT", SNAPSHOT_FORMAT + 1)
    later, _, version = snapshot_pack(specialties=[], tracks=[])
    with pytest.raises(ValueError, match="format"):
        snapshot_unpack(version=version, blob=later)


def test_the_first_format_is_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("programs.snapshot.SNAPSHOT_FORMAT", 1)
    fact = [7, "visa_j1", "yes", "yes", "strict", "", "program_page", 2025, None, "high", 1]
    blob, _, version = snapshot_pack(specialties=[], tracks=[[*range(18), [fact]]])
    (track,) = snapshot_unpack(version=version, blob=blob).tracks
    assert track.facts["visa_j1"] == FactValue(
        7, "visa_j1", "yes", "yes", "strict", "", "program_page", 2025, None, "high", 1
    )
