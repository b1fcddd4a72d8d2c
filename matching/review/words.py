"""What is proposed and done in a review, in words."""

from collections.abc import Mapping

from matching.models import ReviewPatch

from .members import MEMBERS

SIGNAL_NAMES = {"gold": "gold signal", "silver": "silver signal", "signal": "signal"}


def patch_words(patch: ReviewPatch, names: Mapping[str, str]) -> str:
    """One proposed change, as an order: ``Move Harbor from target to safety``."""
    name = names.get(patch.program_id or "", patch.program_id or "")
    other = names.get(patch.other_id or "", patch.other_id or "")
    asked = f"Tell us: {MEMBERS[patch.field]}" if patch.field else "A question"
    return {
        ReviewPatch.Kind.ADD: f"Add {name}",
        ReviewPatch.Kind.REMOVE: f"Take {name} off",
        ReviewPatch.Kind.TIER: f"Move {name} from {patch.tier_from or 'no tier'} to {patch.tier_to}",
        ReviewPatch.Kind.SIGNAL: signal_words(name, other, patch.signal),
        ReviewPatch.Kind.LOCK: f"Keep {name} on the list",
        ReviewPatch.Kind.NOTE: "A note",
        ReviewPatch.Kind.ASK: asked,
    }[ReviewPatch.Kind(patch.kind)]


def signal_words(name: str, other: str, signal: str) -> str:
    if not signal:
        return f"Take the signal from {name}"
    called = SIGNAL_NAMES[signal]
    return f"Give {name} the {called} of {other}" if other else f"Give {name} a {called}"


def counted(number: int, thing: str) -> str:
    return f"1 {thing}" if number == 1 else f"{number} {thing}s"


def joined(parts: list[str]) -> str:
    """``a, b and c``"""
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)
