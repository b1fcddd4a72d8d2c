"""A receipt as it is kept: figures, causes and moved programs as numbers and codes; the words come later."""

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from matching.gate_documents import GateWriter
from matching.list_documents import level_name
from matching.program_documents import program_document
from matching.receipts.ends import FIGURES, End, Scored
from matching.receipts.facts import data_changed, facts_changed, members_changed
from matching.receipts.moves import Move, Moves, State, moved_rows, moves_of, states_of
from matching.receipts.spans import Span, spans_kept, spans_reckoned, verdicts_of
from matching.receipts.splitting import Split
from matching.scoring.answer import Answer, Whole
from matching.scoring.draws import Floats
from matching.scoring.tiers import TIERS

Document = dict[str, Any]
FORMAT = 1  # raised when receipts kept before can no longer be read
AGREES = 1e-6  # two ways to reckon one figure err by far less
PROGRAM = ("id", "name", "specialty", "specialty_name", "track", "institution", "city", "state")


@dataclass(frozen=True)
class Kept:
    """What a run kept: its answer, and the odds of every track where those were kept."""

    answer: Answer
    whole: Whole | None

    @property
    def figures(self) -> Floats:
        chosen = self.answer.widest
        found = (chosen.match.value, chosen.p_los_angeles, self.answer.interviews.expected, chosen.cost_usd)
        return np.array(found, dtype=np.float64)


@dataclass(frozen=True)
class Told:
    """One end as the receipt tells it. ``agrees``: scored again it gives what was kept."""

    end: End
    kept: Kept
    scored: Scored

    @cached_property
    def agrees(self) -> bool:
        mine, theirs = self.kept.figures, self.scored.figures
        return bool(np.allclose(mine, theirs, rtol=AGREES, atol=AGREES))

    @cached_property
    def states(self) -> dict[str, State]:
        """As kept, unless it comes to the same: then in all digits. Empty where neither is to be had."""
        whole = self.scored.whole if self.agrees else self.kept.whole
        return states_of(self.end.catalogue, whole) if whole is not None else {}

    @cached_property
    def figures(self) -> Floats:
        return self.scored.figures if self.agrees else self.kept.figures


def receipt_document(split: Split, kept: tuple[Kept, Kept], *, models_kept: bool) -> Document:
    """``models_kept``: the model of each end could be built; else the rest holds what the model changed."""
    first = Told(split.before, kept[0], split.first)
    last = Told(split.after, kept[1], split.last)
    whole = first.agrees and last.agrees
    told = bool(first.states and last.states)
    moves = moves_of(first.states, last.states) if told else Moves({}, 0)
    writer = _Writer(split, first, last, moves)
    return {
        "format": FORMAT,
        "players": [{"code": each.code, "groups": list(each.groups)} for each in split.players.each],
        "together": split.players.together,
        "rest": None if whole else "model" if not models_kept else "reckoning",
        "figures": _figures(split, first, last),
        "ends": [_end(first), _end(last)],
        "data": data_changed(split.before.catalogue, split.after.catalogue),
        "programs_told": told,
        "programs": [writer.group(code) for code in moves.groups],
        "unmoved": moves.same,
    }


def _figures(split: Split, first: Told, last: Told) -> list[Document]:
    """Each figure at both ends, with the shares of the players and what they leave unexplained."""
    rest = (last.figures - first.figures) - (split.last.figures - split.first.figures)
    return [
        {
            "name": name,
            "before": float(first.figures[place]),
            "after": float(last.figures[place]),
            "shares": split.figures[:, place].tolist(),
            "rest": float(rest[place]),
        }
        for place, name in enumerate(FIGURES)
    ]


def _end(told: Told) -> Document:
    answer = told.kept.answer
    chosen, counts = answer.widest, np.bincount(answer.rows.tier[answer.rows.selected], minlength=len(TIERS))
    hidden = math.isnan(chosen.match.low)
    return {
        "match": [None, None] if hidden else [chosen.match.low, chosen.match.high],
        "interviews": [answer.interviews.p10, answer.interviews.p90],
        "none": answer.interviews.none,
        "applications": len(chosen.rows),
        "tiers": dict(zip(TIERS, counts.tolist(), strict=True)),
    }


def _signals(told: Told) -> dict[int, str]:
    """The signal each row of the suggested list gets; rows without one are left out."""
    rows = told.kept.answer.rows
    named = zip(rows.row.tolist(), map(level_name, rows.signal.tolist()), strict=True)
    return {row: name for row, name in named if name}


@dataclass
class _Writer:
    split: Split
    first: Told
    last: Told
    moves: Moves

    def __post_init__(self) -> None:
        self.spans = tuple(self._spans(told, side) for told, side in ((self.first, 0), (self.last, 1)))
        self.signals = tuple(_signals(told) for told in (self.first, self.last))
        self.gates = tuple(self._gates(told, side) for told, side in ((self.first, 0), (self.last, 1)))

    def group(self, code: str) -> Document:
        kept, count = self.moves.groups[code]
        return {"code": code, "count": count, "rows": [self._row(move) for move in kept]}

    def _row(self, move: Move) -> Document:
        catalogue = (self.last if move.after else self.first).end.catalogue
        state = move.after or move.before
        assert state is not None  # a program of neither catalogue is none
        written = program_document(catalogue.tracks[state.row], catalogue.specialty_names)
        shares, rest = self._shares(move)
        return {
            "program": {name: written[name] for name in PROGRAM}
            | {"in_los_angeles_county": written["in_los_angeles_county"]},
            "before": self._state(move.before, 0),
            "after": self._state(move.after, 1),
            "shares": shares,
            "rest": rest,
            "place": self._place(move),
            **self._data(move),
        }

    def _shares(self, move: Move) -> tuple[list[float] | None, float | None]:
        """None where a mixture has no number: a program of one catalogue only, or one never given odds."""
        place = self.split.place.get(move.id)
        if place is None or move.before is None or move.after is None:
            return None, None
        shares = self.split.programs[:, place]
        change = move.after.p - move.before.p
        if math.isnan(change) or np.isnan(shares).any():
            return None, None
        whole = self.first.agrees and self.last.agrees
        return shares.tolist(), 0.0 if whole else change - float(shares.sum())

    def _place(self, move: Move) -> list[float] | None:
        """Shares of the causes in coming onto the list or leaving it, and the rest last; None where it did
        neither."""
        place, before, after = self.split.place.get(move.id), move.before, move.after
        if place is None or before is None or after is None or before.listed == after.listed:
            return None
        shares = self.split.listed[:, place]
        change = float(after.listed) - float(before.listed)
        return [*shares.tolist(), change - float(shares.sum())]

    def _state(self, state: State | None, side: int) -> Document | None:
        if state is None:
            return None
        span = None if state.closed or math.isnan(state.p) else self.spans[side].get(state.row)
        return {
            "tier": TIERS[state.tier] if state.tier >= 0 else None,
            "p": None if math.isnan(state.p) else state.p,
            "low": span[0] if span else None,
            "high": span[1] if span else None,
            "listed": state.listed,
            "signal": self.signals[side].get(state.row),
            "closed": state.closed,
            "gates": self.gates[side].failed_strictly(state.row) if state.closed else [],
        }

    def _data(self, move: Move) -> Document:
        if move.before is None or move.after is None or self.first.end.catalogue is self.last.end.catalogue:
            return {"facts": [], "members": []}
        one = self.first.end.catalogue.tracks[move.before.row]
        other = self.last.end.catalogue.tracks[move.after.row]
        return {"facts": facts_changed(one, other), "members": members_changed(one, other)}

    def _states(self, side: int) -> list[State]:
        states = (move.after if side else move.before for move in moved_rows(self.moves))
        return [state for state in states if state is not None]

    def _spans(self, told: Told, side: int) -> dict[int, Span]:
        kept = spans_kept(told.kept.answer)
        states = self._states(side)
        open_ = [s.row for s in states if s.row not in kept and not s.closed and not math.isnan(s.p)]
        # Another model than the one that answered gives other ranges: none is told then.
        reckoned = spans_reckoned(told.end, open_) if told.agrees else {}
        return {**reckoned, **kept}

    def _gates(self, told: Told, side: int) -> GateWriter:
        closed = [state.row for state in self._states(side) if state.closed]
        answer = replace(told.kept.answer, verdicts=verdicts_of(told.end, closed))
        return GateWriter(answer, told.end.catalogue)
