"""Whether a proposed change fits the list as it stands: pure, each fault under the field it is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from matching.schema import MAX_APPLICATIONS

from .members import MEMBERS

KINDS = ("add", "remove", "tier", "signal", "lock", "note", "ask")
TIERS = ("safety", "target", "reach")
REASONS = ("knows", "matched", "refused", "rule", "ties", "fit", "letters", "other")
TEXT_MOST = 1000
ON_LIST_KINDS = ("remove", "tier", "signal", "lock")


@dataclass(frozen=True, slots=True)
class Proposed:
    """A change as it is proposed, programs by id; what its kind does not use is blank."""

    kind: str
    program: str = ""
    other: str = ""
    tier: str = ""
    signal: str = ""
    reason: str = ""
    text: str = ""
    private: bool = False
    field: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One program of the list: ``tier`` as the desk shows it."""

    tier: str = ""
    signal: str = ""
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What a proposed change is held against. ``catalogue``: ids that may be added, of those asked about;
    ``other_track``: those of them whose program is on the list with another track; ``signals``: kinds of
    signal of each program asked about, with how many are left; ``specialty``: of each; ``open``: kind and
    program of changes that are not settled; ``stated``: members the profile states."""

    listed: Mapping[str, Listed]
    catalogue: frozenset[str] = frozenset()
    other_track: frozenset[str] = frozenset()
    signals: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    specialty: Mapping[str, str] = field(default_factory=dict)
    open: frozenset[tuple[str, str]] = frozenset()
    stated: frozenset[str] = frozenset()


def trimmed(proposed: Proposed) -> Proposed:
    """Without what its kind has no use for: a form sends every field it has."""
    kind, text = proposed.kind, proposed.text.strip()
    return Proposed(
        kind=kind,
        program=proposed.program if kind in ("add", *ON_LIST_KINDS) else "",
        other=proposed.other if kind == "signal" else "",
        tier=proposed.tier if kind == "tier" else "",
        signal=proposed.signal if kind == "signal" else "",
        reason=proposed.reason if kind in ("add", *ON_LIST_KINDS) else "",
        text=text,
        private=proposed.private,
        field=proposed.field if kind == "ask" else "",
    )


def faults_of(proposed: Proposed, known: Known) -> dict[str, str]:
    """Words by field; empty where the change may be proposed."""
    if proposed.kind not in KINDS:
        return {"kind": "Choose what to change."}
    found = {**_said_faults(proposed, known), **fit_faults(proposed, known)}
    about = proposed.field if proposed.kind == "ask" else proposed.program
    if about and not found and (proposed.kind, about) in known.open:
        name = "field" if proposed.kind == "ask" else "program"
        found[name] = "A change of this kind is open for it already: change that one."
    return found


def _said_faults(proposed: Proposed, known: Known) -> dict[str, str]:
    """What does not depend on the list."""
    found = {}
    if len(proposed.text) > TEXT_MOST:
        found["text"] = f"At most {TEXT_MOST:,} characters; this has {len(proposed.text):,}."
    if proposed.reason and proposed.reason not in REASONS:
        found["reason"] = "Choose a reason from the list."
    if proposed.private and proposed.kind not in ("tier", "note"):
        found["private"] = "Only a note or a move to another tier can be kept private."
    if proposed.kind == "tier" and not proposed.reason:
        found["reason"] = "Say why: choose a reason."
    if proposed.reason == "other" and not proposed.text:
        found["text"] = "Say which reason."
    if proposed.kind == "note" and not proposed.text:
        found["text"] = "Write the note."
    if proposed.kind == "ask":
        found.update(_ask_faults(proposed, known))
    return found


def _ask_faults(proposed: Proposed, known: Known) -> dict[str, str]:
    if not proposed.field:
        return {} if proposed.text else {"field": "Choose what to ask for, or write the question."}
    if proposed.field not in MEMBERS:
        return {"field": "The profile has no such member."}
    if proposed.field in known.stated:
        return {"field": "The profile says so already. To ask for more, write the question instead."}
    return {}


def fit_faults(proposed: Proposed, known: Known) -> dict[str, str]:
    """What depends on the list and the catalogue: asked again when the change is accepted."""
    if proposed.kind == "add":
        return _add_faults(proposed.program, known)
    if proposed.kind not in ON_LIST_KINDS:
        return {}
    row = known.listed.get(proposed.program)
    if row is None:
        said = "This program is not on the list." if proposed.program else "Choose a program."
        return {"program": said}
    if proposed.kind == "tier":
        return _tier_faults(proposed.tier, row)
    if proposed.kind == "signal":
        return _signal_faults(proposed, row, known)
    return _first(
        (proposed.kind == "lock" and row.locked, "program", "It is kept on the list already."),
    )


def _first(*rules: tuple[bool, str, str]) -> dict[str, str]:
    """Field and words of the first rule that is broken."""
    return next(({name: words} for broken, name, words in rules if broken), {})


def _add_faults(program: str, known: Known) -> dict[str, str]:
    gone = "The catalogue does not hold this program, or it takes nobody any more."
    full = f"The list is full: it holds at most {MAX_APPLICATIONS} programs."
    return _first(
        (not program, "program", "Choose a program."),
        (program in known.listed, "program", "It is on the list already."),
        (program not in known.catalogue, "program", gone),
        (program in known.other_track, "program", "Another track of this program is on the list already."),
        (len(known.listed) >= MAX_APPLICATIONS, "program", full),
    )


def _tier_faults(tier: str, row: Listed) -> dict[str, str]:
    return _first(
        (tier not in TIERS, "tier", "Choose a tier."),
        (tier == row.tier, "tier", f"It is shown as {tier} already."),
    )


def _signal_faults(proposed: Proposed, row: Listed, known: Known) -> dict[str, str]:
    program, other, signal = proposed.program, proposed.other, proposed.signal
    same = "It has this signal already." if signal else "It has no signal to take."
    if not signal:
        return _first(
            (not row.signal, "signal", same),
            (bool(other), "other", "Nothing is given where a signal is taken."),
        )
    left = known.signals.get(program, {})
    giver = known.listed.get(other, Listed()) if other != program else Listed()
    unlike = known.specialty.get(other) != known.specialty.get(program)
    none_left = not other and left.get(signal, 0) <= 0
    return _first(
        (signal == row.signal, "signal", same),
        (signal not in left, "signal", "Its specialty has no such signal."),
        (none_left, "other", "None is left: say which program gives it up."),
        (
            bool(other) and giver.signal != signal,
            "other",
            "Choose a program of the list that has this signal.",
        ),
        (
            bool(other) and unlike,
            "other",
            "Signals count within one specialty: choose a program of the same.",
        ),
    )
