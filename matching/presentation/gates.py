"""A program's own rules against one applicant, in words short enough for a strip."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from programs.choices import SourceKind

from .named import Named

SOURCE_KINDS = {kind.value: kind.label for kind in SourceKind}
VERDICTS = {"pass": "met", "fail": "not met", "unknown": "not known yet"}
MARKS = {"pass": "✓", "fail": "✕", "unknown": "?"}
ORDER = {"fail": 0, "unknown": 1, "pass": 2}
CODES = {"rank_list": "rank list time", "start": "the start of training"}
UNITS = {
    "max_years_since_graduation": "years",
    "usce_months_required": "months",
    "max_attempts_step1": "attempts",
    "max_attempts_step2ck": "attempts",
}
SHORT = {
    "min_step2ck": "Step 2 CK {}",
    "min_step1": "Step 1 {}",
    "max_attempts_step1": "Step 1 in {}",
    "max_attempts_step2ck": "Step 2 CK in {}",
    "max_years_since_graduation": "{} out",
    "usce_months_required": "{} USCE",
    "ecfmg_required_at": "ECFMG by {}",
}


@dataclass(frozen=True, slots=True)
class GateLine(Named):
    gate: str
    verdict: str
    short: str
    words: str
    strict: bool
    waived: bool
    fact: Mapping[str, Any] | None
    conflicts: tuple[str, ...] = ()
    ask: str = ""
    ask_program: bool = False

    @property
    def mark(self) -> str:
        return MARKS[self.verdict]

    @property
    def said(self) -> str:
        return VERDICTS[self.verdict]

    @property
    def aside(self) -> str:
        """What softens a rule that is not met."""
        if self.waived:
            return ", may be waived"
        return ", a wish only" if self.verdict == "fail" and not self.strict else ""


def value_words(name: str, value: object) -> str:
    """A value a person can read; where a rule is a plain yes or no the verdict says all."""
    if value is None or isinstance(value, bool) or name not in SHORT:
        return ""
    if value == "none":
        return "no minimum" if name.startswith("min_") else "no limit"
    if value == "pass":
        return "any pass"
    unit = UNITS.get(name, "")
    if isinstance(value, int | float):
        return f"{value:g} {unit.removesuffix('s') if value == 1 else unit}".strip()
    return CODES.get(str(value), str(value).replace("_", " "))


def gate_words(gate: Mapping[str, Any]) -> str:
    """``Lowest Step 2 CK: asks 220, you have 224``; without numbers the verdict stands alone."""
    name, verdict = gate["gate"], gate["verdict"]
    asked, yours = value_words(name, gate.get("required")), value_words(name, gate.get("yours"))
    yours = "a pass" if gate.get("yours") == "pass" else yours
    says = VERDICTS[verdict]
    if stated := prose_words(gate):
        says = f"says “{stated}”, {says}"
    if asked:
        verb = "" if asked.startswith(("no ", "any ")) else "at most " if name.startswith("max_") else "asks "
        says = f"{verb}{asked}, you have {yours}" if yours else f"{verb}{asked}, {says}"
    words = f"{gate['label']}: {says}{practice_words(gate)}"
    if gate.get("waived"):
        return f"{words} (may be waived: they know you)"
    return f"{words} (a wish, not a rule)" if gate["strictness"] == "preference" else words


def prose_words(gate: Mapping[str, Any]) -> str:
    """What the program says where no value could be read from it."""
    return str((gate.get("fact") or {}).get("as_stated") or "") if gate.get("required") is None else ""


def practice_words(gate: Mapping[str, Any]) -> str:
    practice = gate.get("practice")
    if not practice:
        return ""
    meets = "would meet it" if practice["verdict"] == "pass" else "would not meet it"
    return f"; your practice score {practice['score']} {meets}"


def conflict_words(gate: Mapping[str, Any]) -> tuple[str, ...]:
    """``Another source says 10 years, which you would meet``; the verdict only where it would turn."""
    told = []
    for other in gate.get("conflicting", ()):
        value = value_words(gate["gate"], other["required"]) or str(other["required"])
        turned = other["verdict"] != gate["verdict"] and other["verdict"] != "unknown"
        would = f", which you would{'' if other['verdict'] == 'pass' else ' not'} meet" if turned else ""
        told.append(f"Another source says {value}{would}")
    return tuple(told)


def gate_short(gate: Mapping[str, Any]) -> str:
    """``Step 2 CK 220``: the rule itself, for a strip whose mark carries the verdict."""
    name = gate["gate"]
    asked = value_words(name, gate.get("required"))
    return SHORT[name].format(asked) if asked else str(gate["label"])


def fact_words(fact: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A gate's fact with its source in words."""
    if fact is None:
        return None
    kind = fact.get("source_kind")
    label = SOURCE_KINDS.get(kind or "", kind)
    return {**fact, "source_kind_words": label, "host": ""}


def gate_lines(gates: Iterable[Mapping[str, Any]]) -> tuple[GateLine, ...]:
    """What stands in the way first, then what is open, then what is met."""
    lines = [
        GateLine(
            gate=gate["gate"],
            verdict=gate["verdict"],
            short=gate_short(gate),
            words=gate_words(gate),
            strict=gate["strictness"] == "strict",
            waived=bool(gate.get("waived")),
            fact=fact_words(gate.get("fact")),
            conflicts=conflict_words(gate),
            ask=(gate.get("question") or {}).get("text", ""),
            ask_program=(gate.get("question") or {}).get("to") == "program",
        )
        for gate in gates
    ]
    return tuple(sorted(lines, key=lambda line: ORDER[line.verdict]))
