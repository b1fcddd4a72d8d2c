"""What the desk shows of reports: one program a line, and all that are listed taken together."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from matching.models import Outcome, OutcomeReport
from matching.presentation.list_page import program_facts
from matching.presentation.numbers import average, counted, percent, percent_range
from matching.presentation.programs import program_name, program_place
from matching.presentation.tiers import TIERS

from .results import RESULTS


@dataclass(frozen=True, slots=True)
class DeskLine:
    name: str
    where: str
    tier: str
    chance: str
    model: str
    result: str


@dataclass(frozen=True, slots=True)
class PooledTier:
    tier: str
    applications: int
    expected: str
    came: int


@dataclass(frozen=True, slots=True)
class Pooled:
    sentence: str
    tiers: tuple[PooledTier, ...]


def desk_lines(rows: Iterable[Outcome]) -> tuple[DeskLine, ...]:
    lines = []
    for row in rows:
        facts, chance = program_facts(row.program), row.chance
        told = "no chance kept"
        if chance is not None and chance.low is not None and chance.high is not None:
            told = f"{percent_range(chance.low, chance.high)} interview"
            told += f", {percent(chance.probability or 0.0)} in the middle"
        tier, model = (chance.tier, chance.model_version) if chance is not None else ("", "")
        lines.append(
            DeskLine(program_name(facts), program_place(facts), tier, told, model, RESULTS[row.result])
        )
    return tuple(lines)


def pooled(reports: QuerySet[OutcomeReport]) -> Pooled | None:
    """Of chances from before anything was known, one query; None where there are none."""
    rows = list(reports.order_by().values_list("code", "tally"))
    cells = [(code, tier, cell) for code, tally in rows for tier, cell in tally.items()]
    if not cells:
        return None
    tiers = []
    for tier in TIERS:
        mine = [cell for _, name, cell in cells if name == tier]
        if mine:
            tiers.append(
                PooledTier(
                    tier, sum(c[0] for c in mine), average(sum(c[1] for c in mine)), sum(c[2] for c in mine)
                )
            )
    people = counted(len({code for code, _, _ in cells}), "person", "people")
    sent = counted(sum(cell[0] for *_, cell in cells), "application")
    expected, came = sum(cell[1] for *_, cell in cells), sum(cell[2] for *_, cell in cells)
    return Pooled(f"{people}, {sent}: {average(expected)} interviews expected, {came} came.", tuple(tiers))
