"""What the asker's newest answer says of one program, and which programs are like it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.core.cache import cache

from matching.models import Match

if TYPE_CHECKING:
    from matching.presentation.similar import Kin, Similar
    from matching.whole import Whole

KEPT = 60 * 60 * 24  # seconds; a run never changes, so neither does what it says of a program


@dataclass(frozen=True, slots=True)
class Listed:
    """One track beside the recommended list: ``gain`` in P(match) that it brings, ``usd`` one more
    application in its specialty costs."""

    gain: float
    usd: int
    asked: bool
    selected: bool


@dataclass(frozen=True)
class ProgramAnswer:
    """``row`` counts the signal that the recommended list sends to the program, ``unsignalled`` is the chance
    without it, None where none is sent. ``row`` None: the answer cannot speak of this program, being of other
    data or an earlier model.

    ``listed`` and ``whole`` None: the run is older than the odds of every track.
    """

    match: Match
    row: dict[str, Any] | None = None
    unsignalled: float | None = None
    listed: Listed | None = None
    whole: "Whole | None" = None

    @property
    def profile(self) -> dict[str, Any]:
        return dict(self.match.run.profile)


def program_answer(match: Match, program_id: str) -> ProgramAnswer:
    """Judges the program by the inputs of the run, once: the cache keeps it by the run's digest."""
    # numpy and scipy come with the engine: only a page with odds pays for loading them.
    from matching.engine import model_version  # noqa: PLC0415
    from matching.whole import whole_of  # noqa: PLC0415

    run = match.run
    if run.model_version != model_version():
        return ProgramAnswer(match)
    key = f"judged:{run.digest}:{program_id}"
    kept: dict[str, Any] | None = cache.get(key)
    if kept is None:
        signal = _signal(match, program_id)
        row, plain = _judge(match, program_id, signal), _judge(match, program_id) if signal else None
        kept = {"row": row, "unsignalled": plain["interview"]["probability"] if plain else None}
        cache.set(key, kept, KEPT)
    whole = whole_of(run)
    listed = _listed(whole, program_id) if whole else None
    return ProgramAnswer(match, kept["row"], kept["unsignalled"], listed, whole)


def _listed(whole: "Whole", program_id: str) -> Listed | None:
    at = whole.row_of.get(program_id)
    if at is None:
        return None
    return Listed(
        gain=float(whole.gain[at]),
        usd=int(whole.usd[at]),
        asked=bool(whole.asked[at]),
        selected=bool(whole.selected[at]),
    )


def program_similar(
    program_id: str, specialty: str, version: str, whole: "Whole | None"
) -> "tuple[Similar, ...]":
    """Programs like this one in a data version; by her odds too where ``whole`` has them.

    Some milliseconds: a pass over one specialty. Raises DataVersion.DoesNotExist.
    """
    from matching.presentation.similar import similar  # noqa: PLC0415
    from matching.scoring.tiers import TIERS  # noqa: PLC0415

    group = kin_of(version).get(specialty, ())
    me = next((kin for kin in group if kin.id == program_id), None)
    if me is None:
        return ()
    if whole is None:
        return similar(me, group)
    rows = {kin.id: whole.row_of[kin.id] for kin in group}
    return similar(
        me,
        group,
        odds={name: float(whole.p[row]) for name, row in rows.items()},
        tiers={name: TIERS[whole.tier[row]] for name, row in rows.items() if whole.tier[row] >= 0},
        closed=frozenset(name for name, row in rows.items() if whole.closed[row]),
    )


def _signal(match: Match, program_id: str) -> str:
    """The level of the signal that the recommended list sends to the program; "" for none."""
    from matching.catalogue import catalogue_get  # noqa: PLC0415
    from matching.engine import AnswerOutdated, answer_unpack  # noqa: PLC0415
    from matching.list_documents import level_name  # noqa: PLC0415

    run = match.run
    at = catalogue_get(run.data_version).columns(run.season).row_of.get(program_id)
    try:
        rows = answer_unpack(bytes(run.result or b"")).rows
    except AnswerOutdated:
        return ""
    here = rows.signal[rows.selected & (rows.row == (-1 if at is None else at))].tolist()
    return (level_name(here[0]) or "") if here else ""


def _judge(match: Match, program_id: str, signal: str = "") -> dict[str, Any] | None:
    from applicants.schema import ProfileDocument  # noqa: PLC0415
    from matching.catalogue import catalogue_get  # noqa: PLC0415
    from matching.judging import program_judge  # noqa: PLC0415
    from matching.schema import MatchOptions  # noqa: PLC0415

    run = match.run
    return program_judge(
        profile=ProfileDocument.model_validate(run.profile),
        options=MatchOptions.model_validate(run.options),
        program=program_id,
        catalogue=catalogue_get(run.data_version),
        season=run.season,
        signal=signal,
    )


@lru_cache(maxsize=4)
def kin_of(version: str) -> "dict[str, tuple[Kin, ...]]":
    """The tracks of a data version by specialty, as likeness sees them. Raises DataVersion.DoesNotExist."""
    from matching.catalogue import catalogue_get  # noqa: PLC0415
    from matching.presentation.similar import kin_groups  # noqa: PLC0415

    return kin_groups(catalogue_get(version).tracks)
