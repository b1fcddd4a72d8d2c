"""A whole season on a slice of the real catalogue: applications, interviews, the match."""

import numpy as np
import pytest

from matching.calibration.sites import sites_of
from matching.catalogue import LoadedCatalogue
from matching.simulation.acceptance import blocking_pairs
from matching.simulation.applying import sent_counts, signal_strengths
from matching.simulation.interviews import interviews_held
from matching.simulation.season import (
    MOODS,
    Outcome,
    World,
    kind_worth_fit,
    match_rates,
    noise_make,
    read_files,
    season_end,
    world_make,
)
from matching.simulation.truth import KINDS, US_IMG, Truth
from tests.scoring.made_catalogue import model_now
from tests.simulation.worlds import APPLICANTS, columns_small, market_numbers, world_small

pytestmark = pytest.mark.django_db  # to load the catalogue once


def played(world: World, worth: np.ndarray | None = None) -> Outcome:
    noise = noise_make(world.truth, len(world.sent.who), MOODS)
    applications, kept = read_files(
        world.crowd, world.programs, world.sent, noise, np.zeros(4) if worth is None else worth
    )
    return season_end(world, applications, kept, APPLICANTS)


def test_the_crowd_is_of_four_kinds_in_their_shares(real_catalogue: LoadedCatalogue) -> None:
    world = world_small(real_catalogue)
    assert len(world.crowd) == APPLICANTS
    shares = np.bincount(world.crowd.kind) / APPLICANTS
    wanted = [world.truth[f"mix.{kind}"] for kind in KINDS]
    assert shares == pytest.approx(wanted, abs=2 / APPLICANTS)
    score = world.crowd.score
    assert (
        score[world.crowd.kind == KINDS.index("us_md")].mean() > score[world.crowd.kind == US_IMG].mean() + 8
    )


def test_everyone_applies_once_to_what_is_in_the_market(real_catalogue: LoadedCatalogue) -> None:
    world = world_small(real_catalogue)
    sent, programs = world.sent, world.programs
    assert (np.diff(sent.who) >= 0).all()
    assert (programs.places[sent.where] > 0).all()
    assert len(np.unique(sent.who * len(programs.places) + sent.where)) == len(sent.who)
    own = world.crowd.first[sent.who] == programs.specialty[sent.where]
    assert (own | (world.crowd.second[sent.who] == programs.specialty[sent.where])).all()


def test_applications_are_shared_between_two_specialties(real_catalogue: LoadedCatalogue) -> None:
    crowd = world_small(real_catalogue).crowd
    two = np.flatnonzero(crowd.second >= 0)
    assert len(two)
    for one in two[:20].tolist():
        parts = [
            int(sent_counts(crowd, np.array([one]), int(code), 10_000, 0.6)[0])
            for code in (crowd.first[one], crowd.second[one])
        ]
        assert parts[0] >= parts[1]
        assert crowd.applications[one] <= sum(parts) <= crowd.applications[one] + 2


def test_signals_go_to_the_first_and_no_further() -> None:
    table = model_now().signals
    internal, family = table.of("internal-medicine"), table.of("family-medicine")
    assert internal is not None
    assert family is not None
    found = signal_strengths(internal, 20, 1.6)
    assert (found == np.float32(1.6)).sum() == internal.counts[0]
    assert (found > 0).sum() == internal.total
    assert (np.diff(found) <= 0).all()
    assert signal_strengths(family, 3, 1.6).tolist() == [1.0, 1.0, 1.0]
    assert signal_strengths(None, 3, 1.6).tolist() == [0.0, 0.0, 0.0]


def test_a_season_keeps_slots_time_and_places_and_is_stable(real_catalogue: LoadedCatalogue) -> None:
    world = world_small(real_catalogue)
    noise = noise_make(world.truth, len(world.sent.who), MOODS)
    applications, kept = read_files(world.crowd, world.programs, world.sent, noise, np.zeros(4))
    outcome = season_end(world, applications, kept, APPLICANTS)
    most, rounds = (round(world.truth[f"slots.{name}"]) for name in ("most_attended", "rounds"))
    _, held = interviews_held(applications, slots=world.programs.slots, most=most, rounds=rounds)
    assert np.array_equal(outcome.interviews, np.bincount(applications.applicant[held], minlength=APPLICANTS))
    assert (outcome.invited >= outcome.interviews).all()
    taken = np.bincount(outcome.matched[outcome.matched >= 0], minlength=len(world.programs.places))
    assert (taken <= world.programs.places).all()
    assert 0.5 < taken.sum() / world.programs.places.sum() <= 1.0
    assert not len(
        blocking_pairs(
            applications.applicant[held],
            applications.program[held],
            applications.preference[held] + kept.visit[held],
            applications.rating[held] + kept.impression[held],
            places=world.programs.places,
            matched=outcome.matched,
        )
    )


def test_nobody_is_matched_without_an_interview(real_catalogue: LoadedCatalogue) -> None:
    outcome = played(world_small(real_catalogue))
    assert (outcome.interviews[outcome.matched >= 0] > 0).all()


def test_the_same_seed_is_the_same_season_and_another_is_not(real_catalogue: LoadedCatalogue) -> None:
    columns, model = columns_small(real_catalogue), model_now()
    first = world_small(real_catalogue)
    again, other = (
        world_make(columns, model, sites_of(columns), Truth(market_numbers(), seed), applicants=APPLICANTS)
        for seed in (1, 2)
    )
    assert np.array_equal(first.sent.where, again.sent.where)
    assert np.array_equal(played(first).matched, played(again).matched)
    assert not np.array_equal(played(first).matched, played(other).matched)


def test_the_worth_of_a_diploma_brings_rates_near_their_targets(real_catalogue: LoadedCatalogue) -> None:
    world = world_small(real_catalogue)
    targets = np.array([0.6, 0.5, 0.9, 0.85])  # in the order of KINDS
    before = match_rates(world.crowd, played(world))
    worth, rates = kind_worth_fit(world, targets)
    spread = np.ptp(np.log(targets / (1 - targets)) - np.log(rates / (1 - rates)))
    assert spread < np.ptp(np.log(targets / (1 - targets)) - np.log(before / (1 - before)))
    assert worth[KINDS.index("us_md")] > worth[US_IMG]
    assert match_rates(world.crowd, played(world, worth)) == pytest.approx(rates, abs=0.05)


def test_a_better_diploma_helps_its_kind(real_catalogue: LoadedCatalogue) -> None:
    world = world_small(real_catalogue)
    lifted = np.zeros(4)
    lifted[US_IMG] = 2.0
    plain, helped = (match_rates(world.crowd, played(world, worth)) for worth in (np.zeros(4), lifted))
    assert helped[US_IMG] > plain[US_IMG]
    assert helped[KINDS.index("us_md")] < plain[KINDS.index("us_md")]
