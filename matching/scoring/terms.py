"""The additive terms of the log-odds, in the few shapes they take over the catalogue.

A term is the same for every program, or depends on the specialty, on the place (and mission), on what a
program's pages show, or touches a few named programs only. So the log-odds of the whole catalogue are a few
table look-ups and one small matrix product, and a row's contributions are read from the same tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from matching.scoring.columns import Columns, Ints
from matching.scoring.draws import Floats
from matching.scoring.fading import Aged
from matching.scoring.registry import FACTOR_INDEX, FACTORS
from matching.scoring.track_facts import FEATURE_INDEX, FEATURES

CENTRAL = 0


@dataclass
class Terms:
    """Every array leads with ``width``: row 0 is the central value, the others, if any, the draws.

    ``base`` (width, specialties); ``constant`` (width,); ``specialty`` (width, specialties); ``cell``
    (width, 2 × places); ``feature`` (width,) weights; ``sparse`` rows (r,), ascending, with values
    (width, r). ``aged``: what the draws change of features that rest on old facts.
    """

    columns: Columns
    base: Floats
    constant: dict[str, Floats] = field(default_factory=dict)
    specialty: dict[str, Floats] = field(default_factory=dict)
    cell: dict[str, Floats] = field(default_factory=dict)
    feature: dict[tuple[str, str], Floats] = field(default_factory=dict)
    sparse: list[tuple[str, Ints, Floats]] = field(default_factory=list)
    aged: tuple[Aged, ...] = ()

    @property
    def width(self) -> int:
        return len(self.base)

    def copy(self) -> "Terms":
        """Terms that can be added to without touching these; the arrays are shared and never written."""
        return Terms(
            self.columns,
            self.base,
            dict(self.constant),
            dict(self.specialty),
            dict(self.cell),
            dict(self.feature),
            list(self.sparse),
            self.aged,
        )

    def rescaled(self, intercept: float, slope: float) -> "Terms":
        """Terms of the log-odds ``intercept`` + ``slope`` · η: base and every contribution take their part,
        so that sums stay exact. Raises ValueError for a slope that is not positive: it would turn signs."""
        if not slope > 0:
            raise ValueError(f"the slope of a recalibration must be positive, not {slope}")
        if intercept == 0 and slope == 1:
            return self
        return Terms(
            self.columns,
            intercept + slope * self.base,
            {factor: slope * value for factor, value in self.constant.items()},
            {factor: slope * value for factor, value in self.specialty.items()},
            {factor: slope * value for factor, value in self.cell.items()},
            {named: slope * weight for named, weight in self.feature.items()},
            [(factor, rows, slope * value) for factor, rows, value in self.sparse],
            self.aged,
        )

    def without(self, factors: frozenset[str]) -> "Terms":
        """These terms but those of ``factors``."""
        return Terms(
            self.columns,
            self.base,
            {factor: value for factor, value in self.constant.items() if factor not in factors},
            {factor: value for factor, value in self.specialty.items() if factor not in factors},
            {factor: value for factor, value in self.cell.items() if factor not in factors},
            {named: weight for named, weight in self.feature.items() if named[0] not in factors},
            [term for term in self.sparse if term[0] not in factors],
            self.aged,
        )

    def add_constant(self, factor: str, value: Floats | float) -> None:
        if isinstance(value, float) and not value:
            return
        drawn = self._drawn(value)
        if drawn.any():
            self.constant[factor] = drawn

    def add_specialty(self, factor: str, value: Floats) -> None:
        self.specialty[factor] = _shaped(value, (self.width, len(self.columns.specialties)))

    def add_cell(self, factor: str, value: Floats) -> None:
        self.cell[factor] = _shaped(value, (self.width, 2 * len(self.columns.places)))

    def add_feature(self, factor: str, feature: str, weight: Floats | float) -> None:
        self.feature[factor, feature] = self._drawn(weight)

    def add_sparse(self, factor: str, rows: Ints | Sequence[int], value: Floats) -> None:
        where = np.asarray(rows, dtype=np.int64)
        if len(where):
            self.sparse.append((factor, where, _shaped(value, (self.width, len(where)))))

    def values(self, factor: str, rows: Ints) -> Floats:
        """(width, r): the factor's contribution at ``rows``, ascending and distinct."""
        found = np.zeros((self.width, len(rows)))
        if factor in self.constant:
            found += self.constant[factor][:, None]
        if factor in self.specialty:
            found += self.specialty[factor][:, self.columns.specialty[rows]]
        if factor in self.cell:
            found += self.cell[factor][:, self.columns.cell[rows]]
        for (name, feature), weight in self.feature.items():
            if name == factor:
                index = FEATURE_INDEX[feature]
                found += weight[:, None] * self.columns.features[rows, index]
                for aged in self.aged:
                    if aged.feature == index:
                        _scatter(found, rows, aged.rows, weight[:, None] * aged.change)
        for name, where, value in self.sparse:
            if name == factor:
                _scatter(found, rows, where, value)
        return found

    def log_odds(self) -> Floats:
        """(n,) central log-odds of every track: what rows are chosen by, exact to rounding."""
        columns, totals = self.columns, self.totals
        pairs = totals.specialty[CENTRAL][columns.pair_specialty]
        pairs += totals.cell[CENTRAL][columns.pair_cell]
        total: Floats = pairs.take(columns.pair)
        total += columns.features @ totals.weight[CENTRAL]
        for _, where, value in self.sparse:
            total[where] += value[CENTRAL]
        return total

    def contributions(self, rows: Ints) -> Floats:
        """(r, factors) central contributions at ``rows`` (ascending), in the registry's order; ``averaging``
        is zero."""
        columns, wide = self.columns, len(FACTORS)
        by_specialty = np.zeros((len(columns.specialties), wide))
        by_cell = np.zeros((2 * len(columns.places), wide))
        by_feature = np.zeros((len(FEATURES), wide))
        for factor, value in self.constant.items():
            by_specialty[:, FACTOR_INDEX[factor]] += value[CENTRAL]
        for factor, value in self.specialty.items():
            by_specialty[:, FACTOR_INDEX[factor]] += value[CENTRAL]
        for factor, value in self.cell.items():
            by_cell[:, FACTOR_INDEX[factor]] += value[CENTRAL]
        for (factor, feature), weight in self.feature.items():
            by_feature[FEATURE_INDEX[feature], FACTOR_INDEX[factor]] += weight[CENTRAL]
        found = by_specialty.take(columns.specialty[rows], axis=0)
        found += by_cell.take(columns.cell[rows], axis=0)
        found += columns.features.take(rows, axis=0) @ by_feature
        for factor, where, value in self.sparse:
            _scatter(found.T[FACTOR_INDEX[factor]][None, :], rows, where, value[:1])
        return found

    def drawn_log_odds(self, rows: Ints) -> Floats:
        """(width - 1, r) log-odds at ``rows`` under each draw."""
        columns, totals = self.columns, self.totals
        total = totals.specialty[1:].take(columns.specialty[rows], axis=1)
        total += totals.cell[1:].take(columns.cell[rows], axis=1)
        total += totals.weight[1:] @ columns.features.take(rows, axis=0).T
        for aged in self.aged:
            if (weight := totals.weight[1:, aged.feature]).any():
                _scatter(total, rows, aged.rows, weight[:, None] * aged.change[1:])
        for _, where, value in self.sparse:
            _scatter(total, rows, where, value[1:])
        return total

    def _drawn(self, value: Floats | float) -> Floats:
        return _shaped(value, (self.width,))

    @cached_property
    def totals(self) -> "Totals":
        """Sums over factors; asked for once every term is in."""
        specialty = self.base + sum(self.constant.values(), np.zeros(self.width))[:, None]
        for by_specialty in self.specialty.values():
            specialty = specialty + by_specialty
        cell = sum(self.cell.values(), np.zeros((self.width, 2 * len(self.columns.places))))
        weight = np.zeros((self.width, len(FEATURES)))
        for (_, feature), value in self.feature.items():
            weight[:, FEATURE_INDEX[feature]] += value
        return Totals(specialty, cell, weight)


@dataclass(frozen=True)
class Totals:
    """Over all factors: ``specialty`` (width, specialties) with base and constants, ``cell`` (width, 2 ×
    places), ``weight`` (width, features)."""

    specialty: Floats
    cell: Floats
    weight: Floats


def _shaped(value: Floats | float, shape: tuple[int, ...]) -> Floats:
    """``value`` in that shape, not to be written to: as it is where it fits already, which is most often."""
    if isinstance(value, np.ndarray) and value.shape == shape:
        return value
    if isinstance(value, float):
        filled = np.empty(shape)
        filled.fill(value)
        return filled
    return np.broadcast_to(np.asarray(value, dtype=np.float64), shape)


def _scatter(target: Floats, rows: Ints, where: Ints, value: Floats) -> None:
    """Add ``value`` (d, w) to the columns of ``target`` (d, r) whose row is in ``where`` (ascending)."""
    if not len(rows) or not len(where):
        return
    if len(where) > len(rows):  # the shorter is looked up in the longer
        at = where.searchsorted(rows)
        at[at == len(where)] = 0
        hit = (where[at] == rows).nonzero()[0]
        if len(hit):
            target[:, hit] += value[:, at[hit]]
        return
    at = rows.searchsorted(where)
    at[at == len(rows)] = 0
    hit = rows[at] == where
    if hit.all():
        target[:, at] += value
    elif hit.any():
        target[:, at[hit]] += value[:, hit]
