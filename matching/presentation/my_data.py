"""What is kept of a person, in her words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from matching.my_data import Kept

# One, many, and what it is.
WORDS = {
    "profiles": ("profile", "profiles", "what you told us about yourself, as last saved"),
    "drafts": ("form", "forms", "what you typed into it so far, right or wrong"),
    "answers": ("answer", "answers", "your programs with their odds, each with the profile it was made from"),
    "receipts": ("comparison", "comparisons", "why one of your answers differs from another"),
    "scenarios": ("what-if", "what-ifs", "what you tried and kept on the What if page"),
    "plans": ("plan", "plans", "your steps, what you ticked, put off and noted"),
    "lists": ("list", "lists", "the programs you saved, with your notes and every version"),
    "reviews": (
        "list sent to an advisor",
        "lists sent to an advisor",
        "what you asked, what was proposed to you and what you answered",
    ),
    "outcomes": (
        "report of what came of a list",
        "reports of what came of lists",
        "how far each application came; counted only if you said so",
    ),
    "links": ("private link", "private links", "whoever holds one can read that list until it ends"),
    "reports": ("report of a wrong fact", "reports of wrong facts", "sent from this browser"),
}


@dataclass(frozen=True, slots=True)
class KeptLine:
    what: str
    why: str
    since: datetime | None


def kept_lines(kept: Iterable[Kept]) -> tuple[KeptLine, ...]:
    """Only what there is."""
    return tuple(
        KeptLine(f"{row.number} {WORDS[row.kind][row.number != 1]}", WORDS[row.kind][2], row.since)
        for row in kept
        if row.number
    )
