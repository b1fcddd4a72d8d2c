"""Many applicants at once: each one's best tracks, by the numbers that one applicant alone would get.

Applicants are encoded one by one through the stages of the model, without its draws. From there on all are
alike: the log-odds of a block of applicants over the whole catalogue in single precision (one table look-up
and one short matrix product), the best of each by partition, and those once more in full precision. Where the
last bit might decide how a number is rounded, the applicant is said to be ``doubtful``: score her alone.

Memory beyond what goes in and comes out is a few blocks of ``BLOCK_PAIRS`` numbers, however many applicants.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from matching.scoring.applicant import Applicant, Options
from matching.scoring.cohort_tables import STEEP, Design, averages_of, design_of
from matching.scoring.columns import Columns, Flags, Ints
from matching.scoring.draws import Floats
from matching.scoring.model import Model
from matching.scoring.prior import prior_of
from matching.scoring.probability import DECIMALS, averaged_logits
from matching.scoring.score import Scored, catalogue_score
from matching.scoring.terms import CENTRAL

BLOCK_PAIRS = 1 << 18  # applicants times tracks looked at together: what fits a processor's cache
CLOSED = -1e6  # added to the log-odds of a track that is not scored
CUT = CLOSED / 2
SLACK = 1e-3  # single precision errs by far less, and the tracks within it are all looked at exactly
NONE = -1  # row of a place nothing is left for
_PLACE_BITS = 20  # of a sorted key: the place among the candidates, behind the rounded log-odds
_WIDEST = 1000.0  # log-odds a key holds
_UNIT = 10.0**DECIMALS
_NEAR = 2e-3  # units (of 1e-9) from where rounding turns: there nothing is read from a table
_DOUBT = 3e-5  # units that sums in another order may differ by
NOTHING = np.iinfo(np.int64).max

Rows = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Encoded:
    """a applicants as numbers: ``kind`` (a,) into ``kinds``; ``specialty`` (a, specialties) with base and
    constants, CLOSED where it is not applied to; ``cell`` (a, cells); ``weight`` (a, features); what is added
    at single tracks: of applicant i ``rows`` and ``values`` from ``starts[i]`` to ``starts[i + 1]``; and the
    tracks ``waived`` for each."""

    kinds: tuple[str, ...]
    kind: Ints
    specialty: Floats
    cell: Floats
    weight: Floats
    starts: Ints
    rows: Ints
    values: Floats
    waived: tuple[Ints, ...]

    def __len__(self) -> int:
        return len(self.kind)


@dataclass(frozen=True, eq=False)
class Kept:
    """The ``top`` best tracks of each of a applicants: catalogue ``rows`` (a, top), best first, NONE where no
    more are open; ``p`` (a, top) the chance of an interview, 0 there. ``doubtful`` (a,)."""

    rows: Rows
    p: Floats
    doubtful: Flags


@dataclass(frozen=True, eq=False)
class KeptBlock(Kept):
    """One block, from applicant ``start`` on, with the central ``log_odds`` (b, top), CLOSED for NONE."""

    log_odds: Floats
    start: int


def applicants_encode(applicants: Sequence[Applicant], columns: Columns, model: Model) -> Encoded:
    """``applicants`` through stages 0 and 1, in the order given. Errors: none."""
    central = model.central
    found = [_encode(catalogue_score(applicant, columns, central)) for applicant in applicants]
    kinds = tuple(sorted({one.kind for one in found}))

    def table(rows: list[Floats], width: int) -> Floats:
        return np.array(rows, dtype=np.float64).reshape(len(found), width)

    return Encoded(
        kinds=kinds,
        kind=np.array([kinds.index(one.kind) for one in found], dtype=np.int64),
        specialty=table([one.specialty for one in found], len(columns.specialties)),
        cell=table([one.cell for one in found], 2 * len(columns.places)),
        weight=table([one.weight for one in found], columns.features.shape[1]),
        starts=np.cumsum([0, *(len(one.rows) for one in found)]),
        rows=np.concatenate([np.zeros(0, dtype=np.int64), *(one.rows for one in found)]),
        values=np.concatenate([np.zeros(0), *(one.values for one in found)]),
        waived=tuple(one.waived for one in found),
    )


def cohort_top(
    encoded: Encoded, columns: Columns, model: Model, top: int, options: Options | None = None
) -> Kept:
    """The ``top`` tracks with the best chance of an interview for each applicant, of the tracks and rings
    ``options`` ask for (else the usual ones). Equal chances, by logits to ``DECIMALS``, stand in order of id.

    Rows and ``p`` are those of the applicant alone, to the last digit unless she is doubtful.
    """
    shape = (len(encoded), top)
    kept = Kept(np.empty(shape, dtype=np.int32), np.empty(shape), np.empty(len(encoded), dtype=bool))
    for block in cohort_blocks(encoded, columns, model, top, options):
        here = slice(block.start, block.start + len(block.rows))
        kept.rows[here], kept.p[here], kept.doubtful[here] = block.rows, block.p, block.doubtful
    return kept


def cohort_blocks(
    encoded: Encoded, columns: Columns, model: Model, top: int, options: Options | None = None
) -> Iterator[KeptBlock]:
    """``cohort_top`` block by block, for who stores each as it comes. Raises ValueError for a top below 1."""
    if top < 1:
        raise ValueError(f"at least one track must be kept, not {top}")
    asked = options or Options()
    design = design_of(columns, asked.tracks, asked.rings)
    kernel = _Kernel(encoded, design, widths_of(encoded.kinds, columns, model), model, top)
    for start in range(0, len(encoded), kernel.size):
        yield kernel.block(start, min(start + kernel.size, len(encoded)))


def widths_of(kinds: Sequence[str], columns: Columns, model: Model) -> Floats:
    """(kinds, n) standard deviation of what is not known of each program, to applicants of each kind."""
    widths = [prior_of(columns, model.central, kind).sd for kind in kinds]
    return np.array(widths).reshape(len(kinds), len(columns))


@dataclass(frozen=True)
class _One:
    kind: str
    specialty: Floats
    cell: Floats
    weight: Floats
    rows: Ints
    values: Floats
    waived: Ints


def _encode(scored: Scored) -> _One:
    terms, person = scored.terms, scored.person
    totals, wanted = terms.totals, person.applicant.specialties
    specialty = totals.specialty[CENTRAL]
    if wanted:
        specialty = specialty + [0.0 if name in wanted else CLOSED for name in terms.columns.specialties]
    out = np.flatnonzero(scored.screening.out)
    return _One(
        kind=person.type,
        specialty=specialty,
        cell=totals.cell[CENTRAL],
        weight=totals.weight[CENTRAL],
        rows=np.concatenate([out, *(rows for _, rows, _ in terms.sparse)]),
        values=np.concatenate([np.full(len(out), CLOSED), *(value[CENTRAL] for *_, value in terms.sparse)]),
        waived=np.flatnonzero(scored.screening.waived),
    )


class _Kernel:
    """Blocks of applicants against every track of the design, in buffers used again and again: the ``rough``
    log-odds, and what each track's ``own`` facts add."""

    def __init__(self, encoded: Encoded, design: Design, widths: Floats, model: Model, top: int) -> None:
        self.encoded, self.design, self.model, self.top = encoded, design, model, top
        self.widths, self.averages = widths, averages_of(model)
        self.unusual = widths != self.averages.usual
        self.always = design.place[np.flatnonzero(self.unusual.any(axis=0))]
        self.always = self.always[self.always >= 0]
        self.tracks = len(design.rows)
        self.size = max(1, BLOCK_PAIRS // max(1, self.tracks))
        self.rough = np.empty((self.size, self.tracks), dtype=np.float32)
        self.own = np.empty((self.size, self.tracks))

    def block(self, start: int, end: int) -> KeptBlock:
        """Applicants ``start`` to ``end``, of each the best in order; equal ones in order of id."""
        encoded, design = self.encoded, self.design
        pairs = encoded.specialty[start:end][:, design.specialty] + encoded.cell[start:end][:, design.cell]
        weight, kind = encoded.weight[start:end], encoded.kind[start:end]
        own = self._own(weight, start, end)
        applicant, place = self._candidates(pairs, own)
        log_odds = pairs[applicant, design.pair[place]] + own.reshape(-1)[applicant * self.tracks + place]
        rows = design.rows[place]
        units, close = self._units(log_odds, rows, kind[applicant])
        at, last = _best(applicant, units, end - start, self.top)
        doubtful = np.zeros(end - start, dtype=bool)
        doubtful[applicant[close[units[close] >= last[applicant[close]] - 1]]] = True
        logits = np.append(units, 0)[at] / _UNIT
        p = expit(logits)
        p[at == len(rows)] = 0.0
        return KeptBlock(
            rows=np.append(rows, NONE).astype(np.int32)[at],
            p=p,
            doubtful=doubtful,
            log_odds=np.append(log_odds, CLOSED)[at],
            start=start,
        )

    def _own(self, weight: Floats, start: int, end: int) -> Floats:
        """(b, m) what each track's own facts, and what is said of it alone, add for each applicant."""
        encoded, own = self.encoded, self.own[: end - start]
        np.matmul(weight, self.design.features, out=own)
        first, last = encoded.starts[start], encoded.starts[end]
        place = self.design.place[encoded.rows[first:last]]
        owner = np.repeat(np.arange(end - start), np.diff(encoded.starts[start : end + 1]))
        here = place >= 0
        np.add.at(own.reshape(-1), owner[here] * self.tracks + place[here], encoded.values[first:last][here])
        return own

    def _candidates(self, pairs: Floats, own: Floats) -> tuple[Ints, Ints]:
        """(c,) applicants of the block and places in the design, ascending: the best of each with all that
        rounding may have put behind them, and of programs of another width all that are open."""
        rough = self.rough[: len(pairs)]
        np.take(pairs.astype(np.float32), self.design.pair, axis=1, out=rough, mode="clip")
        np.add(rough, own, out=rough, casting="same_kind")
        if not self.tracks:  # none of the kinds asked for lies in the rings asked for
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        behind = self.tracks - min(self.top + len(self.always), self.tracks)
        last = np.partition(rough, behind, axis=1)[:, behind]
        wanted = rough >= np.maximum(last - SLACK, CUT)[:, None]
        wanted[:, self.always] = rough[:, self.always] > CUT
        found = np.flatnonzero(wanted)
        applicant = found // self.tracks
        return applicant, found - applicant * self.tracks

    def _units(self, log_odds: Floats, rows: Ints, kind: Ints) -> tuple[Ints, Ints]:
        """(c,) logits of the averaged probabilities, rounded, in units of the last decimal; and which of them
        lie so close to where rounding turns that another order of summing may turn it."""
        logits = self.averages.averaged(log_odds) * _UNIT
        whole = np.rint(logits)
        exactly = (np.abs(logits - whole) > 0.5 - _NEAR) | (log_odds > STEEP) | self.unusual[kind, rows]
        again = exactly.nonzero()[0]
        sigma, widths = self.model.parameters.values["luck.sigma"], self.widths[kind[again], rows[again]]
        _, exact = averaged_logits(log_odds[again], widths, sigma=sigma, nodes=self.model.nodes)
        exact = np.clip(exact, -_WIDEST, _WIDEST) * _UNIT
        whole[again] = np.rint(exact)
        return whole.astype(np.int64), again[np.abs(exact - whole[again]) > 0.5 - _DOUBT]


def _best(applicant: Ints, units: Ints, count: int, top: int) -> tuple[Ints, Ints]:
    """(count, top) positions of each applicant's best candidates, best first, len(units) where there is none;
    and (count,) the units of the last of them, or fewer than any has.

    One integer holds the rounded logit and, behind it, the place among the candidates: one sort does all.
    """
    starts = np.searchsorted(applicant, np.arange(count))
    column = np.arange(len(applicant)) - starts[applicant]
    keys = np.full((count, max(top, int(column.max(initial=0)) + 1)), NOTHING)
    keys[applicant, column] = (-units << _PLACE_BITS) + column
    keys.sort(axis=1)
    best = keys[:, :top]
    at: Ints = np.where(best == NOTHING, len(units), starts[:, None] + (best & ((1 << _PLACE_BITS) - 1)))
    return at, -(best[:, -1] >> _PLACE_BITS)
