"""What is kept of a visitor, counted in words."""

from collections.abc import Mapping

from .numbers import counted

KINDS = {
    "profiles": ("saved profile", "saved profiles", "your answers, scores included"),
    "drafts": ("form you had begun", "forms you had begun", "what you typed, sent or not"),
    "matches": ("answer", "answers", "the programs we found for you, with their odds"),
    "receipts": ("comparison", "comparisons", "why one of your answers differs from another"),
    "scenarios": ("what-if", "what-ifs", "what you tried and kept, and the private links to it"),
    "plans": ("plan", "plans", "your steps, what you ticked, put off and noted, and its calendar link"),
    "lists": ("list", "lists", "with notes, statuses and every earlier version"),
    "outcomes": (
        "report of what came of a list",
        "reports of what came of lists",
        "how far each application came",
    ),
    "links": ("private link", "private links", "nobody you gave one to can open it any more"),
    "reports": ("report of a wrong fact", "reports of wrong facts", "each stays, without you"),
}


def holding_lines(counts: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """How many, and what that is; what there is none of is left out."""
    held = ((counts[kind], words) for kind, words in KINDS.items() if counts.get(kind))
    return tuple((counted(count, one, many), words) for count, (one, many, words) in held)
