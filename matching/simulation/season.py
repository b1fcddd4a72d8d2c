"""One season: programs, the crowd, its applications, interviews and the match, from a seed."""

from dataclasses import dataclass

import numpy as np
from scipy.special import logit

from matching.calibration.sites import Sites
from matching.scoring.columns import Columns
from matching.scoring.draws import Floats
from matching.scoring.model import Model
from matching.simulation.acceptance import Flags, Ints, Singles, deferred_acceptance
from matching.simulation.applying import Sent, crowd_applies
from matching.simulation.crowd import Crowd, crowd_make
from matching.simulation.interviews import (
    Applications,
    applications_make,
    interviews_held,
)
from matching.simulation.programs import Places, Programs, market_of, places_of, programs_make
from matching.simulation.reading import worth_read
from matching.simulation.truth import KINDS, Truth

MOODS, IMPRESSIONS, VISITS = 4, 5, 6  # parts of the world's random numbers


@dataclass(frozen=True, eq=False)
class World:
    """What a season is made of before anyone is read."""

    truth: Truth
    places: Places
    programs: Programs
    crowd: Crowd
    sent: Sent


@dataclass(frozen=True, eq=False)
class Noise:
    """What chance adds to applications (e,): the program's ``mood`` when it reads, its ``impression`` and her
    own of the ``visit`` when they meet."""

    mood: Singles
    impression: Singles
    visit: Singles

    def parts(self) -> tuple[Singles, Singles, Singles]:
        return self.mood, self.impression, self.visit


@dataclass(frozen=True, eq=False)
class Outcome:
    """One entry (m,) an applicant: invitations, interviews held, and the row matched with (-1: none)."""

    invited: Ints
    interviews: Ints
    matched: Ints


def world_make(
    columns: Columns,
    model: Model,
    sites: Sites,
    truth: Truth,
    *,
    applicants: int,
    among: Flags | None = None,
) -> World:
    """The world of a seed: ``applicants`` of the crowd and the tracks ``among`` (n,), else those that match
    for good and are no old listings."""
    places = places_of(columns)
    allowed = market_of(columns) if among is None else among
    programs = programs_make(columns, places, model, truth, applicants, allowed)
    crowd = crowd_make(columns, places, sites, model, truth, applicants)
    known = model.parameters.values["population.openness_known"]
    return World(
        truth,
        places,
        programs,
        crowd,
        crowd_applies(crowd, programs, columns.specialties, model.signals, truth, known),
    )


def noise_make(truth: Truth, shape: int | tuple[int, int], part: int) -> Noise:
    """Chance for applications of one ``part`` of the applicants; the same seed and part, the same chance."""
    moods = truth.stream(part).standard_t(truth["mood.freedom"], shape)
    meeting = truth.stream(part + 1)
    return Noise(
        np.clip(truth["mood.scale"] * moods, -30.0, 30.0).astype(np.float32),
        (truth["impression.sd"] * meeting.standard_normal(shape)).astype(np.float32),
        (truth["visit.sd"] * meeting.standard_normal(shape)).astype(np.float32),
    )


def read_files(
    crowd: Crowd, programs: Programs, sent: Sent, noise: Noise, kind_worth: Floats
) -> tuple[Applications, Noise]:
    """The applications that no cutoff stopped, as programs rate them, and the chance that goes with them."""
    worth = worth_read(crowd, programs, sent.who, sent.where, sent.signal, kind_worth.astype(np.float32))
    kept = np.flatnonzero(np.isfinite(worth) & (programs.places[sent.where] > 0))
    rated = worth[kept] + noise.mood[kept]
    applications = applications_make(sent.who[kept], sent.where[kept], sent.liked[kept], rated)
    return applications, Noise(noise.mood[kept], noise.impression[kept], noise.visit[kept])


def season_end(world: World, applications: Applications, noise: Noise, applicants: int) -> Outcome:
    """Interviews and the match among ``applications``; ``noise`` goes with them entry by entry."""
    truth, programs = world.truth, world.programs
    invited, held = interviews_held(
        applications,
        slots=programs.slots,
        most=round(truth["slots.most_attended"]),
        rounds=round(truth["slots.rounds"]),
    )
    met = np.flatnonzero(held)
    who = applications.applicant[met]
    matched = deferred_acceptance(
        who,
        applications.program[met],
        applications.preference[met] + noise.visit[met],
        applications.rating[met] + noise.impression[met],
        places=programs.places,
        applicants=applicants,
    )
    counted = np.bincount(applications.applicant[invited], minlength=applicants)
    return Outcome(counted, np.bincount(who, minlength=applicants), matched)


def match_rates(crowd: Crowd, outcome: Outcome) -> Floats:
    """(kinds,) share matched, by kind of graduate."""
    matched = outcome.matched[: len(crowd)] >= 0
    return np.array([matched[crowd.kind == code].mean() for code in range(len(KINDS))])


def kind_worth_fit(
    world: World, targets: Floats, *, rounds: int = 8, near: float = 0.05
) -> tuple[Floats, Floats]:
    """What a diploma must be worth for the crowd's match rates to come near ``targets`` (kinds,), and the
    rates found. Only differences between kinds matter; the level of the rates follows from the places."""
    worth = np.zeros(len(KINDS))
    noise = noise_make(world.truth, len(world.sent.who), MOODS)
    rates = targets
    for _ in range(rounds):
        applications, kept = read_files(world.crowd, world.programs, world.sent, noise, worth)
        outcome = season_end(world, applications, kept, len(world.crowd))
        rates = np.clip(match_rates(world.crowd, outcome), 0.01, 0.99)
        step = logit(targets) - logit(rates)
        step -= step.mean()
        if np.abs(step).max() < near:
            break
        worth = worth + step
    return worth, rates
