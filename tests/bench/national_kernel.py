"""The bare work of ``bench_national``, one process's share of it: nothing is parsed, validated or stored.

Says that it is ready, waits for a line, and prints the seconds it took.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from tests.bench.national import TOP

TOGETHER = 50  # applicants, as a chunk has


def main(path: Path, depth: str, share: int, shares: int) -> None:
    import django

    django.setup()
    from django.conf import settings

    from applicants.services import profile_validate
    from matching.catalogue import catalogue_current, catalogue_warm
    from matching.inputs import applicant_of
    from matching.reference import model_for

    catalogue_warm()
    columns, model = catalogue_current().columns(settings.SEASON), model_for(settings.SEASON)
    with path.open() as lines:
        mine = [json.loads(one) for at, one in enumerate(lines) if at % shares == share]
    applicants = [applicant_of(profile_validate(one["profile"], season=settings.SEASON)) for one in mine]
    print("ready", flush=True)
    sys.stdin.readline()
    started = time.perf_counter()
    if depth == "odds":
        odds(applicants, columns, model)
    else:
        lists(applicants, columns, model, mine[0]["options"]["max_applications"])
    print(time.perf_counter() - started)


def odds(applicants: list[Any], columns: Any, model: Any) -> None:
    from matching.scoring.cohort import applicants_encode, cohort_blocks

    for start in range(0, len(applicants), TOGETHER):
        encoded = applicants_encode(applicants[start : start + TOGETHER], columns, model)
        for block in cohort_blocks(encoded, columns, model, TOP):
            assert block.rows.shape[1] == TOP


def lists(applicants: list[Any], columns: Any, model: Any, applications: int) -> None:
    from matching.scoring.applicant import Options
    from matching.scoring.score import score

    options = Options(top=TOP, max_applications=applications, explain=0)
    for applicant in applicants:
        assert len(score(applicant, options, columns, model).rows.row)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
