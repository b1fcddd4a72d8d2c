"""The form a change is proposed with: what was typed, kept as it was typed until it is taken."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from matching.models import ReviewPatch
from programs.models import Program

Kind = ReviewPatch.Kind
KINDS = {
    Kind.TIER.value: "Move tier",
    Kind.REMOVE.value: "Remove",
    Kind.ADD.value: "Add",
    Kind.SIGNAL.value: "Signal",
    Kind.LOCK.value: "Lock",
    Kind.NOTE.value: "Note",
    Kind.ASK.value: "Ask for a fact",
}
# Which of the fields a kind of change has; what was typed into the others waits there, and is not sent.
# "private" is of them all: words meant for the desk are refused, not told, where a kind has no secrets.
FIELDS = {
    "tier": ("program", "tier", "reason", "text", "private"),
    "remove": ("program", "reason", "text", "private"),
    "add": ("program", "reason", "text", "private"),
    "signal": ("program", "signal", "other", "reason", "text", "private"),
    "lock": ("program", "reason", "text", "private"),
    "note": ("text", "private"),
    "ask": ("field", "text", "private"),
}
NAMES = (
    "kind", "program", "found", "query", "tier", "signal", "other", "reason", "field", "patch",
)  # fmt: skip
OF_THE_LIST = ("tier", "remove", "signal", "lock")
LONGEST = 100
LONGEST_NUMBER = 12
YES = "on"


@dataclass(frozen=True, slots=True)
class Typed:
    """``program``: one of the list; ``found``: one that a search found, to be added. ``patch``: the draft
    that is being changed, "" for a new one."""

    kind: str = "tier"
    program: str = ""
    found: str = ""
    query: str = ""
    tier: str = ""
    signal: str = ""
    other: str = ""
    reason: str = ""
    text: str = ""
    private: bool = False
    field: str = ""
    patch: str = ""

    @classmethod
    def of(cls, sent: Mapping[str, Any]) -> Self:
        """Whatever is sent: a kind nobody knows is the first, the rest stands as typed."""
        named = {name: str(sent.get(name, "")).replace("\0", "")[:LONGEST] for name in NAMES}
        kind = named.pop("kind")
        if not named["patch"].isdecimal() or len(named["patch"]) > LONGEST_NUMBER:
            named["patch"] = ""
        text = str(sent.get("text", "")).replace("\r\n", "\n").replace("\0", "")
        return cls(
            kind=kind if kind in KINDS else "tier",
            text=text,
            private=sent.get("private") == YES,
            **named,
        )

    @classmethod
    def of_patch(cls, patch: ReviewPatch) -> Self:
        program = patch.program_id or ""
        return cls(
            kind=patch.kind,
            program="" if patch.kind == "add" else program,
            found=program if patch.kind == "add" else "",
            tier=patch.tier_to,
            signal=patch.signal,
            other=patch.other_id or "",
            reason=patch.reason,
            text=patch.text,
            private=patch.private,
            field=patch.field,
            patch=str(patch.pk),
        )

    def about(self, program: str) -> Self:
        """The same about another program of the list; what cannot be said of one is turned to its tier."""
        kind = self.kind if self.kind in OF_THE_LIST else "tier"
        return replace(self, kind=kind, program=program)

    @property
    def chosen(self) -> str:
        """The program meant."""
        return self.found if self.kind == "add" else self.program


def programs_meant(typed: Typed) -> dict[str, Any]:
    """What the service is told: programs as rows, None where there is no such one. What the kind has no use
    for stays behind."""
    own = FIELDS[typed.kind]
    told: dict[str, Any] = {name: getattr(typed, name) for name in own if name not in ("program", "other")}
    meant = {
        "program": typed.chosen if "program" in own else "",
        "other": typed.other if "other" in own else "",
    }
    rows = Program.objects.in_bulk([pk for pk in meant.values() if pk])
    return told | {name: rows.get(pk) for name, pk in meant.items()}
