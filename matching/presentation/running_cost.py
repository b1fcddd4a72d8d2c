"""What a list costs program by program, in her order, and where the price of the next one steps up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .numbers import dollars

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matching.scoring.fees import FeeStep, FeeTable

IN_ALL = "in the price above"


@dataclass(frozen=True, slots=True)
class CostLine:
    """One program's own price and all dollars so far. ``marks`` are said above it: a step up, the budget."""

    price: str
    total: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Applied:
    """What the price of a program depends on."""

    specialty: str
    specialty_name: str


@dataclass(frozen=True, slots=True)
class RunningCost:
    lines: tuple[CostLine, ...]
    total: int
    over_budget: int


def running_cost(
    programs: Sequence[Applied],
    fees: "FeeTable",
    services: "Mapping[str, str]",
    *,
    max_usd: int | None = None,
) -> RunningCost:
    """The fees of the season's table; a program whose service has no known fee says so."""
    counts: dict[str, int] = {}
    lines, total = [], 0
    for program in programs:
        steps = fees.steps.get(services.get(program.specialty, ""), ())
        count = counts.get(program.specialty, 0)
        usd = sum(step.cost(count + 1) - step.cost(count) for step in steps)
        marks = [step_words(steps, count + 1, program.specialty_name)]
        if max_usd is not None and total <= max_usd < total + usd:
            marks.append(f"Your budget of {dollars(max_usd)} ends here.")
        total += usd
        counts[program.specialty] = count + 1
        price = (f"+{dollars(usd)}" if usd else IN_ALL) if steps else "fee not known"
        lines.append(CostLine(price, dollars(total), tuple(mark for mark in marks if mark)))
    return RunningCost(tuple(lines), total, max(0, total - max_usd) if max_usd is not None else 0)


def step_words(steps: "Sequence[FeeStep]", place: int, specialty: str) -> str:
    """Said where the ``place``-th program of a specialty is the first at another price."""
    for earlier, step in zip((None, *steps), steps, strict=False):
        if step.from_count == place and earlier is not None and step.usd_each is not None:
            before = f", not {dollars(earlier.usd_each)}" if earlier.usd_each is not None else ""
            return f"From here each {specialty} program costs {dollars(step.usd_each)}{before}."
        if step.from_count == place and step.usd_together is not None and step.to_count:
            return f"{specialty}: {step.to_count} programs cost {dollars(step.usd_together)} together."
    return ""
