"""The database itself refuses what must never be: tried on the real one, past every check in Python."""

from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from programs.choices import Confidence, SourceKind, Strictness
from programs.geography import in_los_angeles_county, ring_of
from programs.models import DataVersion, Institution, Program, ProgramFact, Specialty
from tests.programs.factories import make_fact, make_program, make_specialty

pytestmark = pytest.mark.django_db


def refused(name: str) -> AbstractContextManager[Any]:
    """A savepoint that must end in this constraint; SQLite names columns where an index is unique."""
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("program_named", {"name": ""}),
        ("program_named", {"program_key": ""}),
        ("program_state_known", {"state": "XX"}),
        ("program_track_known", {"track": "night-shift"}),
        ("program_listing_known", {"listing_status": "maybe"}),
        ("program_acgme_ten_digits", {"acgme_id": "123"}),
        ("program_nrmp_nine_characters", {"nrmp_code": ""}),
        ("program_coordinates_both_or_none", {"latitude": 34.0, "longitude": None}),
        ("program_coordinates_both_or_none", {"latitude": 134.0, "longitude": 10.0}),
        ("program_year_plausible", {"last_listed_year": 12}),
    ],
)
def test_program_constraint_refuses(constraint: str, wrong: dict[str, Any]) -> None:
    program = make_program()
    with refused(constraint), transaction.atomic():
        Program.objects.filter(pk=program.pk).update(**wrong)


def test_program_id_must_be_minted() -> None:
    with refused("program_id_minted"), transaction.atomic():
        make_program(id="xx00001")
    with refused("program_id_minted"), transaction.atomic():
        make_program(id="sp1")


def test_program_may_not_be_same_as_itself() -> None:
    program = make_program()
    with refused("program_not_same_as_itself"), transaction.atomic():
        Program.objects.filter(pk=program.pk).update(same_as=program.pk)


def test_program_codes_are_unique_where_given() -> None:
    make_program(nrmp_code="1049140C0", acgme_id="1400531041")
    with refused("nrmp_code|program_nrmp_once"), transaction.atomic():
        make_program(nrmp_code="1049140C0")
    with refused("acgme_id|program_acgme_track_once"), transaction.atomic():
        make_program(acgme_id="1400531041")
    assert make_program(acgme_id="1400531041", track="preliminary").pk
    assert make_program().nrmp_code is make_program().nrmp_code is None


def test_program_without_any_code_or_place_is_kept() -> None:
    program = make_program(city="", county="", latitude=None, longitude=None, last_listed_year=None)
    assert (program.ring, program.in_los_angeles_county) == ("california", False)


@pytest.mark.parametrize(
    ("state", "county"),
    [
        ("CA", "Los Angeles"),
        ("CA", "Orange"),
        ("CA", "Ventura"),
        ("CA", "Kern"),
        ("CA", ""),
        ("FL", "Orange"),
        ("NV", "Clark"),
        ("AK", ""),
        ("NY", "Kings"),
        ("PR", "San Juan"),
    ],
)
def test_program_ring_of_the_database_is_that_of_the_rule(state: str, county: str) -> None:
    program = make_program(state=state, county=county)
    assert program.ring == ring_of(state, county)
    assert program.in_los_angeles_county is in_los_angeles_county(state, county)


def test_program_ring_follows_its_county() -> None:
    program = make_program(county="Los Angeles")
    Program.objects.filter(pk=program.pk).update(county="Kern")
    program.refresh_from_db()
    assert (program.ring, program.in_los_angeles_county) == ("california", False)


def test_program_save_keeps_what_the_search_reads() -> None:
    program = make_program(name="St. Mary's", institution="Hôpital", nrmp_code="", acgme_id="1400531041")
    assert "st marys" in program.search_text
    assert "hopital" in program.search_text
    assert "1400531041" in program.search_text
    assert program.nrmp_code is None


def test_specialty_service_must_be_known() -> None:
    with refused("specialty_service_known"), transaction.atomic():
        make_specialty("surgery", application_service="post")


def test_specialty_with_programs_cannot_go() -> None:
    program = make_program()
    with pytest.raises(ProtectedError):
        Specialty.objects.get(pk=program.specialty_id).delete()


def test_institution_must_have_a_name() -> None:
    with refused("institution_named"), transaction.atomic():
        Institution.objects.create(name="")


def raw_fact(program: Program, **members: Any) -> ProgramFact:
    return ProgramFact.objects.create(
        **{
            "program": program,
            "field": "min_step2ck",
            "value_number": 220,
            "strictness": Strictness.STRICT,
            "source_kind": SourceKind.PROGRAM_PAGE,
            "confidence": Confidence.HIGH,
            "source": "a page",
            **members,
        }
    )


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("fact_field_known", {"field": "shoe_size"}),
        ("fact_one_typed_value", {"value_code": "none"}),
        ("fact_says_something", {"value_number": None}),
        ("fact_has_source", {"source": ""}),
        ("fact_strictness_known", {"strictness": "law"}),
        ("fact_source_kind_known", {"source_kind": "rumour"}),
        ("fact_confidence_known", {"confidence": "certain"}),
        ("fact_year_plausible", {"page_year": 20}),
    ],
)
def test_fact_constraint_refuses(constraint: str, wrong: dict[str, Any]) -> None:
    with refused(constraint), transaction.atomic():
        raw_fact(make_program(), **wrong)


def test_fact_has_one_current_a_field() -> None:
    program = make_program()
    raw_fact(program, is_current=True)
    assert raw_fact(program, value_number=230).pk
    with refused("fact_one_current|program_id"), transaction.atomic():
        raw_fact(program, value_number=240, is_current=True)


def test_fact_by_hand_has_an_id_above_those_of_files() -> None:
    assert raw_fact(make_program()).pk >= ProgramFact.HAND_IDS_FROM


@pytest.mark.parametrize(
    ("field", "members"),
    [
        ("min_step2ck", {"value_number": 900}),
        ("visa_j1", {"value_code": "perhaps"}),
        ("mission", {"value_code": "yes"}),
        ("shoe_size", {}),
    ],
)
def test_fact_clean_names_the_wrong_value(field: str, members: dict[str, Any]) -> None:
    fact = ProgramFact(field=field, **members)
    with pytest.raises(ValidationError):
        fact.clean()


def test_fact_value_is_number_code_or_nothing() -> None:
    program = make_program()
    assert make_fact(program, "min_step2ck", "220").value == 220.0
    assert make_fact(program, "visa_j1", "yes").value == "yes"
    assert make_fact(program, "mission", "", value_as_stated="care for all").value is None


def test_data_version_is_immutable() -> None:
    version = DataVersion.objects.create(
        version="abc", fingerprint="f" * 64, program_count=0, fact_count=0, snapshot=b"x"
    )
    version.program_count = 5
    with pytest.raises(TypeError):
        version.save()
    with refused("version|fingerprint"), transaction.atomic():
        DataVersion.objects.create(
            version="abc", fingerprint="e" * 64, program_count=0, fact_count=0, snapshot=b"y"
        )
