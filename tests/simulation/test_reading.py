"""How files are read: more is worth more, cutoffs close, and what is liked."""

from dataclasses import replace

import numpy as np
import pytest

from matching.catalogue import LoadedCatalogue
from matching.simulation.acceptance import Singles
from matching.simulation.crowd import NOBODY, Crowd
from matching.simulation.reading import appeal, hope, nearness, worth_read
from matching.simulation.season import World
from matching.simulation.truth import US_IMG
from tests.simulation.worlds import world_small

pytestmark = pytest.mark.django_db  # to load the catalogue once

WHO = np.arange(60)


def read(world: World, crowd: Crowd, signal: float = 0.0) -> Singles:
    where = np.flatnonzero(world.programs.places > 0)
    who, where = (one.ravel() for one in np.meshgrid(WHO, where, indexing="ij"))
    signals = np.full(len(who), signal, dtype=np.float32)
    return worth_read(crowd, world.programs, who, where, signals, np.zeros(4, dtype=np.float32))


@pytest.mark.parametrize(
    ("trait", "more"),
    [
        ("score", 12),
        ("fails", -1),
        ("years", -2),
        ("weeks", 20),
        ("publications", 3),
        ("quality", 1),
        ("service", 1),
    ],
)
def test_a_better_file_is_never_worth_less(real_catalogue: LoadedCatalogue, trait: str, more: float) -> None:
    world = world_small(real_catalogue)
    worse = np.maximum(getattr(world.crowd, trait), 2.0 if more < 0 else 0.0).astype(np.float32)
    low = read(world, replace(world.crowd, **{trait: worse}))
    high = read(world, replace(world.crowd, **{trait: worse + np.float32(more)}))
    assert (high >= low).all()
    assert (high > low).any()


def test_a_signal_and_a_rotation_are_worth_something(real_catalogue: LoadedCatalogue) -> None:
    world = world_small(real_catalogue)
    plain, signalled = read(world, world.crowd), read(world, world.crowd, signal=1.0)
    assert (signalled >= plain).all()
    in_market = int(np.argmax(np.where(world.programs.places > 0, world.programs.openness[:, US_IMG], -9.0)))
    here = replace(world.crowd, here=np.full(len(world.crowd), world.programs.program[in_market]))
    nowhere = replace(world.crowd, here=np.full(len(world.crowd), NOBODY))
    assert (read(world, here) >= read(world, nowhere)).all()
    assert (read(world, here) > read(world, nowhere)).any()


def test_a_cutoff_closes_whatever_else_there_is(real_catalogue: LoadedCatalogue) -> None:
    world = world_small(real_catalogue)
    row = int(np.flatnonzero(world.programs.least_score > 0)[0])
    least = world.programs.least_score[row]
    crowd = replace(
        world.crowd,
        score=np.full(len(world.crowd), least - 1, dtype=np.float32),
        quality=np.full(len(world.crowd), 50, dtype=np.float32),
        here=np.full(len(world.crowd), NOBODY),
    )
    where, zeros = np.full(len(WHO), row), np.zeros(len(WHO), dtype=np.float32)
    assert np.isneginf(worth_read(crowd, world.programs, WHO, where, zeros, zeros[:4])).all()


def test_home_is_nearest(real_catalogue: LoadedCatalogue) -> None:
    world = world_small(real_catalogue)
    who = np.flatnonzero(world.crowd.home >= 0)[:50]
    near = nearness(world.crowd, world.programs, who[:, None], np.arange(300)[None, :])
    home = world.crowd.home[who][:, None] == world.programs.state[None, :]
    assert (near[home] == 1.0).all()
    assert (near[~home] < 1.0).all()
    assert set(np.unique(near)) <= set(np.array([0.0, 0.4, 0.7, 1.0], dtype=np.float32))


def test_names_are_liked_and_hope_shies_from_high_scores(real_catalogue: LoadedCatalogue) -> None:
    world = world_small(real_catalogue)
    where, taste = np.arange(300), np.zeros((60, 300), dtype=np.float32)
    plain = appeal(world.crowd, world.programs, WHO, where, taste, world.truth)
    famous = replace(world.programs, prestige=world.programs.prestige + np.float32(1.0))
    assert (appeal(world.crowd, famous, WHO, where, taste, world.truth) > plain).all()
    picky = replace(world.programs, typical_score=world.programs.typical_score + np.float32(20.0))
    hopes = [hope(world.crowd, one, WHO, where, taste, 0.7, world.truth) for one in (world.programs, picky)]
    assert (hopes[1] <= hopes[0]).all()


def test_what_has_not_got_about_is_doubt_alone(real_catalogue: LoadedCatalogue) -> None:
    world = world_small(real_catalogue)
    doubt = np.random.default_rng(1).standard_normal((60, 300)).astype(np.float32)
    easy = replace(world.programs, typical_score=np.zeros(300, dtype=np.float32))
    believed = hope(world.crowd, easy, WHO, np.arange(300), doubt, 0.0, world.truth)
    assert np.array_equal(believed, doubt)
