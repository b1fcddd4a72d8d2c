"""From a profile and ids to a judged, and a repaired, list."""

import pytest

from applicants.personas import PERSONAS
from applicants.schema import ProfileDocument
from matching.catalogue import LoadedCatalogue
from matching.list_repair import balance_compute, repair_compute
from matching.schema import MatchOptions
from tests.real_catalogue import real_catalogue_load

pytestmark = pytest.mark.django_db  # to load the catalogue once

SEASON = "2027"
PROFILE = ProfileDocument.model_validate(PERSONAS[0].document)


@pytest.fixture
def catalogue() -> LoadedCatalogue:
    return real_catalogue_load()


def family_medicine(catalogue: LoadedCatalogue, count: int) -> list[str]:
    return [track.id for track in catalogue.tracks if track.specialty == "family-medicine"][:count]


def test_a_list_is_judged_and_repaired_by_ids(catalogue: LoadedCatalogue) -> None:
    mine = family_medicine(catalogue, 30)
    options = MatchOptions(must_include=(mine[0],))
    asked = {"profile": PROFILE, "options": options, "catalogue": catalogue, "season": SEASON}
    before = balance_compute(programs=mine, **asked)  # type: ignore[arg-type]
    found = repair_compute(programs=mine, **asked)  # type: ignore[arg-type]
    assert found["before"] == before
    assert found["after"]["value_of_best"] > before["value_of_best"]
    assert len(found["programs"]) == len(set(found["programs"])) == 30
    assert mine[0] in found["programs"]
    assert set(found["programs"]) == set(mine) - set(found["removed"]) | set(found["added"])


def test_an_unknown_program_is_refused(catalogue: LoadedCatalogue) -> None:
    with pytest.raises(KeyError):
        balance_compute(
            profile=PROFILE, options=MatchOptions(), programs=["sp99999"], catalogue=catalogue, season=SEASON
        )
