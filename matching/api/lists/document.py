"""The answer about a shared list, made from what its link shows: what a mode hides never gets here."""

from collections.abc import Mapping
from typing import Any

from matching.api.answer_program import AnswerProgram
from matching.models import ListEntry, ListLink
from matching.presentation.shared_list import SharedList, SharedRow
from programs.api_rows import program_rows, program_values
from programs.models import Program, Specialty

Document = dict[str, Any]

# The words of a shared list are those of a page; programs read the codes.
STATUS_OF = {str(label): value for value, label in ListEntry.Status.choices}
SIGNAL_OF = {str(label): value for value, label in ListEntry.Signal.choices} | {"signal": "single"}
OF_THE_ROW = [name for name in AnswerProgram.model_fields if name != "specialty_name"]


def shared_document(shared: SharedList, link: ListLink) -> Document:
    figures = (link.saved_list.figures or {}) if shared.figures else {}
    programs = _programs(row.id for row in shared.rows)
    return {
        "name": shared.name,
        "shows": shared.mode,
        "season": shared.season,
        "changed_at": shared.changed_at,
        "expires_at": link.expires_at,
        "data_version": shared.data_version,
        "model_version": shared.model_version or None,
        "approval": shared.approval or None,
        "applications": figures.get("applications"),
        "cost_usd": figures.get("cost_usd"),
        "entries": [_entry(row, programs[row.id]) for row in shared.rows],
    }


def _entry(row: SharedRow, program: Document) -> Document:
    odds, standing = row.odds, row.standing
    return {
        "rank": row.position,
        "program": program,
        "tier": (odds.tier or None) if odds else None,
        "signal": SIGNAL_OF[standing.signal] if standing and standing.signal else None,
        "interview": {"low": _share(odds.low), "high": _share(odds.high)} if odds else None,
        "status": STATUS_OF[standing.status] if standing else None,
    }


def _programs(ids: Any) -> Mapping[str, Document]:
    """As answers name them, by id: three queries, however many."""
    names = dict(Specialty.objects.values_list("slug", "name"))
    rows = program_rows(list(program_values(Program.objects.filter(pk__in=list(ids)))))
    return {
        row["id"]: {name: row[name] for name in OF_THE_ROW} | {"specialty_name": names[row["specialty"]]}
        for row in rows
    }


def _share(value: float | None) -> float | None:
    """More digits would say more than is known, and might tell two lists of one person by each other."""
    return None if value is None else round(value, 3)
