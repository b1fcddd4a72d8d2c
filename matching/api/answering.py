"""Between the views and the core: which catalogue is asked, and what an answer nobody keeps looks like."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from applicants.faults import Fault
from matching.api.errors import PartDown, RequestInvalid
from matching.api.request import MatchQuestion, question_read
from matching.scoring.applicant import RINGS
from matching.validation import validation_document

if TYPE_CHECKING:
    from matching.catalogue import LoadedCatalogue
    from programs.snapshot import TrackRow


class Known(NamedTuple):
    """What a request may name: specialties by slug, and the program key of every track."""

    specialties: frozenset[str]
    programs: dict[str, str]


def question_of(data: object, *, season: str) -> MatchQuestion:
    """Raises RequestInvalid, and PartDown while no catalogue is published."""
    known = _known(_catalogue().version)
    return question_read(data, season=season, specialties=known.specialties, programs=known.programs)


def answer_now(question: MatchQuestion, *, season: str) -> dict[str, Any]:
    """The whole answer; nothing is stored."""
    from matching.engine import answer_compute, answer_document, model_version  # noqa: PLC0415
    from matching.scoring.list_rules import ListInfeasible, ProgramsBarred  # noqa: PLC0415

    catalogue = _catalogue()
    try:
        answer = answer_compute(
            profile=question.profile, options=question.options, catalogue=catalogue, season=season
        )
    except ProgramsBarred as error:
        raise RequestInvalid(list(_barred(question, error.rows, catalogue, season))) from None
    except ListInfeasible as error:
        detail = f"No list can hold these: {error}."
        raise RequestInvalid([Fault("/options/must_include", "impossible", detail)]) from None
    version = model_version()
    return {
        "id": None,
        "model_version": version,
        "data_version": catalogue.version,
        "created_at": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "validation": validation_document(version, question.profile.applicant_type),
        **answer_document(answer, catalogue, explain=question.options.explain, top=question.options.top),
        **(_plan(question, catalogue, season) if question.advise else {}),
        **(_repair(question, catalogue, season) if question.judge else {}),
    }


def _plan(question: MatchQuestion, catalogue: "LoadedCatalogue", season: str) -> dict[str, Any]:
    from matching.plan import plan_document  # noqa: PLC0415

    plan = plan_document(
        profile=question.profile,
        options=question.options,
        catalogue=catalogue,
        season=season,
        as_of=datetime.now(UTC).date(),
    )
    return {"plan": plan}


def _repair(question: MatchQuestion, catalogue: "LoadedCatalogue", season: str) -> dict[str, Any]:
    from matching.list_repair import repair_compute  # noqa: PLC0415

    try:
        repair = repair_compute(
            profile=question.profile,
            options=question.options,
            programs=question.judge,
            catalogue=catalogue,
            season=season,
        )
    except ValueError as error:
        raise RequestInvalid(
            [Fault("/judge", "impossible", f"This list cannot be judged: {error}.")]
        ) from None
    return {"repair": repair}


def _barred(
    question: MatchQuestion, rows: tuple[int, ...], catalogue: "LoadedCatalogue", season: str
) -> Iterator[Fault]:
    """Each program that must be included and may not be, with what stands against it."""
    row_of = catalogue.columns(season).row_of
    for place, track_id in enumerate(question.options.must_include):
        row = row_of[track_id]
        if row in rows:
            detail = f"{track_id} cannot be on the list: {_obstacle(question, catalogue.tracks[row])}."
            yield Fault(f"/options/must_include/{place}", "impossible", detail)


def _obstacle(question: MatchQuestion, track: "TrackRow") -> str:
    profile, options = question.profile, question.options
    if track.specialty not in (profile.specialties or ()):
        return f"its specialty, {track.specialty}, is not one applied to"
    if track.track not in options.tracks:
        return f"its track, {track.track}, is not among `tracks`"
    if RINGS.index(track.ring) > max(RINGS.index(ring) for ring in options.rings):
        return f"it lies in a ring, {track.ring}, that is not among `rings`"
    if track.listing_status == "old":
        return "its listing is old, so that it may no longer exist"
    return "one of its stated rules closes it to this applicant"


def _catalogue() -> "LoadedCatalogue":
    # numpy and scipy come with it: only who scores pays for loading them.
    from matching.catalogue import CatalogueEmpty, catalogue_current  # noqa: PLC0415

    try:
        return catalogue_current()
    except CatalogueEmpty:
        raise PartDown("No catalogue has been published yet.") from None


@lru_cache(maxsize=2)
def _known(version: str) -> Known:
    from matching.catalogue import catalogue_get  # noqa: PLC0415

    snapshot = catalogue_get(version).snapshot
    return Known(
        specialties=frozenset(slug for slug, _ in snapshot.specialties),
        programs={track.id: track.program_key for track in snapshot.tracks},
    )
