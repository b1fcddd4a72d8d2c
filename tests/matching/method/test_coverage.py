from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.catalogue import LoadedCatalogue
from matching.example_case import example_track
from matching.method import coverage as counted
from matching.method.ages_chart import AGES, ages_of
from matching.method.coverage import OLDEST, Coverage, age_of, coverage_of, region_of
from matching.method.data_page import anything_of, cell_of, share_words, standing_of, states_of, topics_of
from programs.fact_fields import FACT_FIELDS
from programs.geography import RINGS, rings_within
from programs.snapshot import FactValue
from tests.real_catalogue import real_catalogue_load

SEASON, YEAR = "2027", 2026


@pytest.fixture
def catalogue(db: None, monkeypatch: pytest.MonkeyPatch) -> LoadedCatalogue:
    found = real_catalogue_load()
    monkeypatch.setattr(counted, "catalogue_get", lambda version: found)
    return found


@pytest.fixture
def real(catalogue: LoadedCatalogue) -> Coverage:
    return coverage_of(catalogue, SEASON)


def test_programs_are_counted_by_hand_in_every_ring(real: Coverage, catalogue: LoadedCatalogue) -> None:
    assert [region.name for region in real.regions] == list(RINGS)
    for region in real.regions:
        tracks = [track for track in catalogue.tracks if track.ring in rings_within(region.name)]
        assert region.programs == len({track.program_key for track in tracks})
        for field in ("min_step2ck", "visa_j1", "main_hospital"):
            assert region.known[field] == len({t.program_key for t in tracks if field in t.facts})
        pages = [f for t in tracks for f in t.facts.values() if f.source_kind != "government"]
        assert region.facts == len(pages) == sum(region.ages.values()) == sum(region.confidence.values())
        assert region.ages[None] == sum(fact.page_year is None for fact in pages)
        assert sum(region.standing.values()) == region.programs


def test_rings_nest_and_states_add_up_to_the_nation(real: Coverage) -> None:
    nation = real.regions[-1]
    for inner, outer in zip(real.regions, real.regions[1:], strict=False):
        assert inner.programs < outer.programs
        assert all(outer.known[field] >= inner.known[field] for field in FACT_FIELDS)
    assert sum(state.facts for state in real.states) == nation.facts
    assert sum(state.programs for state in real.states) >= nation.programs
    sizes = [state.programs for state in real.states]
    assert sizes == sorted(sizes, reverse=True)


def test_it_is_counted_once_for_a_version(
    real: Coverage, catalogue: LoadedCatalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counted, "region_of", None)
    assert coverage_of(catalogue, SEASON) is real


def test_every_field_stands_once_in_the_chart(real: Coverage) -> None:
    rows = [row for topic in topics_of(real) for row in topic.rows]
    assert sorted(row.field for row in rows) == sorted(FACT_FIELDS)
    for row in rows:
        assert [cell.count for cell in row.cells] == [region.known[row.field] for region in real.regions]
    assert [cell.count for cell in anything_of(real.regions)] == [region.stated for region in real.regions]


def test_states_are_shown_for_the_fact_asked_for(real: Coverage) -> None:
    rows = {row.name: row.cell.count for row in states_of(real, "min_step2ck")}
    assert rows["California"] == real.regions[1].known["min_step2ck"]
    assert states_of(real, "any")[0].cell.count == real.states[0].stated


def test_columns_of_ages_are_as_tall_as_their_counts(real: Coverage) -> None:
    ages = ages_of(real, 4.0)
    assert [counts for _, counts in ages.table] == [tuple(r.ages[age] for r in real.regions) for age in AGES]
    for drawing in ages.drawings:
        for lane, region in zip(drawing.lanes, real.regions, strict=True):
            assert [column.count for column in lane.columns] == [region.ages[age] for age in AGES]
            heights = {column.height / column.count for column in lane.columns if column.count > 20}
            assert max(heights) == pytest.approx(min(heights), rel=0.05)
            assert all(column.x >= 0 and column.x + drawing.bar <= drawing.width for column in lane.columns)
        assert drawing.half_x == pytest.approx(drawing.ticks[4][0], abs=0.2)


def test_a_standing_bar_is_full(real: Coverage) -> None:
    for row in standing_of(real):
        assert sum(width for _, _, width in row.parts) == pytest.approx(100, abs=0.1)
        assert sum(row.counts) == row.programs


def test_a_program_stands_as_its_best_track_and_is_counted_once() -> None:
    track = example_track(SEASON)
    twin = replace(track, id="sp00001", facts={})
    found = region_of("NY", "New York", [track, twin], YEAR, {"sp00000": "low", "sp00001": "medium"})
    assert (found.programs, found.stated, found.facts) == (1, 1, len(track.facts))
    assert found.standing == Counter({"medium": 1})


@pytest.mark.parametrize(
    ("page_year", "age"), [(None, None), (2026, 0), (2027, 0), (2022, 4), (2009, OLDEST)]
)
def test_age_runs_from_the_year_of_the_page(page_year: int | None, age: int | None) -> None:
    fact = FactValue(1, "visa_j1", "yes", "yes", "strict", "", "program_page", page_year, None, "high", 0)
    assert age_of(fact, YEAR) == age


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_a_share_says_neither_nothing_nor_all_where_that_is_not_so(count: int, more: int) -> None:
    programs = count + more - 1 or 1
    cell = cell_of(min(count, programs), programs)
    assert (cell.share == "0") == (cell.count == 0)
    assert (cell.share == "100") == (cell.count == programs)
    assert 0 <= cell.width <= 100


def test_nothing_of_nothing_is_nothing() -> None:
    assert cell_of(0, 0).share == "0"
    assert share_words(0.4) == "under 1"
