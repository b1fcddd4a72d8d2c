"""The answer written out as the API and the pages show it. One writer for both: the numbers cannot differ."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from matching.advice_documents import asks_documents, flips_by_row
from matching.balance_words import balance_document
from matching.catalogue import LoadedCatalogue
from matching.cause_words import cause_words, match_cause_words
from matching.explanation import Labels, Subject
from matching.gate_documents import GateWriter
from matching.licence import licence_rules
from matching.list_documents import level_name, match_document, scope_document, signals_document
from matching.program_documents import program_document
from matching.scoring.answer import Answer, ScopeAnswer
from matching.scoring.applicant import RINGS
from matching.scoring.causes import CAUSES, NOT_NAMED
from matching.scoring.registry import FACTORS
from matching.scoring.tiers import CONFIDENCE, TIERS
from programs.snapshot import TrackRow

__all__ = ["Document", "Explain", "answer_document", "answer_read", "program_document", "summary_document"]

Document = dict[str, Any]
Explain = Callable[[Mapping[str, Any], bool], Document]  # a row with its gates, and where True with the rest
REASONS = 2
NOT_REASONS = frozenset({"averaging"})
NO_REASON = [factor.name in NOT_REASONS for factor in FACTORS]


def answer_document(
    answer: Answer, catalogue: LoadedCatalogue, *, explain: int, top: int | None = None
) -> Document:
    """``season``, ``summary``, ``list`` (the first ``top`` rows, the first ``explain`` of them with gates and
    factors) and ``screened_out`` of the contract."""
    return _Writer(answer, catalogue, top).document(explain)


def summary_document(answer: Answer, catalogue: LoadedCatalogue) -> Document:
    """``summary`` of the same document, without writing the rows it speaks of."""
    return _Writer(answer, catalogue, None).summary()


def answer_read(
    answer: Answer, catalogue: LoadedCatalogue, *, top: int | None = None
) -> tuple[Document, Explain]:
    """The same with no row explained, and what explains one: for a page that shows a few of many."""
    writer = _Writer(answer, catalogue, top)
    return writer.document(explain=0), writer.explain


class _Row(NamedTuple):
    """One row of the answer, with the members of its ``rows``."""

    row: int
    tier: int
    selected: bool
    p: float
    low: float
    high: float
    base: float
    match_if: float
    fit: float
    confidence: int
    abstained: bool
    signal: int
    cause: int
    cause_share: float


@dataclass
class _Writer:
    answer: Answer
    catalogue: LoadedCatalogue
    top: int | None

    def __post_init__(self) -> None:
        rows = self.answer.rows
        n = self.count = len(rows.row[: self.top])
        self.gates = GateWriter(self.answer, self.catalogue)
        self.labels = Labels(self.catalogue.labels_written)
        columns = (getattr(rows, name)[:n].tolist() for name in _Row._fields)
        self.rows = list(map(_Row._make, zip(*columns, strict=True)))
        self.contributions = rows.contributions[:n].tolist()
        size = np.abs(rows.contributions[:n])
        size[:, NO_REASON] = 0.0
        self.strongest = np.argsort(-size, axis=1, kind="stable")[:, :REASONS].tolist()

    def document(self, explain: int) -> Document:
        return {
            "season": self.answer.season,
            "summary": self.summary(),
            "list": [self.row(i, explained=i < explain) for i in range(self.count)],
            "screened_out": list(self.screened()),
        }

    def explain(self, row: Mapping[str, Any], whole: bool) -> Document:
        return {**row, **(self._explanation(row["rank"] - 1) if whole else self._gates(row["rank"] - 1))}

    def summary(self) -> Document:
        answer, chosen = self.answer, self.answer.widest
        selected = answer.rows.selected
        tiers = np.bincount(answer.rows.tier[selected], minlength=len(TIERS)).tolist()
        interviews = answer.interviews
        return {
            "interviews": {
                "expected": interviews.expected,
                "p10": interviews.p10,
                "p50": interviews.p50,
                "p90": interviews.p90,
                "none": interviews.none,
                "histogram": interviews.pmf.tolist(),
            },
            "match": {**match_document(chosen), "cause": self._match_cause()},
            "tiers": dict(zip(reversed(TIERS), reversed(tiers), strict=True)),
            "tiers_all": dict(zip(reversed(TIERS), reversed(answer.tiers_all), strict=True)),
            "no_true_safety": tiers[TIERS.index("safety")] == 0,
            "scopes": [scope_document(scope, chosen) for scope in answer.scopes],
            "signals": [signals_document(use, answer.season) for use in answer.signals],
            "balance": balance_document(answer.balance) if answer.balance else None,
            "list_by_ring": self._by_ring(),
            "p_los_angeles": chosen.p_los_angeles,
            "applications": len(chosen.rows),
            "cost_usd": chosen.cost_usd,
            "stop_line": self._stop_line(chosen),
            "screened_out": self.gates.screened_summary(),
            "rules": self.gates.rules_summary(),
            "california_licence": self._california(),
            "unknown": list(answer.unknown),
            "ask_first": asks_documents(answer.asks, self.catalogue, self.program),
        }

    def row(self, index: int, *, explained: bool) -> Document:
        at = self.rows[index]
        hidden, subject = at.abstained, self._subject(self.catalogue.tracks[at.row])
        document: Document = {
            "rank": index + 1,
            "program": self.program(at.row),
            "tier": TIERS[at.tier],
            "selected": at.selected,
            "signal": level_name(at.signal),
            "interview": {
                "probability": None if hidden else at.p,
                "low": None if hidden or math.isnan(at.low) else at.low,
                "high": None if hidden or math.isnan(at.high) else at.high,
                "cause": None if hidden else self._cause(at, subject),
            },
            "base": None if hidden else at.base,
            "match_if_interviewed": None if hidden or math.isnan(at.match_if) else at.match_if,
            "fit": None if math.isnan(at.fit) else round(at.fit),
            "confidence": CONFIDENCE[at.confidence],
            "abstained": hidden,
            "reasons": self._reasons(index, subject),
        }
        return document | self._explanation(index) if explained else document

    def _gates(self, index: int) -> Document:
        return {"gates": self.gates.of_row(self.rows[index].row)}

    def _explanation(self, index: int) -> Document:
        row = self.rows[index].row
        document = self._gates(index) | {"factors": self._factors(index, self.catalogue.tracks[row])}
        if index < self.answer.flips.asked:
            document["flips"] = self._flips.get(row, [])
        return document

    @cached_property
    def _flips(self) -> dict[int, list[Document]]:
        names = self.catalogue.specialty_names
        return flips_by_row(self.answer.flips, self.answer.applicant, names)

    def screened(self) -> Iterator[Document]:
        for row, usd in zip(self.answer.screened.tolist(), self.answer.screened_usd.tolist(), strict=True):
            yield {
                "program": self.program(row),
                "gates": self.gates.failed_strictly(row),
                "saves_usd": usd,
            }

    def program(self, row: int) -> Document:
        written = self.catalogue.written
        if row not in written:
            written[row] = program_document(self.catalogue.tracks[row], self.catalogue.specialty_names)
        return written[row]

    def _cause(self, at: _Row, subject: Subject) -> Document | None:
        if at.cause == NOT_NAMED:
            return None
        code, detail = cause_words(CAUSES[at.cause], subject)
        return {"code": code, "detail": detail, "share": round(at.cause_share, 4)}

    def _match_cause(self) -> Document | None:
        code, share = self.answer.match_cause, self.answer.match_cause_share
        if code == NOT_NAMED:
            return None
        name, detail = match_cause_words(CAUSES[code], self.answer.applicant)
        return {"code": name, "detail": detail, "share": round(share, 4)}

    def _california(self) -> list[Document]:
        """The rules of the state's training licence, where a program there is shown."""
        shown = (*self.answer.rows.row.tolist(), *self.answer.screened.tolist())
        there = any(self.catalogue.tracks[row].state == "CA" for row in shown)
        return list(licence_rules()) if there else []

    def _by_ring(self) -> dict[str, int]:
        rings = [self.catalogue.tracks[row].ring for row in self.answer.widest.rows.tolist()]
        return {ring: rings.count(ring) for ring in RINGS}

    @staticmethod
    def _stop_line(chosen: ScopeAnswer) -> Document | None:
        if chosen.stop_line >= len(chosen.rows):
            return None
        return {
            "applications": chosen.stop_line,
            "reason": "The next program would add less to the chance of a match than its fee is worth.",
        }

    def _subject(self, track: TrackRow) -> Subject:
        name = self.catalogue.specialty_names.get(track.specialty, track.specialty)
        return Subject(self.answer.applicant, track, name, self.answer.season)

    def _reasons(self, index: int, subject: Subject) -> list[Document]:
        """The strongest contributions, whichever way they point; what is merely not known is no reason."""
        values = self.contributions[index]
        return [self._factor(i, values[i], subject) for i in self.strongest[index] if values[i]]

    def _factors(self, index: int, track: TrackRow) -> list[Document]:
        subject, documents = self._subject(track), []
        for position, value in enumerate(self.contributions[index]):
            if value:
                factor = FACTORS[position]
                facts = [subject.fact(field) for field in factor.fact_fields]
                basis = {"facts": [fact.id for fact in facts if fact], "profile": list(factor.members)}
                documents.append({**self._factor(position, value, subject), "basis": basis})
        return documents

    def _factor(self, position: int, value: float, subject: Subject) -> Document:
        name = FACTORS[position].name
        return {"factor": name, "label": self.labels.of(name, subject, value), "contribution": value}
