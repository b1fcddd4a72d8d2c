"""A row of a CSV upload as the applicant it stands for. What it may say is left to the one validation."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from applicants.faults import Fault
from matching.cohorts.columns import BETWEEN, NONE, WHOLE_PARTS, WITHIN, Column

_WHOLE = re.compile(r"[+-]?[0-9]{1,9}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,9}(\.[0-9]{0,9})?")
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


def applicant_of_row(columns: Sequence[Column | None], cells: Sequence[str]) -> tuple[Any, list[Fault]]:
    """The applicant as JSON would have it, and what in its cells cannot be told apart. An empty cell is left
    out: not known. ``columns``: None where the header is empty."""
    applicant: dict[str, Any] = {"profile": {}}
    faults: list[Fault] = []
    for column, cell in zip(columns, cells, strict=False):
        if not (text := cell.strip()):
            continue
        if column is None:
            faults.append(Fault("", "extra_cell", "There is a value in a column without a name."))
            continue
        where = applicant
        for name in column.into[:-1]:
            where = where.setdefault(name, {})
        where[column.into[-1]] = _value(column, text, faults)
    if any(cell.strip() for cell in cells[len(columns) :]):
        detail = "The row has more cells than the header: quote a cell that holds a comma."
        faults.append(Fault("", "extra_cell", detail))
    return applicant, faults


def _value(column: Column, text: str, faults: list[Fault]) -> Any:
    """What cannot be read as its kind stays text, and the validation says what is wrong with it."""
    if (plain := _PLAIN.get(column.kind)) is not None:
        return plain(text)
    if text.lower() == NONE:
        return []
    entries = [entry.strip() for entry in text.split(BETWEEN)]
    if column.kind == "list":
        return entries
    return [_record(column, place, entry, faults) for place, entry in enumerate(entries)]


def _record(column: Column, place: int, entry: str, faults: list[Fault]) -> dict[str, Any]:
    parts = [part.strip() for part in entry.split(WITHIN)]
    if len(parts) > len(column.parts):
        detail = f"`{column.name}` takes {WITHIN.join(column.parts)}, and here are {len(parts)} parts."
        faults.append(Fault(f"/profile/{column.name}/{place}", "invalid_format", detail))
    return {
        name: _whole(part) if name in WHOLE_PARTS else part
        for name, part in zip(column.parts, parts, strict=False)
        if part
    }


def _whole(text: str) -> int | str:
    return int(text) if _WHOLE.fullmatch(text) else text


_PLAIN: dict[str, Callable[[str], Any]] = {
    "text": str,
    "whole": _whole,
    "number": lambda text: float(text) if _NUMBER.fullmatch(text) else text,
    "yes_no": lambda text: _YES_NO.get(text.lower(), text),
}
