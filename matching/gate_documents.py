"""Gate verdicts written out: what is required, what the applicant has, and the fact it rests on.

Beside it what other sources say, whom to ask where the verdict is unknown, and what a practice score would
come to while the result is pending.
"""

from dataclasses import replace
from functools import cached_property
from typing import Any

from matching.catalogue import LoadedCatalogue
from matching.licence import EXAMS, SCHOOL, licence_fact
from matching.questions import question_text, question_to_you
from matching.reference import model_for
from matching.scoring.answer import Answer
from matching.scoring.applicant import Applicant, Exam
from matching.scoring.gates import attempts_needed, fact_verdict, hands_on_months
from matching.scoring.licence_gate import exams_verdict, school_verdict
from matching.scoring.person import pass_mark
from matching.scoring.registry import GATES, Gate
from matching.scoring.rules import FAIL, PASS, UNKNOWN
from programs.snapshot import FACT_COLUMNS, FactValue

Document = dict[str, Any]
VERDICT_WORDS = {1: "pass", 0: "unknown", -1: "fail"}
FACT_MEMBERS = FACT_COLUMNS


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

    def screened_summary(self) -> Document:
        """How many programs strict rules close, by gate, and the fees that saves."""
        answer = self._answer
        kept = answer.screened_by
        return {
            "count": len(answer.screened),
            "saves_usd": answer.screened_total_usd,
            "by_gate": [
                {"gate": GATES[gate].name, "label": GATES[gate].title, "count": count, "saves_usd": usd}
                for gate, count, usd in zip(
                    kept.gate.tolist(), kept.count.tolist(), kept.usd.tolist(), strict=True
                )
            ],
        }

    def rules_summary(self) -> Document:
        """Of the recommended list: programs with a wish that is not met, a strict rule not decided, a rule
        that may be waived, and programs of which no rule is held."""
        entries = [self._entries.get(row, ()) for row in self._answer.widest.rows.tolist()]
        return {
            "wishes_not_met": sum(any(e[2] == FAIL and not e[3] for e in each) for each in entries),
            "undecided": sum(any(e[2] == UNKNOWN and e[3] for e in each) for each in entries),
            "waived": sum(any(e[2] == FAIL and e[3] for e in each) for each in entries),
            "none_held": sum(not any(e[4] for e in each) for each in entries),
        }

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
        gate, fact = GATES[code], self._fact(row, fact_id)
        stated = self._licence if fact is None else self._stated(fact)
        document = {
            "gate": gate.name,
            "label": gate.title,
            "verdict": VERDICT_WORDS[verdict],
            "strictness": "strict" if strict else "preference",
            "waived": verdict == FAIL and strict and gate.waivable and row in self._waived,
            "required": stated["value"],
            "yours": self._yours.get(gate.name),
            "fact": stated,
            "conflicting": [self._conflicting(gate, other) for other in fact.others] if fact else [],
            "practice": None,
            "question": None,
        }
        if verdict == UNKNOWN:
            document["practice"] = self._practice(gate, fact)
            if strict or gate.waivable:
                document["question"] = self._question(row, gate, fact)
        return document

    def _conflicting(self, gate: Gate, other: FactValue) -> Document:
        """What another source says, and the verdict it would give."""
        verdict = self._verdict(gate, other, self._answer.applicant)
        return {"verdict": VERDICT_WORDS[verdict], "required": other.value, "fact": fact_document(other)}

    def _verdict(self, gate: Gate, fact: FactValue, applicant: Applicant) -> int:
        season = self._answer.season
        return fact_verdict(gate.name, fact, applicant, int(season) - 1, model_for(season).parameters)

    def _practice(self, gate: Gate, fact: FactValue | None) -> Document | None:
        """What a practice score would come to if the result, which is not known yet, were the same."""
        me = self._answer.applicant
        score = me.step2ck.practice_score
        if gate.name != "min_step2ck" or fact is None or score is None or me.step2ck.passed is not None:
            return None
        enough = score >= pass_mark(model_for(self._answer.season).parameters.values, "step2ck")
        result = replace(me, step2ck=Exam("pass" if enough else "fail", score))
        verdict = self._verdict(gate, fact, result)
        return None if verdict == UNKNOWN else {"score": score, "verdict": VERDICT_WORDS[verdict]}

    def _question(self, row: int, gate: Gate, fact: FactValue | None) -> Document:
        """To the program where its own words leave the verdict open, else to the applicant."""
        me, track = self._answer.applicant, self._catalogue.tracks[row]
        if fact is None or not (read := self._as_read(gate, fact)):
            required = None if fact is None else fact.value
            return {"to": "you", "text": question_to_you(gate.name, me, required)}
        name = self._catalogue.specialty_names.get(track.specialty, track.specialty)
        field = fact.field if fact.field in gate.fact_fields else gate.fact_fields[0]
        text = question_text(field, program_name=track.name, specialty_name=name, as_read=read)
        return {"to": "program", "text": text}

    def _as_read(self, gate: Gate, fact: FactValue) -> str:
        """What the program's pages say that leaves the verdict open; "" where the applicant's side does."""
        me = self._answer.applicant
        if fact.value is None or (fact.value == "limited" and me.visa_needed is not None):
            return fact.as_stated
        if fact.others and self._verdict(gate, fact, me) != UNKNOWN:
            return f"{fact.as_stated} on one page, {fact.others[0].as_stated} on another"
        return ""

    def _fact(self, row: int, fact_id: int) -> FactValue | None:
        if not fact_id:
            return None
        _, field = self._catalogue.fact_rows[fact_id]
        return self._catalogue.tracks[row].facts[field]

    def _stated(self, fact: FactValue) -> Document:
        written = self._catalogue.facts_written
        if fact.id not in written:
            written[fact.id] = fact_document(fact)
        return written[fact.id]

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
            "california_licence": self._licence_yours,
            "step3_for_h1b": me.step3.status,
            "military_service": me.military_service,
        }

    @cached_property
    def _licence(self) -> Document:
        """The rule of California that the verdict rests on: the exams, or the school once they are passed."""
        return licence_fact(SCHOOL if self._school_decides else EXAMS)

    @property
    def _licence_yours(self) -> str | bool | None:
        me = self._answer.applicant
        return me.ecfmg_certified if self._school_decides else _weaker(me.step1.status, me.step2ck.status)

    @property
    def _school_decides(self) -> bool:
        me = self._answer.applicant
        return exams_verdict(me) == PASS and school_verdict(me) != PASS


def _weaker(one: str | None, other: str | None) -> str | None:
    """Of two exams' states the one a rule that wants both passed would stop at."""
    if "fail" in (one, other):
        return "fail"
    return other if one == "pass" else one


def fact_document(fact: FactValue) -> Document:
    """One fact with its source; ``value`` null where the statement is prose."""
    return {name: getattr(fact, name) for name in FACT_MEMBERS} | {"url": fact.url or None}
