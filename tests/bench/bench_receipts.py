"""What it costs to say why a list changed: ``python -m tests.bench.bench_receipts``.

CPU time in this process, medians, of a whole receipt over the real catalogue, written out and not kept: two
answers of the first sample profile that differ in two and in six things. The bar is a second, for a button.
"""

import tempfile
import uuid
from typing import Any

from tests.bench.measure import Work, line, medians, setup, title

ROUNDS = 7
BAR_MS = 1000
STEP3 = {"status": "pass", "attempts": 1}
TWO: dict[str, Any] = {"step3": STEP3, "research": {"publications": 9}}
SIX: dict[str, Any] = {
    **TWO,
    "letters": [],
    "languages": [],
    "graduation_year": 2019,
    "ties": [],
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        setup(folder)
        report()


def report() -> None:
    from matching.receipts.services import document_make

    before = asked({})
    pairs = {f"{len(changes)} causes, {2 ** len(changes)} mixtures": asked(changes) for changes in (TWO, SIX)}
    for name, after in pairs.items():
        players: Any = document_make(before, after)["players"]
        assert f"{len(players)} causes" in name
    work: dict[str, Work] = {
        name: lambda turn, after=after: document_make(before, after)  # type: ignore[misc]
        for name, after in pairs.items()
    }
    title("A receipt worked out, warm")
    for name, seconds in medians(work, ROUNDS).items():
        line(name, seconds * 1e3, at_most=BAR_MS, unit=" ms")


def asked(changes: dict[str, Any]) -> Any:
    """The run of the sample profile with these changes, scored."""
    from django.conf import settings

    from applicants.personas import PERSONAS
    from applicants.services import profile_validate
    from matching.models import MatchRun
    from matching.schema import MatchOptions
    from matching.services import match_start, run_score

    profile = profile_validate({**PERSONAS[0].document, **changes}, season=settings.SEASON)
    match = match_start(profile=profile, options=MatchOptions(), visitor=uuid.uuid4())
    run_score(match.run_id)
    return MatchRun.objects.get(pk=match.run_id)


if __name__ == "__main__":
    main()
