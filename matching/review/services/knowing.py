"""What a proposed change is held against, read from the database in a constant number of queries."""

from collections.abc import Iterable

from matching.models import ListEntry, Review, ReviewPatch, SavedList
from matching.presentation.signal_counts import signal_kinds
from matching.reference import model_for
from matching.review.freezing import list_of
from matching.review.marks import Mark, marks_of
from matching.review.members import MEMBERS, stated
from matching.review.patching import Known, Listed, Proposed
from matching.review.selectors import patches_open
from programs.models import Program


def known_of(review: Review, proposed: Proposed, *, besides: ReviewPatch | None = None) -> Known:
    """``besides``: the change itself, where it is there already."""
    saved_list, asked = list_of(review), [name for name in (proposed.program, proposed.other) if name]
    entries = list(ListEntry.objects.filter(saved_list=saved_list).select_related("program"))
    marks = marks_of(saved_list, desk=True)
    rows = Program.objects.in_bulk(asked)
    keys = {entry.program.program_key for entry in entries}
    waiting = patches_open(review).exclude(pk=besides.pk) if besides else patches_open(review)
    open_now = waiting.values_list("kind", "program", "field")
    return Known(
        listed={
            entry.program_id: Listed(
                marks.get(entry.program_id, Mark()).tier or entry.tier,
                entry.signal,
                marks.get(entry.program_id, Mark()).locked,
            )
            for entry in entries
        },
        catalogue=frozenset(pk for pk, row in rows.items() if row.retired_on is None),
        other_track=frozenset(pk for pk, row in rows.items() if row.program_key in keys),
        signals={pk: _left(saved_list, entries, row.specialty_id) for pk, row in rows.items()},
        specialty={pk: row.specialty_id for pk, row in rows.items()},
        open=frozenset((kind, program or field) for kind, program, field in open_now),
        stated=frozenset(name for name in MEMBERS if stated(saved_list.match.run.profile, name)),
    )


def _left(saved_list: SavedList, entries: Iterable[ListEntry], specialty: str) -> dict[str, int]:
    """Kinds of signal of a specialty, each with how many are not placed yet."""
    kinds = signal_kinds(model_for(saved_list.match.run.season).signals, specialty)
    placed = [entry.signal for entry in entries if entry.program.specialty_id == specialty]
    return {kind: count - placed.count(kind) for kind, count in kinds.items()}
