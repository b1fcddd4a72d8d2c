"""A part of the catalogue as columns of its own: the few rows that are scored again and again."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray

from matching.scoring.columns import Columns, Ints
from matching.scoring.rules import Rule, RuleColumns
from matching.scoring.track_facts import Counts

# One entry a track. ``specialties``, ``places`` and ``tracks`` stay whole, so that codes keep their meaning.
BY_TRACK = (
    "program",
    "siblings",
    "specialty",
    "track",
    "year_only",
    "ring",
    "cell",
    "listing",
    "shift",
    "features",
    "feature_age",
    "type_known",
    "evidence",
)
REMADE = (
    "ids",
    "row_of",
    "rows_of_program",
    "counts",
    "typical_rows",
    "typical_score",
    "typical_weight",
    "typical_age",
    "rules",
)


def columns_take(columns: Columns, rows: Ints) -> Columns:
    """``rows`` (r,) of ``columns``, ascending and distinct, renumbered 0 to r - 1.

    ``row_of`` knows every track of their programs, so that what happened at a sibling counts here too.
    """
    position = np.full(len(columns), -1)
    position[rows] = np.arange(len(rows))
    members: dict[int, tuple[int, ...]] = {}
    for at, program in enumerate(columns.program[rows].tolist()):
        members[program] = (*members.get(program, ()), at)
    typical = position[columns.typical_rows]
    here = typical >= 0
    by_track = {name: getattr(columns, name)[rows] for name in BY_TRACK}
    return replace(
        columns,
        ids=tuple(columns.ids[row] for row in rows.tolist()),
        row_of={
            columns.ids[row]: found[0]
            for program, found in members.items()
            for row in columns.rows_of_program[program]
        },
        rows_of_program=members,
        counts=_counts_take(columns.counts, position),
        typical_rows=typical[here],
        typical_score=columns.typical_score[here],
        typical_weight=columns.typical_weight[here],
        typical_age=columns.typical_age[here],
        rules=rules_take(columns.rules, position),
        **by_track,
    )


def rules_take(rules: RuleColumns, position: NDArray[np.int64]) -> RuleColumns:
    """The rules of the rows whose new ``position`` (n,) is not negative."""
    california = position[rules.california]
    return RuleColumns(_RulesTaken(rules.by_field, position), california[california >= 0])


class _RulesTaken(Mapping[str, Rule]):
    """The rules of some rows, each taken when it is first asked for: most never are."""

    def __init__(self, whole: Mapping[str, Rule], position: NDArray[np.int64]) -> None:
        self._whole, self._position, self._taken = whole, position, dict[str, Rule]()

    def __getitem__(self, field: str) -> Rule:
        if field not in self._taken:
            self._taken[field] = _rule_take(self._whole[field], self._position)
        return self._taken[field]

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole)

    def __len__(self) -> int:
        return len(self._whole)


def _rule_take(rule: Rule, position: NDArray[np.int64]) -> Rule:
    rows = position[rule.rows]
    keep = rows >= 0
    return _numbered(rule.subset(keep), rows[keep]) if keep.any() else NO_RULE


def _numbered(rule: Rule, rows: Ints) -> Rule:
    return replace(rule, rows=rows, others=tuple(_numbered(other, rows) for other in rule.others))


def _counts_take(counts: Counts, position: NDArray[np.int64]) -> Counts:
    rows = position[counts.rows]
    keep = rows >= 0
    taken = {field.name: getattr(counts, field.name)[keep] for field in fields(counts)}
    return Counts(**{**taken, "rows": rows[keep]})


_NONE = np.zeros(0, dtype=np.int64)
NO_RULE = Rule(_NONE, _NONE, np.zeros(0), np.zeros(0, dtype=bool), _NONE)
