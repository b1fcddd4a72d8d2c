"""One seed of the comparison: the same world, the same chance, one way to choose after the other.

The crowd, what programs think of every file and what chance adds are the same for every strategy; only the
programs that the focal applicants apply to, and their signals, change. They are under one in a hundred, so
the market hardly moves; all of them play the same strategy at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from matching.calibration.population import Member
from matching.calibration.sites import sites_of
from matching.scoring.columns import Columns
from matching.scoring.draws import Floats
from matching.scoring.model import Model
from matching.scoring.parameters import Parameters
from matching.scoring.track_facts import FEATURE_INDEX
from matching.simulation.acceptance import Ints, Singles
from matching.simulation.applying import Sent, gumbel
from matching.simulation.crowd import Crowd, crowd_of
from matching.simulation.focal import focal_members
from matching.simulation.interviews import Applications, applications_joined
from matching.simulation.measures import SeedResult, promise_of, season_measured
from matching.simulation.reading import appeal, hope
from matching.simulation.season import (
    MOODS,
    Noise,
    Outcome,
    World,
    kind_worth_fit,
    noise_make,
    read_files,
    season_end,
    world_make,
)
from matching.simulation.strategies import (
    OTHERS,
    OUR_WEIGHTS,
    UNSIGNALLED,
    Budget,
    Chooser,
    Ours,
    candidates,
    chosen,
    first_signalled,
    ours,
    signals_worth,
)
from matching.simulation.truth import KINDS, Truth

FOCAL_TASTE, FOCAL_NOISE = 21, 22  # parts of the world's random numbers


@dataclass(frozen=True)
class Size:
    """How large the market is: ``applicants`` in all, of whom ``focal`` compare their lists."""

    applicants: int
    focal: int


@dataclass(frozen=True, eq=False)
class _Focal:
    members: list[Member]
    crowd: Crowd
    choosers: list[Chooser]
    noise: Noise
    liked: Singles


def seed_compare(
    seed: int, size: Size, budgets: tuple[Budget, ...], columns: Columns, model: Model, parameters: Parameters
) -> SeedResult:
    """Every strategy at every budget in the world of ``seed``. ``parameters``: the market's."""
    truth = Truth(parameters, seed)
    crowd_size = size.applicants - size.focal
    world = world_make(columns, model, sites_of(columns), truth, applicants=crowd_size)
    values = model.parameters.values
    targets = np.array([values[f"headline_match_rate.{kind}.2025"] for kind in KINDS])
    worth, rates = kind_worth_fit(world, targets)
    others, chance = read_files(
        world.crowd, world.programs, world.sent, noise_make(truth, len(world.sent.who), MOODS), worth
    )
    focal = _focal_make(world, size.focal, columns, model)
    friendly = _friendly(columns)
    measured, promised = [], []
    for budget in budgets:
        for name, lists in _our_lists(focal, columns, model, budget):
            sent = _sent([one.rows for one in lists], focal, columns, model, truth, name, lists)
            played = _play(world, focal, sent, others, chance, worth)
            measured.append(season_measured(seed, name, budget, sent, played, world, columns, model))
            promised.append(promise_of(seed, name, budget, lists))
        for name in OTHERS:
            picked = [chosen(name, chooser, columns, model, friendly, budget) for chooser in focal.choosers]
            sent = _sent(picked, focal, columns, model, truth, name)
            played = _play(world, focal, sent, others, chance, worth)
            measured.append(season_measured(seed, name, budget, sent, played, world, columns, model))
    return SeedResult(tuple(measured), tuple(promised), rates)


def _focal_make(world: World, count: int, columns: Columns, model: Model) -> _Focal:
    truth, programs, n = world.truth, world.programs, len(columns)
    members = focal_members(count, model.parameters.values, sites_of(columns), truth, model.application_year)
    crowd = crowd_of(members, columns, world.places, model, truth, part=FOCAL_TASTE)
    chance = truth.stream(FOCAL_TASTE + 100)
    who, where = np.arange(count), np.arange(n)
    wish = truth.each("focal.wish", ("los_angeles", "california", "west_coast", "national"))
    liked = appeal(crowd, programs, who, where, gumbel(chance, (count, n)), truth)
    liked += wish[programs.ring].astype(np.float32)
    doubt = chance.standard_normal((count, n), dtype=np.float32)
    known = model.parameters.values["population.openness_known"]
    believed = liked + hope(crowd, programs, who, where, doubt, known, truth)
    lot = chance.random((count, n), dtype=np.float32)
    market = np.flatnonzero(programs.places > 0)
    choosers = []
    for number, member in enumerate(members):
        rows, p = candidates(member.applicant, columns, model, market)
        choosers.append(Chooser(rows, p, liked[number], believed[number], lot[number]))
    return _Focal(members, crowd, choosers, noise_make(truth, (count, n), FOCAL_NOISE), liked)


def _friendly(columns: Columns) -> Floats:
    """(n,) 1 where a program says that it takes IMGs, or has some."""
    found = (columns.features[:, FEATURE_INDEX["accepts_img"]] > 0).astype(np.float64)
    found[columns.counts.rows[columns.counts.imgs > 0]] = 1.0
    return found


def _our_lists(
    focal: _Focal, columns: Columns, model: Model, budget: Budget
) -> Iterator[tuple[str, list[Ours]]]:
    found: dict[float | None, list[Ours]] = {}
    for name, weight in OUR_WEIGHTS.items():
        if weight not in found:
            found[weight] = [ours(one.applicant, columns, model, budget, weight) for one in focal.members]
        yield name, found[weight]


def _sent(
    picked: list[Ints],
    focal: _Focal,
    columns: Columns,
    model: Model,
    truth: Truth,
    name: str,
    lists: Sequence[Ours] = (),
) -> Sent:
    """The focal applications; numbered from 0. Signals go to the first programs of each specialty in the
    order of the list, for ours to those that the model names."""
    gold = truth["signal.gold_factor"]
    if name == UNSIGNALLED:
        signals = [np.zeros(len(rows), dtype=np.float32) for rows in picked]
    elif lists:
        signals = [signals_worth(one.signals, gold) for one in lists]
    else:
        signals = [first_signalled(rows, columns, model, gold) for rows in picked]
    who = np.repeat(np.arange(len(picked)), [len(rows) for rows in picked])
    where = np.concatenate(picked)
    return Sent(who, where, focal.liked[who, where], np.concatenate(signals).astype(np.float32))


def _play(
    world: World, focal: _Focal, sent: Sent, others: Applications, chance: Noise, worth: Floats
) -> Outcome:
    """The season with these applications beside the crowd's; the outcome of the focal applicants alone."""
    at = sent.who, sent.where
    noise = Noise(focal.noise.mood[at], focal.noise.impression[at], focal.noise.visit[at])
    mine, kept = read_files(focal.crowd, world.programs, sent, noise, worth)
    first = len(world.crowd)
    everyone = applications_joined(others, mine.shifted(first))
    both = Noise(*(np.concatenate(pair) for pair in zip(chance.parts(), kept.parts(), strict=True)))
    outcome = season_end(world, everyone, both, first + len(focal.crowd))
    return Outcome(outcome.invited[first:], outcome.interviews[first:], outcome.matched[first:])
