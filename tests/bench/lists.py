"""How near the best the lists are, and what they bring beside simpler ways to choose.

``python -m tests.bench.lists`` prints both; ``--write`` puts the tables into docs/lists.md. The certificate
is over seeded problems, plain and adversarial (``list_cases``); the comparison is over the sample profiles on
the real catalogue, each way with as many programs and, ours, no more dollars than the other spends.
"""

import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

CASES = 200
SMALL = 40
BAR = 0.999
SIZES = (40, 80)
PAGE = Path(__file__).parents[2] / "docs" / "lists.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def main() -> int:
    from tests.bench.measure import setup

    with tempfile.TemporaryDirectory() as folder:
        setup(folder)
        ratios, worst = certified()
        lines = [*certificate_lines(ratios, worst, exact()), "", *comparison_lines(list(comparisons()))]
    print("\n".join(lines))
    if "--write" in sys.argv:
        page = PAGE.read_text()
        before, after = page.split(BEGIN)[0], page.split(END)[1]
        PAGE.write_text(before + BEGIN + "\n\n" + "\n".join(lines) + "\n\n" + END + after)
    return 0 if min(ratios) >= BAR else 1


def certified(count: int = CASES) -> tuple[list[float], str]:
    """Value over bound of each seeded problem, and the name of the worst."""
    from tests.bench.list_cases import cases

    found = [(ratio_of(case), case.name) for case in cases(count)]
    return [ratio for ratio, _ in found], min(found)[1]


def ratio_of(case: Any) -> float:
    """The list's objective over the most any list brings within the same limits; where the money does not
    bind, for no more dollars than the list spends."""
    from matching.scoring.portfolio import list_select
    from tests.bench.list_bound import upper_bound
    from tests.bench.list_cases import NODES

    rules = case.rules
    found = list_select(case.candidates, rules, NODES, scope=3)
    limited = replace(rules, max_usd=_dollars(found, rules))
    bound = upper_bound(case.candidates, limited, NODES, scope=3)
    value = found.p_match + rules.la_weight * found.p_la
    return value / bound if bound > 0 else 1.0


def _dollars(found: Any, rules: Any) -> int:
    full = len(found.order) == rules.max_applications
    return int(found.cost_usd if full or rules.max_usd is None else rules.max_usd)


def exact(count: int = SMALL) -> list[float]:
    """The same over problems small enough to try every list."""
    from matching.scoring.portfolio import list_select
    from tests.bench.list_bound import best_of_all
    from tests.bench.list_cases import NODES, small_cases

    ratios = []
    for case in small_cases(count):
        found = list_select(case.candidates, case.rules, NODES, scope=3)
        rules = replace(case.rules, max_usd=_dollars(found, case.rules))
        best = best_of_all(case.candidates, rules, NODES, scope=3)
        ratios.append((found.p_match + rules.la_weight * found.p_la) / best if best else 1.0)
    return ratios


def certificate_lines(ratios: list[float], worst: str, small: list[float]) -> list[str]:
    return [
        "| Problems | Least | Median | At 0.999 or more |",
        "| --- | --- | --- | --- |",
        _certificate(f"{len(ratios)} seeded, against the bound", ratios),
        _certificate(f"{len(small)} small, against every list", small),
        "",
        f"The least is of problem {worst}.",
    ]


def _certificate(name: str, ratios: list[float]) -> str:
    reached = sum(ratio >= BAR for ratio in ratios)
    return f"| {name} | {min(ratios):.6f} | {statistics.median(ratios):.6f} | {reached} |"


@dataclass(frozen=True)
class Compared:
    persona: str
    way: str
    programs: int
    usd: int
    match: float
    la: float
    ours: Any
    ours_as_local: Any
    value: float


def comparisons() -> Iterator[Compared]:
    """Every sample profile, size and way beside ours at its count and for its dollars."""
    from django.conf import settings

    from applicants.personas import PERSONAS
    from applicants.services import profile_validate
    from matching.catalogue import catalogue_current
    from matching.inputs import applicant_of
    from matching.reference import model_for
    from tests.bench.list_ways import WAYS, Chooser

    season = settings.SEASON
    columns, model = catalogue_current().columns(season), model_for(season)
    for persona in PERSONAS:
        applicant = applicant_of(profile_validate(persona.document, season=season))
        chooser = Chooser(applicant, columns, model)
        for size in SIZES:
            for name, way in WAYS.items():
                picked = way(chooser, size)
                theirs = chooser.told(picked)
                ours = chooser.ours(len(picked), theirs.usd)
                local = chooser.ours_as_local(len(picked), theirs.usd, theirs.la)
                yield Compared(
                    persona.slug,
                    name,
                    len(picked),
                    theirs.usd,
                    theirs.match,
                    theirs.la,
                    ours,
                    local,
                    theirs.value,
                )


def comparison_lines(rows: list[Compared]) -> list[str]:
    head = [
        "| Profile | Way | Programs | Its dollars | Its match | Its LA | Our dollars | Our match | Our LA "
        "| Our dollars, as local | Our match, as local | Our LA, as local |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    body = [
        f"| {row.persona} | {row.way} | {row.programs} | {_figures(row)} "
        f"| {_figures(row.ours)} | {_figures(row.ours_as_local)} |"
        for row in rows
    ]
    return [*head, *body, "", *_verdicts(rows)]


def _figures(told: Any) -> str:
    return f"{told.usd} | {told.match:.3f} | {told.la:.3f}"


def _verdicts(rows: list[Compared]) -> list[str]:
    dearer = [row for row in rows if row.ours.value < row.value - 1e-9]
    saved = [row.usd - row.ours.usd for row in dearer]
    worse = [row for row in rows if row.ours_as_local.match < row.match - 1e-9]
    far = [row for row in rows if row.ours_as_local.la < row.la - 1e-9]
    return [
        f"Our list brings less of its own objective in {len(dearer)} of {len(rows)} rows"
        + (f"; in these it spends ${min(saved)} to ${max(saved)} less." if dearer else "."),
        f"As local, it brings a smaller chance of a match in {len(worse)} rows"
        + (f" (by {max(row.match - row.ours_as_local.match for row in worse):.4f} at most)" if worse else "")
        + f" and a smaller one in Los Angeles in {len(far)}.",
    ]


if __name__ == "__main__":
    sys.exit(main())
