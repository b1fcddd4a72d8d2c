"""What a run of the made-up market is told as: the table, the plot, docs/simulation.md, and the numbers that
the site's page is drawn from (fixtures/simulation_results.json)."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matching.simulation.comparison import METRICS, Estimate, Row, promises_of, rates_of, rows_of
from matching.simulation.strategies import OUR_WEIGHTS, OURS
from matching.simulation.truth import KINDS

if TYPE_CHECKING:
    from matching.simulation.measures import SeedResult
    from tests.bench.simulate import Ground, Plan, Results

HEAD = (
    "| strategy | sent | dollars | invitations | interviews | none | matched | in Los Angeles "
    "| in California | matched, against ours | Los Angeles, against ours |"
)


def percent(one: Estimate, *, signed: bool = False) -> str:
    """A share as a percentage with the half-width of its interval."""
    sign = "+" if signed else ""
    half = "" if math.isnan(one.half) else f" ± {100 * one.half:.1f}"
    return f"{100 * one.mean:{sign}.1f}{half}"


def table(results: Sequence["SeedResult"]) -> str:
    """A Markdown table for each number of programs."""
    rows, parts = rows_of(results), []
    for programs in dict.fromkeys(row.programs for row in rows):
        lines = [f"**At most {programs} programs**", "", HEAD, "| --- " + "| ---: " * 10 + "|"]
        lines += [_line(row) for row in rows if row.programs == programs]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _line(row: Row) -> str:
    by, against = row.by, row.against
    shares = " | ".join(percent(by[name]) for name in ("none", "matched", "los_angeles", "california"))
    differences = " | ".join(
        "" if row.strategy == OURS else percent(against[name], signed=True)
        for name in ("matched", "los_angeles")
    )
    counts = " | ".join(f"{by[name].mean:,.{1 - (name == 'usd')}f}" for name in METRICS[:4])
    return f"| {row.strategy} | {counts} | {shares} | {differences} |"


def verdicts(results: Sequence["SeedResult"]) -> list[str]:
    """In words, by the intervals alone: who matches more, who matches less, and who is ahead in both."""
    rows, found = rows_of(results), []
    for programs in dict.fromkeys(row.programs for row in rows):
        others = [r for r in rows if r.programs == programs and r.strategy not in OUR_WEIGHTS]
        here = [f"With {programs} programs, against our list:"]
        for title, metric in (("Match rate", "matched"), ("Match rate in Los Angeles", "los_angeles")):
            lower = [r.strategy for r in others if r.against[metric].high < 0]
            higher = [r.strategy for r in others if r.against[metric].low > 0]
            same = [r.strategy for r in others if r.strategy not in (*lower, *higher)]
            here.append(
                f"{title}: lower for {_names(lower)}; higher for {_names(higher)}; "
                f"no difference seen for {_names(same)}."
            )
        found.append(" ".join(here))
        found.append(_frontier(programs, rows, others))
    return found


def _frontier(programs: int, rows: Sequence[Row], others: Sequence[Row]) -> str:
    """Which strategies some list of ours beats in both rates at once."""
    mine = [r for r in rows if r.programs == programs and r.strategy in OUR_WEIGHTS]
    beaten = [
        other.strategy
        for other in others
        if any(
            one.by["matched"].mean >= other.by["matched"].mean
            and one.by["los_angeles"].mean >= other.by["los_angeles"].mean
            for one in mine
        )
    ]
    ahead = [other.strategy for other in others if other.strategy not in beaten]
    return (
        f"With {programs} programs, one of our lists has at least as high a mean in both rates as: "
        f"{_names(beaten)}. None of them has for: {_names(ahead)}."
    )


def _names(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"


def plot(results: Sequence["SeedResult"], path: Path) -> None:
    """Match rate against match rate in Los Angeles, one panel a number of programs, with intervals."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "simulation", "font.size": 9, "svg.fonttype": "none"})
    import matplotlib.pyplot as plt

    rows = rows_of(results)
    budgets = list(dict.fromkeys(row.programs for row in rows))
    figure, axes = plt.subplots(1, len(budgets), figsize=(5.2 * len(budgets), 4.6), squeeze=False)
    for axis, programs in zip(axes[0], budgets, strict=True):
        for row in (one for one in rows if one.programs == programs):
            x, y, mine = row.by["matched"], row.by["los_angeles"], row.strategy in OUR_WEIGHTS
            axis.errorbar(
                100 * x.mean,
                100 * y.mean,
                xerr=100 * x.half,
                yerr=100 * y.half,
                fmt="o" if mine else "s",
                color="#0b5cad" if mine else "#6b6b6b",
                markersize=5,
                elinewidth=0.8,
                capsize=2,
            )
            at = (100 * x.mean, 100 * y.mean)
            axis.annotate(row.strategy, at, (4, 4), textcoords="offset points", fontsize=7)
        axis.set(title=f"{programs} programs", xlabel="matched, %", ylabel="matched in Los Angeles, %")
        axis.margins(0.12)
        axis.grid(alpha=0.3, linewidth=0.5)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None, "Creator": None})
    plt.close(figure)


def page(plan: "Plan", ground: "Ground", results: "Results", seconds: float) -> str:
    """docs/simulation.md of a run."""
    text = (Path(__file__).parent / "simulation.md.txt").read_text(encoding="utf-8")
    small, crowded = results.small, results.crowded
    rates = [
        f"{name.replace('_', ' ')} {percent(one)}" for name, one in zip(KINDS, rates_of(small), strict=True)
    ]
    return text.format(
        seeds=plan.seeds,
        applicants=f"{plan.applicants:,}",
        focal=plan.focal,
        share=f"{100 * plan.focal / plan.applicants:.1f}",
        tracks=f"{len(ground.columns):,}",
        model=ground.model.version,
        data=ground.data_version,
        parameters=ground.parameters.digest[:10],
        seconds=f"{seconds:.0f}",
        rates=", ".join(rates),
        verdicts="\n".join(f"- {line}" for line in verdicts(small)),
        table=table(small),
        promises=_promises(plan, small),
        crowded_focal=plan.crowded_focal,
        crowded_seeds=plan.crowded_seeds,
        crowded=table(crowded) if crowded else "Not run.",
    )


def _promises(plan: "Plan", results: Sequence["SeedResult"]) -> str:
    lines = ["| list | programs | interviews told | had | matched told | had | Los Angeles told | had |"]
    lines.append("| --- " + "| ---: " * 7 + "|")
    had = {(row.strategy, row.programs): row.by for row in rows_of(results)}
    for programs, _ in plan.budgets:
        for name in OUR_WEIGHTS:
            told, got = promises_of(results, name, programs), had[name, programs]
            cells = [f"{told['interviews'].mean:.1f}", f"{got['invited'].mean:.1f}"]
            for metric in ("matched", "los_angeles"):
                cells += [percent(told[metric]), percent(got[metric])]
            lines.append(f"| {name} | {programs} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


SHARES = ("none", "matched", "los_angeles", "california")


def document(plan: "Plan", ground: "Ground", results: "Results") -> dict[str, Any]:
    """The numbers of docs/simulation.md, rounded as it prints them; shares are percent with half a range."""
    return {
        "run": {
            "model": ground.model.version,
            "data": ground.data_version,
            "market": ground.parameters.digest[:10],
            "tracks": len(ground.columns),
            "applicants": plan.applicants,
            "seeds": plan.seeds,
            "focal": plan.focal,
            "crowded_seeds": plan.crowded_seeds,
            "crowded_focal": plan.crowded_focal,
        },
        "rows": [
            *(_row("few", row) for row in rows_of(results.small)),
            *(_row("many", row) for row in (rows_of(results.crowded) if results.crowded else ())),
        ],
        "promises": _promised(results.small),
    }


def _promised(results: Sequence["SeedResult"]) -> list[dict[str, Any]]:
    """What the model told of its own lists, beside what was had."""
    told = []
    for row in (one for one in rows_of(results) if one.strategy in OUR_WEIGHTS):
        promise = promises_of(results, row.strategy, row.programs)
        told.append(
            {
                "strategy": row.strategy,
                "programs": row.programs,
                "interviews_told": round(promise["interviews"].mean, 1),
                "invited": round(row.by["invited"].mean, 1),
                "matched_told": _share(promise["matched"]),
                "matched": _share(row.by["matched"]),
                "los_angeles_told": _share(promise["los_angeles"]),
                "los_angeles": _share(row.by["los_angeles"]),
            }
        )
    return told


def _row(crowd: str, row: Row) -> dict[str, Any]:
    by, ours = row.by, row.strategy == OURS
    return {
        "crowd": crowd,
        "programs": row.programs,
        "strategy": row.strategy,
        "sent": round(by["sent"].mean, 1),
        "usd": round(by["usd"].mean),
        "invited": round(by["invited"].mean, 1),
        "interviews": round(by["interviews"].mean, 1),
        **{name: _share(by[name]) for name in SHARES},
        **{
            f"{name}_against": None if ours else _share(row.against[name])
            for name in ("matched", "los_angeles")
        },
    }


def _share(one: Estimate) -> list[float | None]:
    return [round(100 * one.mean, 1), None if math.isnan(one.half) else round(100 * one.half, 1)]
