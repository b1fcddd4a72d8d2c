"""Between the views and the core: which catalogue is asked, and what an answer nobody keeps looks like."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from applicants.faults import Fault
from applicants.schema import ProfileDocument
from matching.api.advice import advice_document
from matching.api.errors import PartDown, RequestInvalid
from matching.api.request import MatchQuestion, question_read
from matching.schema import MatchOptions
from matching.scoring.applicant import RINGS
from matching.validation import validation_document

if TYPE_CHECKING:
    from matching.catalogue import LoadedCatalogue
    from matching.scoring.list_rules import ListInfeasible
    from programs.snapshot import TrackRow


def question_of(data: object, *, season: str, catalogue: "LoadedCatalogue | None" = None) -> MatchQuestion:
    """``catalogue``: whose specialties and programs may be named; None for the one published now.

    Raises RequestInvalid, and PartDown while no catalogue is published.
    """
    asked = catalogue or catalogue_asked()
    return question_read(data, season=season, specialties=asked.specialty_names, programs=asked.program_keys)


def answer_now(
    question: MatchQuestion,
    *,
    season: str,
    catalogue: "LoadedCatalogue | None" = None,
    now: datetime | None = None,
) -> dict[str, Any]:
    """The whole answer; nothing is stored. ``catalogue`` None: the one published now."""
    from matching.engine import answer_compute, answer_document, model_version  # noqa: PLC0415
    from matching.scoring.list_rules import ListInfeasible  # noqa: PLC0415

    catalogue, now = catalogue or catalogue_asked(), now or datetime.now(UTC)
    try:
        answer = answer_compute(
            profile=question.profile, options=question.options, catalogue=catalogue, season=season
        )
    except ListInfeasible as error:
        raise RequestInvalid(
            list_faults(error, question.profile, question.options, catalogue, season)
        ) from None
    version = model_version()
    return {
        "id": None,
        "model_version": version,
        "data_version": catalogue.version,
        "created_at": now.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "validation": validation_document(version, question.profile.applicant_type),
        **answer_document(answer, catalogue, explain=question.options.explain, top=question.options.top),
        "advice": advice_document(profile=question.profile, season=season),
        **(_plan(question, catalogue, season, now) if question.advise else {}),
        **(_repair(question, catalogue, season) if question.judge else {}),
    }


def _plan(
    question: MatchQuestion, catalogue: "LoadedCatalogue", season: str, now: datetime
) -> dict[str, Any]:
    from matching.plan import plan_document  # noqa: PLC0415

    plan = plan_document(
        profile=question.profile,
        options=question.options,
        catalogue=catalogue,
        season=season,
        as_of=now.date(),
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


def list_faults(
    error: "ListInfeasible",
    profile: ProfileDocument,
    options: MatchOptions,
    catalogue: "LoadedCatalogue",
    season: str,
) -> Iterator[Fault]:
    """Why no list holds what must be in it: each program that may not be, with what stands against it."""
    from matching.scoring.list_rules import ProgramsBarred  # noqa: PLC0415

    if not isinstance(error, ProgramsBarred):
        yield Fault("/options/must_include", "impossible", f"No list can hold these: {error}.")
        return
    row_of = catalogue.columns(season).row_of
    for place, track_id in enumerate(options.must_include):
        row = row_of[track_id]
        if row in error.rows:
            obstacle = _obstacle(profile, options, catalogue.tracks[row])
            detail = f"{track_id} cannot be on the list: {obstacle}."
            yield Fault(f"/options/must_include/{place}", "impossible", detail)


def _obstacle(profile: ProfileDocument, options: MatchOptions, track: "TrackRow") -> str:
    if track.specialty not in (profile.specialties or ()):
        return f"its specialty, {track.specialty}, is not one applied to"
    if track.track not in options.tracks:
        return f"its track, {track.track}, is not among `tracks`"
    if RINGS.index(track.ring) > max(RINGS.index(ring) for ring in options.rings):
        return f"it lies in a ring, {track.ring}, that is not among `rings`"
    if track.listing_status == "old":
        return "its listing is old, so that it may no longer exist"
    return "one of its stated rules closes it to this applicant"


def catalogue_asked() -> "LoadedCatalogue":
    """The one published now. Raises PartDown."""
    # numpy and scipy come with it: only who scores pays for loading them.
    from matching.catalogue import CatalogueEmpty, catalogue_current  # noqa: PLC0415

    try:
        return catalogue_current()
    except CatalogueEmpty:
        raise PartDown("No catalogue has been published yet.") from None
