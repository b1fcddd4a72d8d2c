"""The desk's decisions laid over the catalogue's files, at every load."""

from collections.abc import Iterable
from datetime import date

from programs.models import Program, ProgramOverride

FOREIGN = {"same_as": "same_as_id"}
NULL_WHERE_EMPTY = frozenset({"acgme_id", "nrmp_code", "same_as", "retired_on"})


def decided_text(program: Program, field: str) -> str:
    """What a program holds in a column, as a file would write it."""
    value = getattr(program, FOREIGN.get(field, field))
    return "" if value is None else str(value)


def decided_set(program: Program, field: str, text: str) -> None:
    """Puts the text of a decision into the column, typed as the column is."""
    value: str | date | None = text
    if field in NULL_WHERE_EMPTY:
        value = text or None
    if field == "retired_on" and text:
        value = date.fromisoformat(text)
    setattr(program, FOREIGN.get(field, field), value)


def overrides_apply(programs: Iterable[Program]) -> None:
    """Changes the rows as read from the files to what the desk decided.

    What the files say now is kept with the decision, so that to undo it leads there and not to an old file.
    """
    rows = {program.pk: program for program in programs}
    moved = []
    for decision in ProgramOverride.objects.filter(ended_at=None):
        program = rows.get(decision.program_id)
        if program is None:
            continue
        said = decided_text(program, decision.field)
        if said != decision.was:
            decision.was = said
            moved.append(decision)
        decided_set(program, decision.field, decision.value)
    ProgramOverride.objects.bulk_update(moved, ["was"], batch_size=200)
