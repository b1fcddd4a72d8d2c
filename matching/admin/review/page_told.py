"""What the page says above its form after something was pressed."""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.models import ReviewEvent
from matching.presentation.named import Named

KEPT = "Nothing you typed is lost: look at it once more, then press again."
MOST_TOLD = 6


@dataclass(frozen=True, slots=True)
class Notice(Named):
    """``lines``: what was done meanwhile, each with who did it."""

    words: str
    lines: tuple[str, ...] = ()
    good: bool = False


def moved_notice(events: Sequence[ReviewEvent]) -> Notice:
    """Newest last; of many, the newest few."""
    told = tuple(f"{event.actor_name}: {event.words}" for event in events[-MOST_TOLD:])
    return Notice(f"This review changed since your page was drawn. {KEPT}", told)
