"""The whole calibration: fit, residuals, sensitivity, ranges, as one document of plain values."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from matching.calibration.crowd import (
    CHECK_YEAR,
    TARGET_YEAR,
    Crowd,
    World,
    crowd_make,
    crowd_outcome,
    crowd_rate,
    intercept,
    intercept_fit,
    sent_again,
    target,
)
from matching.calibration.digest import parameters_digest
from matching.calibration.fitted import Fitted, fitted_of
from matching.calibration.population import KINDS
from matching.calibration.residuals import (
    Tested,
    everyone,
    fails,
    first_specialty,
    groups,
    implied_shares,
    interviews,
    matches_by_specialty,
    score_band,
    years_band,
)
from matching.calibration.sensitivity import IMGS, LEAST, Effect, Sample, effects, sample_match
from matching.scoring.applicant import ApplicantType

TOLERANCE = 0.01  # the share by which a fitted match rate may miss its headline
KNOWN = "population.openness_known"
KNOWN_STEPS = (0.0, 0.35, 0.7, 1.0)


@dataclass(frozen=True)
class Size:
    """``people`` of a kind for each of ``seeds``; ``sensitivity_people`` for one change of a parameter, 0: no
    sensitivity and so no ranges."""

    people: int
    seeds: tuple[int, ...]
    sensitivity_people: int


FULL = Size(512, (1, 2, 3, 4, 5, 6, 7, 8), 96)
QUICK = Size(128, (1, 2), 0)


@dataclass(frozen=True)
class Calibration:
    """``fitted`` parameters, and everything a report of them says, as plain values."""

    fitted: tuple[Fitted, ...]
    document: dict[str, Any]


def calibrate(world: World, samples: Sequence[Sample], size: Size = FULL) -> Calibration:
    """Fit the intercepts and look at them from every side. Raises CalibrationFailed, or KeyError for a
    parameter that is missing."""
    crowds = {kind: [crowd_make(world, kind, size.people, seed) for seed in size.seeds] for kind in KINDS}
    exact = {kind: intercept_fit(world, crowds[kind]) for kind in KINDS}
    by_seed = {kind: [intercept_fit(world, [crowd]) for crowd in crowds[kind]] for kind in KINDS}
    found = (
        list(effects(world, samples, people=size.sensitivity_people, seed=size.seeds[0]))
        if size.sensitivity_people
        else []
    )
    fitted = fitted_of(exact, by_seed, found)
    at = {row.kind: _intercept(fitted, row.kind) for row in fitted}
    tested = {
        kind: [(crowd, crowd_outcome(world, crowd, at[kind])) for crowd in crowds[kind]] for kind in KINDS
    }
    document = {
        "read": parameters_digest(world.model.parameters, fitted=False),
        "season": world.model.season,
        "target_year": TARGET_YEAR,
        "people": size.people,
        "seeds": list(size.seeds),
        "sensitivity_people": size.sensitivity_people,
        "fitted": [_fitted_document(world, row, at, by_seed, tested) for row in fitted],
        "file": {kind: _rate(world, crowds[kind], intercept(world.values, kind)) for kind in KINDS},
        "check": _check(world, tested["us_img"]),
        "openness_known": [
            _known(world, crowds["us_img"], size.seeds, at["us_img"], step) for step in KNOWN_STEPS
        ],
        "rank_lengths": _rank_lengths(world),
        "expected_interviews": _expected(world),
        "groups": {kind: _groups(world, tested[kind]) for kind in KINDS},
        "interviews": {kind: asdict(interviews(world, tested[kind], at[kind])) for kind in KINDS},
        "specialties": _specialties(world, tested),
        "samples": [_sample(world, sample, fitted, at) for sample in samples],
        "sensitivity": [asdict(effect) for effect in found if _felt(effect)],
        "without_effect": sorted({effect.name for effect in found} - {e.name for e in found if _felt(e)}),
    }
    return Calibration(fitted, document)


def agrees(document: dict[str, Any]) -> bool:
    """Whether the parameters as they stand reproduce every headline rate within ``TOLERANCE``."""
    return all(abs(document["file"][row["kind"]] - row["target"]) <= TOLERANCE for row in document["fitted"])


def _intercept(fitted: Sequence[Fitted], kind: ApplicantType) -> float:
    values = {row.parameter: row.value for row in fitted}
    return intercept(values, kind)


def _fitted_document(
    world: World,
    row: Fitted,
    at: dict[ApplicantType, float],
    by_seed: dict[ApplicantType, list[float]],
    tested: dict[ApplicantType, list[Tested]],
) -> dict[str, Any]:
    kind = row.kind
    return {
        **asdict(row),
        "intercept": at[kind],
        "by_seed": by_seed[kind],
        "target": target(world.values, kind),
        "rate": _mean_match(tested[kind]),
    }


def _mean_match(tested: Sequence[Tested]) -> float:
    return float(sum(outcome.match.mean() for _, outcome in tested)) / len(tested)


def _rate(world: World, crowds: Sequence[Crowd], at: float) -> float:
    return sum(crowd_rate(world, crowd, at) for crowd in crowds) / len(crowds)


def _check(world: World, tested: Sequence[Tested]) -> dict[str, Any]:
    headline, rate = target(world.values, "us_img", CHECK_YEAR), _mean_match(tested)
    return {"year": CHECK_YEAR, "headline": headline, "rate": rate, "residual": headline - rate}


def _rank_lengths(world: World) -> dict[str, float]:
    """Headline means of the length of US-citizen IMGs' rank lists, by how it ended."""
    prefix = "headline_rank_length.us_img."
    return {
        name.removeprefix(prefix): value for name, value in world.values.items() if name.startswith(prefix)
    }


def _expected(world: World) -> dict[str, float]:
    """How many interviews in a hundred applications US-citizen IMGs are expected to be offered."""
    row = world.model.parameters["population.interviews_per_100.us_img"]
    return {"low": row.low, "high": row.high}


def _known(
    world: World, crowds: Sequence[Crowd], seeds: Sequence[int], at: float, known: float
) -> dict[str, float]:
    """The base if applicants knew this much, and how many would match at the fitted base."""
    changed = world.changed({KNOWN: known})
    again = [sent_again(crowd, changed, seed) for crowd, seed in zip(crowds, seeds, strict=True)]
    return {"known": known, "base": intercept_fit(changed, again), "rate": _rate(changed, again, at)}


def _groups(world: World, tested: Sequence[Tested]) -> dict[str, list[dict[str, Any]]]:
    named = {
        "all": everyone,
        "step2ck": score_band,
        "years": years_band(world.model.application_year),
        "fails": fails,
        "specialty": first_specialty,
    }
    return {name: [asdict(group) for group in groups(tested, of)] for name, of in named.items()}


def _specialties(world: World, tested: dict[ApplicantType, list[Tested]]) -> list[dict[str, Any]]:
    by_kind = {kind: matches_by_specialty(world, tested[kind]) for kind in KINDS}
    return [
        {"kind": kind, "specialty": name, "implied": implied, "headline": headline}
        for kind in IMGS
        for name, (implied, headline) in implied_shares(world, by_kind, kind).items()
    ]


def _sample(
    world: World, sample: Sample, fitted: Sequence[Fitted], at: dict[ApplicantType, float]
) -> dict[str, Any]:
    """P(match) of the sample's list as fitted, and at either end of her fitted parameter's range."""
    kind = sample.applicant.applicant_type or "us_img"
    row = next(row for row in fitted if row.kind == kind)
    ends = {
        name: None if end is None else sample_match(world, sample, at[kind] + end - row.value)
        for name, end in (("low", row.low), ("high", row.high))
    }
    return {
        "name": sample.name,
        "title": sample.title,
        "kind": kind,
        "match": sample_match(world, sample, at[kind]),
        **ends,
    }


def _felt(effect: Effect) -> bool:
    moved = [*effect.intercepts.values(), *effect.samples.values()]
    return any(abs(shift) >= LEAST for shift in moved)
