from typing import Any

import pytest

from matching import catalogue as module
from matching.catalogue import (
    CHECK_SECONDS,
    KEPT,
    CatalogueEmpty,
    LoadedCatalogue,
    catalogue_current,
    catalogue_get,
    catalogue_warm,
)
from programs.models import DataVersion
from programs.services.publishing import data_version_publish
from tests.matching.factories import program_make
from tests.matching.made_snapshot import catalogue_of, row_make


class Clock:
    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(module, "time", made)
    monkeypatch.setattr(module, "_checked", module._Checked())
    return made


@pytest.mark.django_db
def test_nothing_published_is_said_and_looked_for_again_at_once(clock: Clock) -> None:
    with pytest.raises(CatalogueEmpty, match="load_catalogue"):
        catalogue_current()
    program_make()
    version = data_version_publish()
    assert catalogue_current().version == version.version


def test_a_new_version_is_seen_within_a_second(
    clock: Clock, small_catalogue: DataVersion, django_assert_num_queries: Any
) -> None:
    first = catalogue_current()
    assert first.version == small_catalogue.version
    program_make("sp09999")
    newer = data_version_publish()
    clock.now += CHECK_SECONDS / 2
    with django_assert_num_queries(0):
        assert catalogue_current() is first
    clock.now += CHECK_SECONDS / 2
    second = catalogue_current()
    assert second.version == newer.version
    assert len(second.tracks) == len(first.tracks) + 1
    assert catalogue_get(first.version) is first


def test_an_unknown_version_is_refused(small_catalogue: DataVersion) -> None:
    with pytest.raises(DataVersion.DoesNotExist):
        catalogue_get("no-such-version")


def test_columns_are_built_once_a_version_and_season() -> None:
    made = catalogue_of(row_make(1), row_make(2))
    assert made.columns("2027") is made.columns("2027")
    assert made.columns("2026") is not made.columns("2027")
    assert LoadedCatalogue(made.snapshot).columns("2027") is made.columns("2027")


def test_only_a_few_columns_are_kept() -> None:
    first = catalogue_of(row_make(1), version="first")
    built = first.columns("2027")
    for number in range(KEPT):
        catalogue_of(row_make(1), version=f"later{number}").columns("2027")
    assert len(module._built) <= KEPT
    assert first.columns("2027") is not built


def test_rows_follow_ids_and_facts_point_back() -> None:
    made = catalogue_of(row_make(2, facts={"visa_j1": "yes"}), row_make(1))
    assert [track.id for track in made.tracks] == ["sp00001", "sp00002"]
    fact = made.tracks[1].facts["visa_j1"]
    assert made.fact_rows == {fact.id: (1, "visa_j1")}
    assert made.specialty_names["internal-medicine"] == "Internal medicine"


def test_warming_builds_what_the_first_answer_needs(clock: Clock, small_catalogue: DataVersion) -> None:
    catalogue_warm()
    assert any(key[0] == small_catalogue.version for key in module._built)
