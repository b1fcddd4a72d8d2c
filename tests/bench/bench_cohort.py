"""What many applicants at once cost: ``python -m tests.bench.bench_cohort``.

The kernel alone, on encoded applicants, is held against its bar; encoding is told beside it, because it is
most of the work. Memory is what numpy and Python hold at most while the national pool goes through, beyond
what went in; the pool is as many applicants as file one season, made by repeating a few hundred.
"""

import dataclasses
import tempfile
import time
import tracemalloc
from typing import Any

from tests.bench.measure import line, setup, title

APPLICANTS = 512
POOL = 50_000
TOP = 200
ROUNDS = 7
MIB = 1 << 20


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        setup(folder)
        report()


def report() -> None:
    from django.conf import settings

    from matching.catalogue import catalogue_current
    from matching.reference import model_for
    from matching.scoring.applicant import Options
    from matching.scoring.cohort import applicants_encode, cohort_top
    from matching.scoring.cohort_tables import design_of

    model, columns = model_for(settings.SEASON), catalogue_current().columns(settings.SEASON)
    options = Options(tracks=tuple(columns.tracks))
    cohort = applicants_made(APPLICANTS)
    tracks = len(design_of(columns, options.tracks, options.rings).rows)
    encoding = least(lambda: applicants_encode(cohort, columns, model), 3) / APPLICANTS
    encoded = applicants_encode(cohort, columns, model)
    check(cohort, encoded, columns, model, options)
    seconds = least(lambda: cohort_top(encoded, columns, model, TOP, options), ROUNDS)
    title(f"{APPLICANTS} applicants at once, {tracks} tracks each, the {TOP} best kept, on one core")
    line(
        "pairs a second, kernel on encoded applicants",
        APPLICANTS * tracks / seconds / 1e6,
        at_least=50,
        unit=" M",
    )
    whole = APPLICANTS * tracks / (seconds + encoding * APPLICANTS) / 1e6
    line("pairs a second, encoding included", whole, unit=" M")
    line("encoding one applicant", encoding * 1e6, unit=" µs", digits=0)
    line(
        "peak memory above inputs, national pool",
        peak(cohort, columns, model, options),
        at_most=64,
        unit=" MiB",
    )


def applicants_made(count: int) -> list[Any]:
    """The sample profiles with seeded scores, years and publications: no two alike."""
    import numpy as np
    from django.conf import settings

    from applicants.personas import PERSONAS
    from applicants.services import profile_validate
    from matching.inputs import applicant_of

    season = settings.SEASON
    samples = [applicant_of(profile_validate(one.document, season=season)) for one in PERSONAS]
    rng = np.random.default_rng(int(season))
    made = []
    for i in range(count):
        sample = samples[i % len(samples)]
        exam = dataclasses.replace(sample.step2ck, status="pass", attempts=1, practice_score=None)
        made.append(
            dataclasses.replace(
                sample,
                step2ck=dataclasses.replace(exam, score=int(rng.integers(214, 271))),
                graduation_year=int(rng.integers(2010, int(season))),
                research_publications=int(rng.integers(0, 8)),
                specialties=sample.specialties if i % 2 else (),
            )
        )
    return made


def check(cohort: list[Any], encoded: Any, columns: Any, model: Any, options: Any) -> None:
    """A few of the cohort, scored alone, have the same rows."""
    import numpy as np

    from matching.scoring.choice import scope_of
    from matching.scoring.cohort import cohort_top
    from matching.scoring.examine import examine
    from matching.scoring.score import catalogue_score

    kept = cohort_top(encoded, columns, model, TOP, options)
    for place in range(0, len(cohort), 37):
        scored = catalogue_score(cohort[place], columns, model)
        asked = scope_of(columns, cohort[place], options).asked
        rows = np.flatnonzero(asked & ~scored.screening.out)
        examined = examine(scored.terms, scored.sd, rows, model)
        best = np.argsort(-examined.p, kind="stable")[:TOP]
        assert np.array_equal(kept.rows[place][: len(best)], rows[best]), place
        same = np.array_equal(kept.p[place][: len(best)], examined.p[best])
        assert same or kept.doubtful[place], place


def peak(cohort: list[Any], columns: Any, model: Any, options: Any) -> float:
    """MiB at the worst moment while the pool goes through, block by block, each result let go. A chunk is
    encoded while it counts; the others, which are alike, are that one again."""
    from matching.scoring.cohort import applicants_encode, cohort_blocks

    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    tracemalloc.reset_peak()
    encoded = applicants_encode(cohort, columns, model)
    for _ in range(0, POOL, len(cohort)):
        for kept in cohort_blocks(encoded, columns, model, TOP, options):
            assert kept.rows.shape[1] == TOP
    most = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    return most / MIB


def least(work: Any, rounds: int) -> float:
    """The least CPU seconds of several rounds: what the work costs without the machine's noise."""
    times = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


if __name__ == "__main__":
    main()
