"""A program is known by its name, its codes or its id; where several fit, that is said."""

from typing import Any

import pytest

from applicants.program_names import ProgramUnclear, labels_of, program_meant, programs_named
from tests.programs.factories import make_program

pytestmark = pytest.mark.django_db


def meant(text: str, **known: Any) -> str:
    return program_meant(text, programs_named([text]), **known)


@pytest.mark.parametrize(
    "text", ["Harbor", "harbor, torrance", "1400511040", "1067140C0", "harbor internal medicine", "Hárbor CA"]
)
def test_program_is_found_by_name_or_code(text: str) -> None:
    program = make_program(name="Harbor Center", acgme_id="1400511040", nrmp_code="1067140C0")
    make_program(name="Elsewhere", city="Fresno", county="Fresno", institution="Other")
    assert meant(text) == program.pk


def test_program_id_is_taken_from_a_label_without_a_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert meant("Harbor Center, Torrance, CA · Internal medicine (sp01402)") == "sp01402"


def test_program_label_is_understood_again() -> None:
    program = make_program(name="Harbor Center", track="preliminary")
    label = labels_of([program.pk])[program.pk]
    assert label == f"Harbor Center, Torrance, CA · Internal medicine, preliminary ({program.pk})"
    assert meant(label) == program.pk


def test_program_of_several_tracks_is_one() -> None:
    preliminary = make_program(name="Harbor Center", track="preliminary", program_key="k1")
    categorical = make_program(name="Harbor Center", program_key="k1")
    assert meant("harbor center") == categorical.pk
    assert preliminary.pk != categorical.pk


def test_programs_that_all_fit_are_listed_with_their_codes() -> None:
    medicine = make_program(name="Harbor Center")
    family = make_program(name="Harbor Center", specialty="family-medicine")
    with pytest.raises(ProgramUnclear) as unclear:
        meant("harbor center")
    assert str(unclear.value).startswith("Several programs fit. Add the specialty, or type the code of")
    assert medicine.pk in str(unclear.value)
    assert family.pk in str(unclear.value)
    assert meant("harbor center", specialty="family-medicine") == family.pk


def test_many_programs_are_counted() -> None:
    for number in range(7):
        make_program(name=f"Harbor {number}")
    with pytest.raises(ProgramUnclear, match="and 3 more"):
        meant("harbor")


@pytest.mark.parametrize("text", ["Nowhere", "ab", "...", "'; DROP TABLE programs_program;--"])
def test_program_nobody_knows_is_said(text: str) -> None:
    make_program(name="Harbor Center")
    with pytest.raises(ProgramUnclear, match="We hold no program that fits"):
        meant(text)


def test_programs_are_named_in_one_query(django_assert_num_queries: Any) -> None:
    for number in range(5):
        make_program(name=f"Harbor {number}")
    with django_assert_num_queries(1):
        assert len(programs_named([f"harbor {number}" for number in range(5)])) == 5
