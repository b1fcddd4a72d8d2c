from pytest_django import DjangoAssertNumQueries

from matching.landing import holdings_current, sample_document
from programs.models import DataVersion
from tests.matching.factories import program_make


def test_holdings_current_rings_nest_and_freshness_is_counted(small_catalogue: DataVersion) -> None:
    held = holdings_current()
    assert held is not None
    assert held.rings == (("los-angeles", 4), ("california", 6), ("west-coast", 8), ("national", 12))
    assert (held.specialties, held.tracks, held.facts, held.with_rules) == (1, 12, 0, 0)
    assert held.published == small_catalogue.created_at


def test_holdings_current_counts_once_a_version(
    small_catalogue: DataVersion, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = holdings_current()
    program_make("sp00099", city="Reno", county="Washoe", state="NV")
    with django_assert_num_queries(1):
        assert holdings_current() == first


def test_holdings_current_nothing_published(db: None) -> None:
    assert holdings_current() is None


def test_sample_document_is_the_first_persona_scored_on_what_is_held(small_catalogue: DataVersion) -> None:
    document = sample_document()
    assert document is not None
    assert document["season"] == "2027"
    assert {row["program"]["id"] for row in document["list"]} <= {f"sp{n:05d}" for n in range(1, 13)}
    assert document["summary"]["applications"] > 0


def test_sample_document_without_a_catalogue(db: None) -> None:
    assert sample_document() is None
