"""A small market over a slice of the real catalogue, the same for every test of a run."""

from functools import lru_cache

from matching.calibration.sites import sites_of
from matching.catalogue import LoadedCatalogue
from matching.scoring.columns import Columns, columns_build
from matching.scoring.parameters import Parameters
from matching.simulation.season import World, world_make
from matching.simulation.truth import Truth
from programs.geography import DIVISION_BY_STATE
from programs.reference import reference_rows
from tests.scoring.made_catalogue import SEASON, model_now

TRACKS, APPLICANTS = 300, 800


@lru_cache(maxsize=1)
def market_numbers() -> Parameters:
    return Parameters.from_rows(reference_rows("simulation"))


_columns: dict[str, Columns] = {}
_worlds: dict[tuple[str, int], World] = {}


def columns_small(catalogue: LoadedCatalogue) -> Columns:
    """Every fourteenth track of the real catalogue, built once."""
    if catalogue.version not in _columns:
        kept = catalogue.tracks[:: len(catalogue.tracks) // TRACKS][:TRACKS]
        _columns[catalogue.version] = columns_build(
            kept, parameters=model_now().parameters, season=SEASON, divisions=DIVISION_BY_STATE
        )
    return _columns[catalogue.version]


def world_small(catalogue: LoadedCatalogue, seed: int = 1) -> World:
    """A market of 800 applicants over these tracks, made once a seed."""
    if (catalogue.version, seed) not in _worlds:
        columns, truth = columns_small(catalogue), Truth(market_numbers(), seed)
        _worlds[catalogue.version, seed] = world_make(
            columns, model_now(), sites_of(columns), truth, applicants=APPLICANTS
        )
    return _worlds[catalogue.version, seed]
