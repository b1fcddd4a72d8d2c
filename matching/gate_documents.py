"""Gate verdicts written out: what is required, what the applicant has, and the fact it rests on."""

from functools import cached_property, lru_cache
from typing import Any

from matching.catalogue import LoadedCatalogue
from matching.reference import model_for
from matching.scoring.answer import Answer
from matching.scoring.gates import attempts_needed, hands_on_months
from matching.scoring.registry import GATES
from matching.scoring.rules import FAIL
from programs.reference import reference_rows
from programs.snapshot import FACT_COLUMNS, FactValue

Document = dict[str, Any]
VERDICT_WORDS = {1: "pass", 0: "unknown", -1: "fail"}
FACT_MEMBERS = FACT_COLUMNS
LICENCE_RULE = "exams_for_training_licence"


class GateWriter:
    """Writes the verdicts of one answer."""

    def __init__(self, answer: Answer, catalogue: LoadedCatalogue) -> None:
        self._answer, self._catalogue = answer, catalogue

    def of_row(self, row: int) -> list[Document]:
        """Every stated rule of the catalogue row, in the registry's order."""
        return [self._gate(entry) for entry in self._entries.get(row, ())]

    def failed_strictly(self, row: int) -> list[Document]:
        """The rules that closed the row."""
        entries = self._entries.get(row, ())
        return [self._gate(entry) for entry in entries if entry[2] == FAIL and entry[3]]

    @cached_property
    def _entries(self) -> dict[int, list[tuple[int, int, int, bool, int]]]:
        kept = self._answer.verdicts
        columns = (kept.row, kept.gate, kept.verdict, kept.strict, kept.fact)
        found: dict[int, list[tuple[int, int, int, bool, int]]] = {}
        for entry in zip(*(column.tolist() for column in columns), strict=True):
            found.setdefault(entry[0], []).append(entry)
        return found

    @cached_property
    def _waived(self) -> frozenset[int]:
        return frozenset(self._answer.waived.tolist())

    def _gate(self, entry: tuple[int, int, int, bool, int]) -> Document:
        row, code, verdict, strict, fact_id = entry
        gate = GATES[code]
        fact = self._fact(row, fact_id)
        return {
            "gate": gate.name,
            "label": gate.title,
            "verdict": VERDICT_WORDS[verdict],
            "strictness": "strict" if strict else "preference",
            "waived": verdict == FAIL and strict and gate.waivable and row in self._waived,
            "required": _licence()["value"] if fact is None else fact.value,
            "yours": self._yours.get(gate.name),
            "fact": _licence() if fact is None else fact_document(fact),
        }

    def _fact(self, row: int, fact_id: int) -> FactValue | None:
        if not fact_id:
            return None
        _, field = self._catalogue.fact_rows[fact_id]
        return self._catalogue.tracks[row].facts[field]

    @cached_property
    def _yours(self) -> dict[str, object]:
        """What the applicant has on each rule; None where she has not said."""
        me = self._answer.applicant
        months = hands_on_months(me, model_for(self._answer.season).parameters)
        years = None
        if me.graduation_year is not None:
            years = max(0, int(self._answer.season) - 1 - me.graduation_year)
        return {
            "step1_passed": me.step1.status,
            "min_step2ck": me.step2ck.score,
            "min_step1": me.step1.score if me.step1.score is not None else me.step1.status,
            "max_attempts_step1": attempts_needed(me.step1),
            "max_attempts_step2ck": attempts_needed(me.step2ck),
            "max_years_since_graduation": years,
            "usce_months_required": months,
            "ecfmg_required_at": me.ecfmg_certified,
            "visa": me.visa_needed,
            "us_citizen_or_pr_only": me.applicant_type,
            "accepts_img": me.applicant_type,
            "california_licence": _weaker(me.step1.status, me.step2ck.status),
            "step3_for_h1b": me.step3.status,
            "military_service": me.military_service,
        }


def _weaker(one: str | None, other: str | None) -> str | None:
    """Of two exams' states the one a rule that wants both passed would stop at."""
    if "fail" in (one, other):
        return "fail"
    return other if one == "pass" else one


def fact_document(fact: FactValue) -> Document:
    """One fact with its source; ``value`` null where the statement is prose."""
    return {name: getattr(fact, name) for name in FACT_MEMBERS} | {"url": fact.url or None}


@lru_cache(maxsize=1)
def _licence() -> Document:
    """California's own rule, as a fact of the state."""
    rule = next(row for row in reference_rows("california_licence") if row["rule"] == LICENCE_RULE)
    return {
        "id": None,
        "field": LICENCE_RULE,
        "value": rule["value"],
        "as_stated": rule["value"],
        "strictness": "strict",
        "url": None,
        "source": rule["source"],
        "source_kind": "government",
        "page_year": int(rule["observed"]) if rule["observed"] else None,
        "observed_on": None,
        "confidence": "high",
        "conflicts": 0,
    }
