"""The programs of a list as an advisor reads them: what we say, what an advisor's word changed, what is
proposed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matching.presentation.chance import chance_scale, chance_scale_words
from matching.presentation.gates import gate_lines
from matching.presentation.list_page import ListRow, interview, list_row
from matching.presentation.named import Named
from matching.presentation.review_page import NO_ODDS
from matching.presentation.tiers import MEANINGS, TIERS, Reason, reason

if TYPE_CHECKING:
    from matching.models import ListEntry, ReviewPatch
    from matching.review.marks import Mark

OPEN = ("draft", "sent")
FEW_REASONS = 3


@dataclass(frozen=True, slots=True)
class Pending(Named):
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class DeskRow(Named):
    """``ours``: our tier, where an advisor's word moved it; ``closed``: the strict rules that shut her out;
    ``wishes``: what a program would rather have."""

    row: ListRow
    codes: str
    ours: str
    mark: str
    locked: bool
    closed: tuple[str, ...]
    wishes: tuple[str, ...]
    reasons: tuple[Reason, ...]
    pending: tuple[Pending, ...]


@dataclass(frozen=True, slots=True)
class DeskGroup(Named):
    tier: str
    meaning: str
    rows: tuple[DeskRow, ...]


@dataclass(frozen=True, slots=True)
class DeskRows(Named):
    count: int
    tier_counts: tuple[tuple[str, int], ...]
    scale_words: str
    groups: tuple[DeskGroup, ...]
    moved: int


def desk_rows(
    entries: Sequence["ListEntry"],
    marks: Mapping[str, "Mark"],
    patches: Sequence["ReviewPatch"],
) -> DeskRows:
    """By the tier that counts: an advisor's, where she moved one."""
    scale = chance_scale({"interview": interview(entry)} for entry in entries)
    pending: dict[str, list[Pending]] = {}
    for patch in patches:
        if patch.state in OPEN and patch.program_id:
            pending.setdefault(patch.program_id, []).append(pending_of(patch))
    rows = [
        _row(entry, scale, marks.get(entry.program_id), pending.get(entry.program_id, ()))
        for entry in entries
    ]
    by_tier = {tier: [row for said, row in rows if said == tier] for tier in (*TIERS, "")}
    return DeskRows(
        count=len(rows),
        tier_counts=tuple((tier, len(by_tier[tier])) for tier in TIERS if by_tier[tier]),
        scale_words=chance_scale_words(scale),
        groups=tuple(
            DeskGroup(tier, MEANINGS.get(tier, NO_ODDS), tuple(members))
            for tier, members in by_tier.items()
            if members
        ),
        moved=sum(1 for _, row in rows if row.ours),
    )


def pending_of(patch: "ReviewPatch") -> Pending:
    return Pending(patch.state, short_words(patch))


def short_words(patch: "ReviewPatch") -> str:
    """What a change would do, beside the program it is about."""
    if patch.kind == "tier":
        return f"move to {patch.tier_to}"
    return {
        "add": "add",
        "remove": "take off",
        "signal": f"{patch.get_signal_display()} here" if patch.signal else "no signal here",
        "lock": "keep on the list",
        "note": "note",
        "ask": "asks for a fact",
    }[patch.kind]


def codes_of(acgme_id: str | None, nrmp_code: str | None) -> str:
    known = [("ACGME", acgme_id), ("NRMP", nrmp_code)]
    return ", ".join(f"{name} {code}" for name, code in known if code)


def _row(
    entry: "ListEntry", scale: float, mark: "Mark | None", pending: Sequence[Pending]
) -> tuple[str, DeskRow]:
    shown = entry.shown or {}
    gates = gate_lines(shown.get("gates", ()))
    moved = mark.tier if mark is not None and mark.tier and mark.tier != entry.tier else ""
    closed = bool(shown.get("closed"))
    told = tuple(gate.words for gate in gates)
    return moved or entry.tier, DeskRow(
        row=list_row(entry, scale),
        codes=codes_of(entry.program.acgme_id, entry.program.nrmp_code),
        ours=entry.tier if moved else "",
        mark=mark.words if mark is not None else "",
        locked=mark is not None and mark.locked,
        closed=told if closed else (),
        wishes=() if closed else told,
        reasons=tuple(reason(each) for each in shown.get("reasons", ())[:FEW_REASONS]),
        pending=tuple(pending),
    )
