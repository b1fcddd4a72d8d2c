"""A shared list as rows for a spreadsheet, and as a JSON document: only what is in it, whatever the mode."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matching.exporting.columns import NOT_ADVICE, Cell, Column, Table

from .numbers import percent
from .shared_list import ALL, LIST, Inner, SharedList, SharedRow

NO_NUMBER = "not enough known for a number"
CLOSED = "closed by a stated rule"


@dataclass(frozen=True, slots=True)
class _Field:
    column: Column
    cell: Callable[[SharedRow], Cell]


def _code(kind: str, value: str) -> str:
    # A spreadsheet reads 0400521001 as a number and drops its zero. The word before it keeps it text there,
    # through saving and opening again, and whoever reads the file back finds the code behind the word.
    return f"{kind} {value}" if value else ""


def _chance(row: SharedRow) -> str:
    if row.odds and row.odds.chance:
        return row.odds.chance.words
    return CLOSED if row.inner and row.inner.closed else NO_NUMBER


def _percent(value: float | None) -> Cell:
    """Whole percents, as pages say them; below one the first digit that is not nothing."""
    if value is None:
        return None
    return (
        round(value * 100) if percent(value).startswith(tuple("123456789")) else float(f"{value * 100:.1g}")
    )


def _reasons(inner: Inner | None, *, helps: bool) -> str:
    return "; ".join(each.words for each in inner.reasons if each.helps == helps) if inner else ""


def advisor_words(row: SharedRow) -> list[str]:
    """What an advisor's word holds: a tier moved, a program agreed to be kept."""
    said = (row.odds.moved if row.odds else "", row.inner.agreed if row.inner else "")
    return [words for words in said if words]


def _rules(inner: Inner | None) -> str:
    return "; ".join(line.words for line in inner.gates if line.verdict == "fail") if inner else ""


_PROGRAM = (
    _Field(Column("Order", 7), lambda row: row.position),
    _Field(Column("Program", 44), lambda row: row.name),
    _Field(Column("Place", 26), lambda row: row.place),
    _Field(Column("Specialty", 24), lambda row: row.specialty),
    _Field(Column("ACGME code", 19), lambda row: _code("ACGME", row.acgme_id)),
    _Field(Column("NRMP code", 17), lambda row: _code("NRMP", row.nrmp_code)),
    _Field(Column("SmartPick code", 11), lambda row: row.id),
)
_NUMBERS = (
    _Field(Column("Tier", 9), lambda row: row.odds.tier if row.odds else ""),
    _Field(Column("Chance of an interview", 16), _chance),
    _Field(Column("Low end, %", 9), lambda row: _percent(row.odds.low if row.odds else None)),
    _Field(Column("High end, %", 9), lambda row: _percent(row.odds.high if row.odds else None)),
    _Field(Column("Signal", 14), lambda row: row.standing.signal if row.standing else ""),
    _Field(Column("Status", 14), lambda row: row.standing.status if row.standing else ""),
    _Field(Column("Is it still listed?", 30), lambda row: row.standing.listing if row.standing else ""),
)
_INNER = (
    _Field(Column("What helps", 40), lambda row: _reasons(row.inner, helps=True)),
    _Field(Column("What hurts", 40), lambda row: _reasons(row.inner, helps=False)),
    _Field(Column("Rules not met", 44), lambda row: _rules(row.inner)),
    _Field(Column("Note", 44), lambda row: row.inner.note if row.inner else ""),
    _Field(Column("Advisor", 30), lambda row: "; ".join(advisor_words(row))),
)


def table_of(shared: SharedList) -> Table:
    fields: tuple[_Field, ...] = _PROGRAM
    if shared.mode != LIST:
        fields += _NUMBERS
    if shared.mode == ALL:
        fields += _INNER
    return Table(
        columns=tuple(field.column for field in fields),
        rows=tuple(tuple(field.cell(row) for field in fields) for row in shared.rows),
    )


def about_of(shared: SharedList, made: datetime) -> tuple[tuple[str, str], ...]:
    """What the file is, for whoever opens it later."""
    lines = [
        ("List", shared.name),
        ("Programs", str(shared.count)),
        ("Approval", shared.approval),
        ("Made", utc_words(made)),
        ("List last changed", utc_words(shared.changed_at)),
        ("Season", f"Match of {shared.season}"),
        ("Version of the data", shared.data_version),
        ("Version of the model", shared.model_version),
        ("Made with", "SmartPick, not affiliated with ERAS, NRMP, AAMC or ECFMG"),
        ("Please note", NOT_ADVICE),
        ("Her note", shared.note),
    ]
    if shared.figures:
        lines += [("In a sentence", f"{shared.figures.headline} {shared.figures.second}")]
        lines += [(each.label, each.words) for each in shared.figures.figures]
        lines += [("Against the list", words) for words in _findings(shared)]
    lines += [(line.label, "; ".join(line.items)) for line in shared.portrait]
    return tuple((name, words) for name, words in lines if words)


def json_of(shared: SharedList, made: datetime) -> dict[str, Any]:
    """The document of a private link. Members a mode does not show are not there, instead of null."""
    document: dict[str, Any] = {
        "name": shared.name,
        "season": shared.season,
        "made_at": _stamp(made),
        "changed_at": _stamp(shared.changed_at),
        "data_version": shared.data_version,
        "please_note": NOT_ADVICE,
        "programs": [_json_row(row) for row in shared.rows],
    }
    if shared.mode != LIST:
        document |= {"model_version": shared.model_version, "tiers": dict(shared.tier_counts)}
    if shared.figures:
        figures = {each.label: each.words for each in shared.figures.figures}
        document["figures"] = {"In a sentence": shared.figures.headline, **figures}
        document["findings"] = list(_findings(shared))
    if shared.note:
        document["note"] = shared.note
    if shared.approval:
        document["approval"] = shared.approval
    if shared.portrait:
        document["profile"] = {line.label: list(line.items) for line in shared.portrait if line.known}
    return document


def _share(value: float | None) -> float | None:
    """More digits would say more than is known, and might tell two lists of one person by each other."""
    return None if value is None else round(value, 3)


def _findings(shared: SharedList) -> tuple[str, ...]:
    balance = shared.figures.balance if shared.figures else None
    return tuple(found.words for found in balance.findings) if balance else ()


def _json_row(row: SharedRow) -> dict[str, Any]:
    document: dict[str, Any] = {
        "position": row.position,
        "program": row.id,
        "name": row.name,
        "place": row.place,
        "specialty": row.specialty,
        "acgme_id": row.acgme_id or None,
        "nrmp_code": row.nrmp_code or None,
    }
    if row.odds:
        interview = {"low": _share(row.odds.low), "high": _share(row.odds.high)}
        document |= {"tier": row.odds.tier or None, "interview": interview}
    if row.standing:
        document |= {"status": row.standing.status, "signal": row.standing.signal or None}
    if row.inner:
        document["reasons"] = [{"words": each.words, "helps": each.helps} for each in row.inner.reasons]
        document["rules_not_met"] = [each.words for each in row.inner.gates if each.verdict == "fail"]
        document["note"] = row.inner.note
        document["advisor"] = advisor_words(row)
    return document


def utc_words(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
