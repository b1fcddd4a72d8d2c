"""The sample applicants' answers, byte for byte: a change of any number must be seen and meant."""

import difflib

import orjson
import pytest
from pytest_django.plugin import DjangoDbBlocker

from applicants.personas import PERSONAS, Persona
from matching.catalogue import LoadedCatalogue
from tests.golden.golden import ANSWERS, EXAMPLE, example_bytes, golden_bytes, golden_path, rounded
from tests.real_catalogue import real_catalogue_load

AGAIN = "write them anew with `.venv/bin/python -m tests.golden.write` and look at the difference"

pytestmark = pytest.mark.django_db  # to load the catalogue once


@pytest.fixture(scope="session")
def real_catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> LoadedCatalogue:
    with django_db_blocker.unblock():
        return real_catalogue_load()


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.slug)
def test_the_answer_is_the_golden_one(persona: Persona, real_catalogue: LoadedCatalogue) -> None:
    found = golden_bytes(persona, real_catalogue).decode().splitlines()
    golden = golden_path(persona.slug).read_text(encoding="utf-8").splitlines()
    changes = [line[:300] for line in difflib.unified_diff(golden, found, "golden", "now", lineterm="", n=0)]
    assert not changes, "\n".join([f"the answer has changed; if that is meant, {AGAIN}:", *changes[:20]])


def test_the_documented_answer_is_the_documented_requests(real_catalogue: LoadedCatalogue) -> None:
    found, kept = orjson.loads(example_bytes(real_catalogue)), orjson.loads(EXAMPLE.read_bytes())
    assert rounded(kept) == rounded(found), f"the example has changed; if that is meant, {AGAIN}"


def test_every_golden_answer_is_of_a_sample() -> None:
    assert {path.stem for path in ANSWERS.glob("*.json")} == {persona.slug for persona in PERSONAS}


def test_rounded_keeps_the_shape_and_no_minus_before_a_nought() -> None:
    assert rounded({"a": [1.23456789, -1e-9, None, 3, "x"], "b": {"c": True}}) == {
        "a": [1.234568, 0.0, None, 3, "x"],
        "b": {"c": True},
    }
    assert str(rounded(-1e-9)) == "0.0"
