"""A chunk of a cohort scored: every line validated as a match is, the valid ones at the depth they ask."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, NamedTuple

import orjson

from applicants.faults import Fault
from matching.cohorts.faults import ModelChanged
from matching.cohorts.line import BadLine, lines_unpack, reference_told
from matching.models import Cohort

if TYPE_CHECKING:
    from matching.catalogue import LoadedCatalogue
    from matching.cohorts.asked import Asked
    from matching.cohorts.blobs import ScoredLine

__all__ = ["ChunkDone", "ModelChanged", "chunk_give_up", "chunk_score"]

NOT_SCORED = "It could not be scored, though nothing is known to be wrong with it: send it again by itself."


class ChunkDone(NamedTuple):
    """Blobs to be kept, and how many lines each is of."""

    result: bytes
    errors: bytes
    scored: int
    rejected: int


def chunk_score(*, chunk_input: bytes, cohort: Cohort) -> ChunkDone:
    """Score the lines of a chunk; the same lines give the same bytes. Raises ModelChanged."""
    from matching.cohorts.asked import line_read  # noqa: PLC0415  (numpy and scipy come with these)
    from matching.cohorts.blobs import blob_pack  # noqa: PLC0415

    catalogue = _catalogue_of(cohort)
    season = cohort.season
    asked: list[Asked] = []
    bad: list[BadLine] = []
    for line in lines_unpack(bytes(chunk_input)):
        read = line_read(line, season=season, catalogue=catalogue)
        if isinstance(read, BadLine):
            bad.append(read)
        else:
            asked.append(read)
    scored = _score(asked, catalogue, season)
    bad += (one for one in scored if isinstance(one, BadLine))
    good = sorted((one for one in scored if not isinstance(one, BadLine)), key=lambda one: one.number)
    return ChunkDone(blob_pack(good), errors_pack(bad), len(good), len(bad))


def chunk_give_up(*, chunk_input: bytes, first_line: int) -> ChunkDone:
    """Every line of a chunk rejected, because no worker came to its end."""
    from matching.cohorts.blobs import blob_pack  # noqa: PLC0415

    bad = []
    for line in lines_unpack(bytes(chunk_input)):
        if isinstance(line, BadLine):
            bad.append(line)
        else:
            fault = Fault("", "not_scored", NOT_SCORED)
            bad.append(BadLine(line.number, reference_told(line.raw), (fault,)))
    return ChunkDone(blob_pack([]), errors_pack(bad), 0, len(bad))


def errors_pack(lines: Iterable[BadLine]) -> bytes:
    told = [
        {
            "line": line.number,
            "reference": line.reference,
            "errors": [asdict(fault) for fault in line.faults],
        }
        for line in sorted(lines, key=lambda line: line.number)
    ]
    return zlib.compress(orjson.dumps(told), 1)


def _score(
    asked: Sequence["Asked"], catalogue: "LoadedCatalogue", season: str
) -> list["ScoredLine | BadLine"]:
    from matching.cohorts.depths import lists_score, odds_score  # noqa: PLC0415

    by_list = [one for one in asked if one.options.max_applications]
    by_odds = [one for one in asked if not one.options.max_applications]
    return [*odds_score(by_odds, catalogue, season), *lists_score(by_list, catalogue, season)]


def _catalogue_of(cohort: Cohort) -> "LoadedCatalogue":
    from matching.catalogue import catalogue_get  # noqa: PLC0415
    from matching.reference import model_for  # noqa: PLC0415
    from programs.models import DataVersion  # noqa: PLC0415

    if model_for(cohort.season).version != cohort.model_version:
        raise ModelChanged("The model changed while the cohort waited: send it again.")
    try:
        return catalogue_get(cohort.data_version)
    except DataVersion.DoesNotExist:
        raise ModelChanged("Its catalogue is no longer kept: send it again.") from None
