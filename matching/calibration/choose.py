"""What the reference population sends: to which programs, with which signals, at what actual odds.

An applicant knows a program's log-odds for her, and something of its hidden openness u: an impression
v = ρu + √(1 − ρ²)e that correlates with it by ρ = ``population.openness_known``, with an error e of her own.
She ranks by what she must then expect, η + s·ρ·v. (Were u only given a weight, the smallest weight would
sort programs that differ in nothing else perfectly.) A program that a strict rule closes to her is not
applied to. Her signals go to the best of what she sees, within each specialty's counts. The odds that count
hold the hidden openness in full.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.calibration.population import Member
from matching.scoring.applicant import Options
from matching.scoring.choice import best_tracks, listable, scope_of
from matching.scoring.columns import Columns, Ints
from matching.scoring.draws import Floats
from matching.scoring.model import Model
from matching.scoring.score import catalogue_score
from matching.scoring.signals import LEVELS, SignalTable

# An advanced match is counted as one: what it needs of a first year is not modelled.
TRACKS = ("categorical", "primary-care", "advanced")
_PROGRAMS, _PEOPLE = 1, 2  # whose random numbers: a seed and the same with zeros after it are one seed


@dataclass(frozen=True)
class Looked:
    """The tracks open to one applicant: ``rows`` (c,) of the catalogue, one a program, with their log-odds
    and the standard deviation of what is hidden (c,), all before anything is chosen."""

    rows: Ints
    log_odds: Floats
    sd: Floats


@dataclass(frozen=True)
class Sent:
    """All applications of all people, one after the other: ``log_odds`` (t,) as they truly stand, ``row``
    (t,) of the catalogue; ``start`` (people + 1,) where each person's begin."""

    log_odds: Floats
    row: Ints
    start: Ints

    @property
    def people(self) -> int:
        return len(self.start) - 1


def hidden_openness(columns: Columns, seed: int) -> Floats:
    """(n,) standard normals, one a program: its tracks share it, and so do all who apply."""
    drawn = np.random.default_rng((_PROGRAMS, seed)).standard_normal(int(columns.program.max(initial=0)) + 1)
    found: Floats = drawn[columns.program]
    return found


def impressions(columns: Columns, hidden: Floats, known: float, seed: tuple[int, ...]) -> Floats:
    """(n,) what one applicant expects of ``hidden`` (n,), of which her impression tells ``known``: ρ·v. The
    seed is hers."""
    errors = np.random.default_rng((_PEOPLE, *seed)).standard_normal(int(columns.program.max(initial=0)) + 1)
    found: Floats = known * (known * hidden + np.sqrt(1 - known * known) * errors[columns.program])
    return found


def look(members: Sequence[Member], columns: Columns, model: Model) -> list[Looked]:
    """Score everyone once: what each may apply to."""
    asked_for = Options(tracks=TRACKS)
    found = []
    for member in members:
        applicant = member.applicant
        scored = catalogue_score(applicant, columns, model)
        may = scope_of(columns, applicant, asked_for).asked & ~scored.screening.out
        open_rows = np.flatnonzero(may & listable(columns, applicant, asked_for))
        rows = best_tracks(columns, open_rows, scored.log_odds)
        found.append(Looked(rows, scored.log_odds[rows], scored.sd[rows]))
    return found


def send(
    members: Sequence[Member],
    looked: Sequence[Looked],
    columns: Columns,
    seed: tuple[int, int],
    *,
    values: Mapping[str, float],
    signals: SignalTable,
) -> Sent:
    """Everyone's applications. ``seed``: one of the programs, one of the people. A level common to all
    log-odds changes no choice."""
    hidden = hidden_openness(columns, seed[0])
    known = values["population.openness_known"]
    odds, rows = [], []
    for number, (member, seen) in enumerate(zip(members, looked, strict=True)):
        expected = impressions(columns, hidden, known, (*seed, number))[seen.rows]
        ranked = np.argsort(-(seen.log_odds + seen.sd * expected), kind="stable")[: member.applications]
        chosen = seen.rows[ranked]
        signalled = signals_on(chosen, columns, signals, values)
        odds.append(seen.log_odds[ranked] + seen.sd[ranked] * hidden[chosen] + signalled)
        rows.append(chosen)
    start = np.cumsum([0, *(len(part) for part in rows)])
    return Sent(np.concatenate(odds), np.concatenate(rows), start)


def signals_on(rows: Ints, columns: Columns, table: SignalTable, values: Mapping[str, float]) -> Floats:
    """(a,) log-odds of the signals on applications to ``rows`` (a,) of the catalogue, best first: the
    stronger signals on the better programs of each specialty."""
    worth = values["population.signals"] * np.array([values[f"signal.{level}"] for level in LEVELS])
    specialty, found = columns.specialty[rows], np.zeros(len(rows))
    for code in np.unique(specialty).tolist():
        counts = table.of(columns.specialties[code])
        if counts is not None:
            given = np.repeat(worth, counts.counts)
            where = np.flatnonzero(specialty == code)[: len(given)]
            found[where] = given[: len(where)]
    return found
