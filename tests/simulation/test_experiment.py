"""The comparison whole, in a small market: same chance for all, and what is told of it."""

import json
from pathlib import Path

import numpy as np
import pytest

from matching.catalogue import LoadedCatalogue
from matching.simulation.comparison import rows_of
from matching.simulation.experiment import Size, seed_compare
from matching.simulation.measures import SeedResult
from matching.simulation.strategies import OTHERS, OUR_WEIGHTS, OURS, UNSIGNALLED, Budget
from tests.bench.simulate import QUICK, Ground, Results, document_text
from tests.bench.simulate_page import document, plot, table, verdicts
from tests.scoring.made_catalogue import model_now
from tests.simulation.worlds import columns_small, market_numbers

pytestmark = pytest.mark.django_db  # to load the catalogue once

_PLAYED: dict[int, SeedResult] = {}


def played(catalogue: LoadedCatalogue, seed: int) -> SeedResult:
    if seed not in _PLAYED:
        _PLAYED[seed] = seed_compare(
            seed, Size(600, 12), (Budget(12, 132),), columns_small(catalogue), model_now(), market_numbers()
        )
    return _PLAYED[seed]


@pytest.mark.thorough
def test_every_strategy_is_played_at_the_same_number_of_programs(real_catalogue: LoadedCatalogue) -> None:
    measured = played(real_catalogue, 1).measured
    assert [one.strategy for one in measured] == [*OUR_WEIGHTS, *OTHERS]
    assert {one.sent for one in measured} == {12.0}
    for one in measured:
        assert one.invited >= one.interviews
        assert 0 <= one.los_angeles <= one.california <= one.matched <= 1 - one.none
        assert one.usd == 12 * 11


def test_ours_with_and_without_signals_is_the_same_list(real_catalogue: LoadedCatalogue) -> None:
    by_name = {one.strategy: one for one in played(real_catalogue, 1).measured}
    assert by_name[OURS].usd == by_name[UNSIGNALLED].usd
    assert by_name[OURS].invited >= by_name[UNSIGNALLED].invited


def test_a_seed_played_again_is_the_same(real_catalogue: LoadedCatalogue) -> None:
    again = seed_compare(
        1, Size(600, 12), (Budget(12, 132),), columns_small(real_catalogue), model_now(), market_numbers()
    )
    first = played(real_catalogue, 1)
    assert again.measured == first.measured
    assert again.promised == first.promised
    assert np.array_equal(again.rates, first.rates)


@pytest.mark.thorough
def test_what_is_told_of_it(real_catalogue: LoadedCatalogue, tmp_path: Path) -> None:
    results = [played(real_catalogue, seed) for seed in (1, 2)]
    text = table(results)
    assert text.count("\n| ") == 2 + len(rows_of(results))  # and its head
    assert all(f"| {name} |" in text for name in (*OUR_WEIGHTS, *OTHERS))
    assert len(verdicts(results)) == 2
    for name in ("one.svg", "two.svg"):
        plot(results, tmp_path / name)
    drawn = (tmp_path / "one.svg").read_bytes()
    assert drawn == (tmp_path / "two.svg").read_bytes()
    assert drawn.startswith(b"<?xml")


def test_the_numbers_kept_for_the_page_are_those_of_the_table(real_catalogue: LoadedCatalogue) -> None:
    results = [played(real_catalogue, seed) for seed in (1, 2)]
    ground = Ground(columns_small(real_catalogue), model_now(), market_numbers(), real_catalogue.version)
    told = json.loads(document_text(document(QUICK, ground, Results(results, []))))
    assert told["run"]["model"] == model_now().version
    lines = [line for line in table(results).splitlines() if line.startswith("| ")][1:]
    lines = [line for line in lines if not line.startswith("| ---")]
    assert len(told["rows"]) == len(lines)
    assert [row["strategy"] for row in told["promises"]] == list(OUR_WEIGHTS)
    for row, line in zip(told["rows"], lines, strict=True):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        assert cells[0] == row["strategy"]
        assert cells[6] == f"{row['matched'][0]:.1f} ± {row['matched'][1]:.1f}"
        assert (row["matched_against"] is None) == (row["strategy"] == OURS)
