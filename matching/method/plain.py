"""The small figures beside the words: each reckoned from the model, the catalogue or the worked example."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from matching.method.coverage import Coverage
from matching.method.example import WorkedExample, worked_example
from matching.presentation.numbers import dollars, in_hundred, percent
from matching.reference import model_for
from matching.scoring.luck import luck_nodes
from matching.scoring.model import Model
from matching.scoring.probability import PROGRAM_NODES

ALIKE = 40  # programs like the example's
RULE = "min_step2ck"
SERVICE = "eras"


@dataclass(frozen=True, slots=True)
class OpennessFigure:
    """Of 100 residents, US-citizen IMGs: expected before the count, as counted, and both together."""

    expected: int
    counted: int
    together: int


@dataclass(frozen=True, slots=True)
class LuckFigure:
    programs: int
    apart: str
    shared: str


@dataclass(frozen=True, slots=True)
class PlainFigures:
    example: WorkedExample
    stated: int
    programs: int
    openness: OpennessFigure
    luck: LuckFigure
    target: str
    safety: str
    would_match: str
    fees: tuple[tuple[int, str], ...]


def plain_figures(season: str, coverage: Coverage | None) -> PlainFigures:
    model, example = model_for(season), worked_example(season)
    v, nation = model.parameters.values, coverage.regions[-1] if coverage else None
    return PlainFigures(
        example=example,
        stated=nation.known[RULE] if nation else 0,
        programs=nation.programs if nation else 0,
        openness=openness_figure(example.values),
        luck=luck_figure(season, model.version),
        target=percent(v["tier.target"]),
        safety=percent(v["tier.safety_low"]),
        would_match=in_hundred(v["match.willing.us_img"]),
        fees=_fees(model),
    )


def openness_figure(steps: Mapping[str, float]) -> OpennessFigure:
    together = (steps["a"] + steps["k"]) / (steps["a"] + steps["b"] + steps["n"])
    shares = (steps["m"], steps["k"] / steps["n"], together)
    return OpennessFigure(*(round(100 * share) for share in shares))


@lru_cache(maxsize=4)
def luck_figure(season: str, version: str) -> LuckFigure:
    """How often ``ALIKE`` programs like the example's all stay silent: were their choices apart, and as the
    model has it."""
    model, steps = model_for(season), worked_example(season).values
    none = math.fsum(
        weight * (1 - _chance(model, steps, z)) ** ALIKE
        for z, weight in zip(model.nodes.z.tolist(), model.nodes.weight.tolist(), strict=True)
    )
    return LuckFigure(ALIKE, in_hundred((1 - steps["p"]) ** ALIKE), in_hundred(none))


def _chance(model: Model, steps: Mapping[str, float], luck: float) -> float:
    """The chance of an interview at one program like the example's, with this luck."""
    inner, sigma = luck_nodes(PROGRAM_NODES), model.parameters.values["luck.sigma"]
    return math.fsum(
        weight / (1 + math.exp(-(steps["η"] + steps["s"] * u + sigma * luck)))
        for u, weight in zip(inner.z.tolist(), inner.weight.tolist(), strict=True)
    )


def _fees(model: Model) -> tuple[tuple[int, str], ...]:
    """What so many programs of one specialty cost through ERAS."""
    steps = model.fees.steps[SERVICE]
    return tuple((count, dollars(sum(step.cost(count) for step in steps))) for count in (30, 31, 60))
