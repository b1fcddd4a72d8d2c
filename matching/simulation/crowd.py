"""The applicants of a season as numbers: what programs and tastes of the made-up market work with."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from matching.calibration.population import Member, population_make
from matching.calibration.sites import Sites
from matching.scoring.applicant import HANDS_ON, Applicant
from matching.scoring.columns import Columns
from matching.scoring.model import Model
from matching.simulation.acceptance import Flags, Ints, Singles
from matching.simulation.programs import Places
from matching.simulation.truth import KINDS, Truth

NOBODY = -1


@dataclass(frozen=True, eq=False)
class Crowd:
    """One entry (m,) an applicant. ``home``, ``family``, ``trained``: codes of states, NOBODY where there is
    none; ``division`` of the home. ``here``: number of the program she rotated at. ``angeleno``: lived or
    trained around Los Angeles. ``quality``: what every reader of the file sees and no number here tells.
    ``second``: another specialty, or NOBODY; ``applications``: how many programs she applies to."""

    kind: Ints
    score: Singles
    fails: Singles
    years: Singles
    weeks: Singles
    publications: Singles
    service: Singles
    home: Ints
    division: Ints
    family: Ints
    trained: Ints
    angeleno: Singles
    here: Ints
    quality: Singles
    first: Ints
    second: Ints
    applications: Ints

    def __len__(self) -> int:
        return len(self.kind)


def crowd_make(columns: Columns, places: Places, sites: Sites, model: Model, truth: Truth, m: int) -> Crowd:
    """``m`` applicants of the reference population, kinds in the shares of ``mix.*``."""
    mix = truth.each("mix")
    shares = np.floor(np.cumsum(mix) / mix.sum() * m + 0.5).astype(int)
    members: list[Member] = []
    for kind, count in zip(KINDS, np.diff(shares, prepend=0).tolist(), strict=True):
        members += population_make(
            kind,
            count,
            truth.seed,
            values=model.parameters.values,
            sites=sites,
            application_year=model.application_year,
        )
    return crowd_of(members, columns, places, model, truth, part=2)


def crowd_of(
    members: Sequence[Member], columns: Columns, places: Places, model: Model, truth: Truth, *, part: int
) -> Crowd:
    """Applicants as numbers; their ``quality`` is drawn from the ``part`` of the world's random numbers."""
    rows = [_row(member, columns, places, model.application_year) for member in members]
    table = np.array(rows, dtype=np.float64).reshape(len(rows), len(_WHOLE) + len(_REAL))
    whole = dict(zip(_WHOLE, table.T[: len(_WHOLE)].astype(np.int64), strict=True))
    real = dict(zip(_REAL, table.T[len(_WHOLE) :].astype(np.float32), strict=True))
    quality = truth["quality.sd"] * truth.stream(part).standard_normal(len(rows))
    division = np.append(places.division, NOBODY)[whole["home"]]
    return Crowd(**whole, **real, division=division, quality=quality.astype(np.float32))


def crowd_joined(first: Crowd, second: Crowd) -> Crowd:
    """Both, the second after the first."""
    pairs = ((getattr(first, f.name), getattr(second, f.name)) for f in fields(Crowd))
    return Crowd(*(np.concatenate(pair) for pair in pairs))


def applies_to(crowd: Crowd, specialty: int) -> Flags:
    """(m,) who applies in the specialty."""
    found: Flags = (crowd.first == specialty) | (crowd.second == specialty)
    return found


_WHOLE = ("kind", "home", "family", "trained", "here", "first", "second", "applications")
_REAL = ("score", "fails", "years", "weeks", "publications", "service", "angeleno")


def _row(member: Member, columns: Columns, places: Places, year: int) -> tuple[float, ...]:
    """One applicant in the order of _WHOLE and _REAL."""
    me = member.applicant
    specialties = [columns.specialties.index(s) for s in me.specialties if s in columns.specialties]
    homes = [tie.state for tie in me.ties or () if tie.kind == "residence"]
    family = [tie.state for tie in me.ties or () if tie.kind != "residence"]
    hands_on = [item for item in me.experience or () if item.kind in HANDS_ON]
    here = [item.program_id for item in hands_on if item.program_id in columns.row_of]
    rings = (*(tie.ring for tie in me.ties or ()), *(item.ring for item in hands_on))
    return (
        KINDS.index(me.applicant_type or "us_img"),
        places.code(homes[0] if homes else None),
        places.code(family[0] if family else None),
        places.code(hands_on[0].state if hands_on else None),
        int(columns.program[columns.row_of[here[0] or ""]]) if here else NOBODY,
        specialties[0] if specialties else NOBODY,
        specialties[1] if len(specialties) > 1 else NOBODY,
        member.applications,
        _score(me),
        sum(max((exam.attempts or 1) - 1, 0) for exam in (me.step1, me.step2ck)),
        max(0, year - (me.graduation_year or year)),
        sum(item.weeks or 0 for item in hands_on),
        me.research_publications or 0,
        bool(me.service),
        "los-angeles" in rings,
    )


def _score(me: Applicant) -> float:
    if me.step2ck.score is None:
        raise ValueError("everyone in the market has a Step 2 CK score")
    return me.step2ck.score
