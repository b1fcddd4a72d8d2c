"""What advisors' words changed beside the programs of a list: beside the odds, so no scoring touches it."""

from collections.abc import Mapping
from dataclasses import dataclass

from matching.models import AdvisorMark, SavedList

TIER, LOCK = "tier", "lock"


@dataclass(frozen=True, slots=True)
class Mark:
    """``tier``: where it was moved to, "" where it was not. ``words``: what its advisor wrote to it, and
    ``by`` who. ``private``: the tier or the words are for the desk alone."""

    tier: str = ""
    locked: bool = False
    words: str = ""
    by: str = ""
    private: bool = False


def marks_of(saved_list: SavedList, *, desk: bool) -> Mapping[str, Mark]:
    """By program id, in one query. On the desk a private move stands before one that the applicant sees."""
    rows = AdvisorMark.objects.filter(saved_list=saved_list, withdrawn_at=None)
    if not desk:
        rows = rows.filter(private=False)
    marks: dict[str, Mark] = {}
    for row in rows.select_related("patch").order_by("private", "id"):
        was, patch = marks.get(row.program_id, Mark()), row.patch
        if row.kind == LOCK:
            said = was.words or patch.text
            marks[row.program_id] = Mark(was.tier, True, said, was.by or patch.author_name, was.private)
        else:
            said = patch.text or (patch.get_reason_display() if patch.reason else "")
            marks[row.program_id] = Mark(row.tier, was.locked, said, patch.author_name, row.private)
    return marks


def locked_programs(saved_list: SavedList) -> frozenset[str]:
    """Programs that an advisor asked to keep and the owner agreed to: one query."""
    rows = AdvisorMark.objects.filter(saved_list=saved_list, kind=LOCK, withdrawn_at=None)
    return frozenset(rows.values_list("program_id", flat=True))
