"""What is kept of a visitor, counted in words."""

from collections.abc import Mapping

from .numbers import counted

KINDS = {
    "profiles": ("saved profile", "saved profiles", "your answers, scores included"),
    "drafts": ("form you had begun", "forms you had begun", "what you typed, sent or not"),
    "matches": ("answer", "answers", "the programs we found for you, with their odds"),
    "lists": ("list", "lists", "with notes, statuses and every earlier version"),
    "links": ("private link", "private links", "nobody you gave one to can open it any more"),
    "reports": ("report of a wrong fact", "reports of wrong facts", "each stays, without you"),
}


def holding_lines(counts: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """How many, and what that is; what there is none of is left out."""
    held = ((counts[kind], words) for kind, words in KINDS.items() if counts[kind])
    return tuple((counted(count, one, many), words) for count, (one, many, words) in held)
