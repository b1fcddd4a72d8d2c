"""One's own lists, each in a line of figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from .numbers import counted, dollars, in_hundred

if TYPE_CHECKING:
    from matching.selectors import CountedList


@dataclass(frozen=True, slots=True)
class ListCard:
    """``current``: what is added elsewhere on the site goes to this one."""

    id: UUID
    name: str
    programs: str
    cost: str
    grade: str
    none: str
    changed: datetime
    current: bool


def list_cards(lists: "Iterable[CountedList]") -> tuple[ListCard, ...]:
    """``lists`` with the current one first."""
    cards = []
    for place, each in enumerate(lists):
        kept = each.figures or {}
        listed = bool(kept.get("applications"))
        cards.append(
            ListCard(
                id=each.pk,
                name=each.name,
                programs=counted(each.entry_count, "program"),
                cost=dollars(kept["cost_usd"]) if listed else "",
                grade=(kept.get("balance") or {}).get("grade", "") if listed else "",
                none=in_hundred(kept["interviews"]["none"]) if listed else "",
                changed=each.updated_at,
                current=place == 0,
            )
        )
    return tuple(cards)
