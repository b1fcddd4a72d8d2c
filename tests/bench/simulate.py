"""Strategies for low-score US IMGs in a made-up market: ``python -m tests.bench.simulate``.

Writes docs/simulation.md, docs/simulation.svg and fixtures/simulation_results.json, minutes; ``--quick``
prints the table of a small market and writes nothing.
"""

import argparse
import contextlib
import json
import multiprocessing
import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matching.scoring.columns import Columns
    from matching.scoring.model import Model
    from matching.simulation.experiment import Size
    from matching.simulation.measures import SeedResult

DOCS = Path(__file__).parents[2] / "docs"
RESULTS = DOCS.parent / "fixtures" / "simulation_results.json"
QUICK_TRACKS = 300


@dataclass(frozen=True)
class Plan:
    """A run: a small group that hardly moves the market, and, in ``crowded`` seeds, a large one. ``budgets``:
    most programs and dollars, which pay for that many ERAS programs, half in each of two specialties."""

    applicants: int
    focal: int
    seeds: int
    budgets: tuple[tuple[int, int], ...]
    crowded_focal: int
    crowded_seeds: int


FULL = Plan(40_000, 80, 16, ((40, 440), (80, 1260)), 400, 4)
QUICK = Plan(2_000, 20, 2, ((20, 220),), 100, 0)


@dataclass(frozen=True, eq=False)
class Ground:
    """The catalogue, the model and the market's numbers."""

    columns: "Columns"
    model: "Model"
    parameters: Any
    data_version: str


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small market, nothing written")
    parser.add_argument("--seeds", type=int, help="how many worlds")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    asked = parser.parse_args(arguments)
    plan = QUICK if asked.quick else FULL
    if asked.seeds:
        plan = Plan(
            **{**vars(plan), "seeds": asked.seeds, "crowded_seeds": min(plan.crowded_seeds, asked.seeds)}
        )
    with tempfile.TemporaryDirectory() as folder:
        from tests.bench.measure import setup

        setup(folder)
        report(plan, quick=asked.quick, processes=asked.processes)


def report(plan: Plan, *, quick: bool, processes: int) -> None:
    """Play every seed and tell what came of it."""
    from tests.bench.simulate_page import document, page, plot, table

    ground = ground_make(tracks=QUICK_TRACKS if quick else None)
    results = play(plan, ground, processes)
    print(table(results.small))
    if quick:
        return
    (DOCS / "simulation.md").write_text(
        page(plan, ground, results, season_seconds(plan, ground)), encoding="utf-8"
    )
    plot(results.small, DOCS / "simulation.svg")
    RESULTS.write_text(document_text(document(plan, ground, results)), encoding="utf-8")
    print(f"Written: {DOCS / 'simulation.md'}, {DOCS / 'simulation.svg'}, {RESULTS}")


def document_text(told: dict[str, Any]) -> str:
    """As JSON, a row a line."""

    def lines(name: str) -> str:
        return f'"{name}": [\n' + ",\n".join(f"  {json.dumps(row)}" for row in told[name]) + "\n]"

    return f'{{"run": {json.dumps(told["run"])},\n {lines("rows")},\n {lines("promises")}}}\n'


def ground_make(tracks: int | None = None) -> Ground:
    """The real catalogue, or ``tracks`` of it spread evenly over its order."""
    from django.conf import settings

    from matching.catalogue import catalogue_current
    from matching.reference import model_for
    from matching.scoring.columns import columns_build
    from matching.scoring.parameters import Parameters
    from programs.geography import DIVISION_BY_STATE
    from programs.reference import reference_rows

    catalogue, model = catalogue_current(), model_for(settings.SEASON)
    columns = catalogue.columns(settings.SEASON)
    if tracks is not None:
        kept = catalogue.tracks[:: max(1, len(catalogue.tracks) // tracks)][:tracks]
        columns = columns_build(
            kept, parameters=model.parameters, season=settings.SEASON, divisions=DIVISION_BY_STATE
        )
    return Ground(columns, model, Parameters.from_rows(reference_rows("simulation")), catalogue.version)


@dataclass(frozen=True)
class Results:
    """The seeds of the small group, and those of the large one."""

    small: list["SeedResult"]
    crowded: list["SeedResult"]


def play(plan: Plan, ground: Ground, processes: int) -> Results:
    """Every seed, in as many processes as asked for; the same results whatever their number."""
    from matching.simulation.experiment import Size

    small = [(seed, Size(plan.applicants, plan.focal), plan.budgets) for seed in range(1, plan.seeds + 1)]
    crowded = [
        (seed, Size(plan.applicants, plan.crowded_focal), plan.budgets[:1])
        for seed in range(1, plan.crowded_seeds + 1)
    ]
    one = partial(_one, ground=ground)
    with contextlib.ExitStack() as stack:
        run: Any = map
        if processes > 1:
            pool = stack.enter_context(multiprocessing.get_context("fork").Pool(processes))
            run = partial(pool.imap, chunksize=1)
        found = []
        for number, result in enumerate(run(one, [*small, *crowded]), start=1):
            print(f"{number} of {len(small) + len(crowded)} worlds played", flush=True)
            found.append(result)
    return Results(found[: len(small)], found[len(small) :])


def _one(task: tuple[int, "Size", tuple[tuple[int, int], ...]], ground: Ground) -> "SeedResult":
    from matching.simulation.experiment import seed_compare
    from matching.simulation.strategies import Budget

    seed, size, budgets = task
    return seed_compare(
        seed, size, tuple(Budget(*one) for one in budgets), ground.columns, ground.model, ground.parameters
    )


def season_seconds(plan: Plan, ground: Ground) -> float:
    """CPU seconds of one season with every track of the catalogue in the market, in this process."""
    import numpy as np

    from matching.calibration.sites import sites_of
    from matching.simulation.season import MOODS, noise_make, read_files, season_end, world_make
    from matching.simulation.truth import KINDS, Truth

    truth, everything = Truth(ground.parameters, 1), np.ones(len(ground.columns), dtype=bool)
    started = time.process_time()
    world = world_make(
        ground.columns,
        ground.model,
        sites_of(ground.columns),
        truth,
        applicants=plan.applicants,
        among=everything,
    )
    noise = noise_make(truth, len(world.sent.who), MOODS)
    applications, kept = read_files(world.crowd, world.programs, world.sent, noise, np.zeros(len(KINDS)))
    season_end(world, applications, kept, plan.applicants)
    return time.process_time() - started


if __name__ == "__main__":
    main()
