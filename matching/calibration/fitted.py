"""The fitted parameters and their ranges: what the judgements about the population leave open."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matching.calibration.crowd import BASE, offset_name
from matching.calibration.population import KINDS
from matching.calibration.sensitivity import Effect
from matching.scoring.applicant import ApplicantType

DECIMALS = 2


@dataclass(frozen=True)
class Fitted:
    """One fitted parameter as it is written: rounded, with its range (None without a sensitivity)."""

    parameter: str
    kind: ApplicantType
    value: float
    low: float | None
    high: float | None


def fitted_of(
    exact: Mapping[ApplicantType, float],
    by_seed: Mapping[ApplicantType, Sequence[float]],
    found: Sequence[Effect],
) -> tuple[Fitted, ...]:
    """The parameters from the intercepts by kind: the base, and the other kinds' distances from it."""
    base = round(exact["us_img"], DECIMALS)
    rows = []
    for kind in KINDS:
        own = kind == "us_img"
        value = base if own else round(exact[kind] - base, DECIMALS)
        seeds = [
            mine - (0.0 if own else ours) for mine, ours in zip(by_seed[kind], by_seed["us_img"], strict=True)
        ]
        low, high = (
            _range(value, _shifts(kind, found), (max(seeds) - min(seeds)) / 2) if found else (None, None)
        )
        rows.append(Fitted(BASE if own else offset_name(kind), kind, value, low, high))
    return tuple(rows)


def _shifts(kind: ApplicantType, found: Iterable[Effect]) -> dict[str, list[float]]:
    """How the parameter of a kind moves with each judgement about the population."""
    shifts: dict[str, list[float]] = {}
    for effect in found:
        if effect.name.startswith("population."):
            moved = effect.intercepts.get(kind, 0.0)
            moved -= 0.0 if kind == "us_img" else effect.intercepts.get("us_img", 0.0)
            shifts.setdefault(effect.name, []).append(moved)
    return shifts


def _range(value: float, shifts: dict[str, list[float]], seeds: float) -> tuple[float, float]:
    """The judgements taken as independent: their largest shifts either way add up in squares, with the
    seeds'. What the model's own parameters do is left out: an answer's range draws those itself."""
    down = math.sqrt(seeds**2 + sum(min(0.0, *moved) ** 2 for moved in shifts.values()))
    up = math.sqrt(seeds**2 + sum(max(0.0, *moved) ** 2 for moved in shifts.values()))
    scale = 10**DECIMALS
    return math.floor((value - down) * scale) / scale, math.ceil((value + up) * scale) / scale
