"""What a row would do to what we hold. Pure: the same row and the same catalogue give the same verdict.

The verdict is worked out twice, when the file is read and again before it is written: where the two differ,
somebody changed the catalogue under the preview, and it is shown anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from programs.choices import CheckState
from programs.current import Candidate, fact_current
from programs.importing.rows.common import Item
from programs.importing.rows.facts import COUNTED
from programs.models import ProgramFact

ADD, CHANGE, CONFLICT, SAME, ERROR = "add", "change", "conflict", "same", "error"
WORST = (ERROR, CONFLICT, CHANGE, ADD, SAME)
VALUES = (
    "value_number", "value_code", "value_as_stated", "strictness", "url", "source", "source_kind",
    "page_year", "season", "observed_on", "confidence", "note",
)  # fmt: skip
READ = ("id", "program_id", "field", *VALUES, "check_state", "roster_id", "is_current")
NEWEST = 1 << 60  # the id of a fact that has none yet
Held = dict[str, Any]


def worst(verdicts: Iterable[str]) -> str:
    return min(verdicts, key=WORST.index, default=SAME)


def held_of(row: Mapping[str, Any]) -> Held:
    """A fact's row as it can be kept as JSON."""
    day = row["observed_on"]
    return {**row, "observed_on": day.isoformat() if isinstance(day, date) else day}


def identity(values: Mapping[str, Any], field: str) -> tuple[str, str]:
    """One source says one thing of a field; of what is counted, one thing a season."""
    return (values["url"] or values["source"]).casefold(), values["season"] if field in COUNTED else ""


def value_of(values: Mapping[str, Any]) -> float | str | None:
    number = values["value_number"]
    return number if number is not None else values["value_code"] or None


def fact_settle(item: Item, held: Sequence[Held], taken: set[int]) -> Item:
    """The item with its verdict. ``held``: what we hold of it; ``taken``: what other rows change."""
    values, field = item["values"], item["field"]
    same = next((fact for fact in held if all(_alike(values[name], fact[name]) for name in VALUES)), None)
    if same is not None:
        return {**item, "verdict": SAME, "held": {"id": same["id"]}}
    own = [
        fact
        for fact in held
        if fact["id"] >= ProgramFact.HAND_IDS_FROM
        and fact["roster_id"] is None
        and fact["id"] not in taken
        and identity(fact, field) == identity(values, field)
    ]
    if len(own) == 1:
        taken.add(own[0]["id"])
        rest = [fact for fact in held if fact is not own[0]]
        return {**item, "verdict": CHANGE, "held": own[0], "counts": _counts(values, rest)}
    against = [fact for fact in held if _contradicts(values, fact, field)]
    told = {**item, "counts": _counts(values, held)}
    if against:
        first = next((fact for fact in against if fact["is_current"]), against[0])
        return {**told, "verdict": CONFLICT, "held": first}
    return {**told, "verdict": ADD, "held": None}


def _alike(said: Any, ours: Any) -> bool:
    """Blanks beside one another are one: a file may lose them."""
    return bool(said == ours) or (isinstance(ours, str) and said == " ".join(ours.split()))


def _contradicts(values: Mapping[str, Any], fact: Held, field: str) -> bool:
    """Counts of different years can both hold; what is not typed contradicts nothing."""
    ours, theirs = value_of(values), value_of(fact)
    if ours is None or theirs is None or ours == theirs:
        return False
    years = ("season", "page_year")
    return field not in COUNTED or all(values[name] == fact[name] for name in years)


def _counts(values: Mapping[str, Any], held: Sequence[Held]) -> bool:
    """Whether the rule would pick it among what stands for choice."""
    standing = [fact for fact in held if fact["check_state"] in (CheckState.NOT_NEEDED, CheckState.CONFIRMED)]
    candidates = [_candidate(fact["id"], fact) for fact in standing]
    return fact_current([*candidates, _candidate(NEWEST, values)]).id == NEWEST


def _candidate(key: int, fact: Mapping[str, Any]) -> Candidate:
    return Candidate(key, value_of(fact), fact["confidence"], fact["source_kind"], fact["page_year"])


def program_settle(item: Item, held: Mapping[str, str] | None) -> Item:
    """``held``: our columns as text; None where the program is new.

    ``fills`` an empty column of ours, goes ``over`` a full one, or is ``left`` since only the files decide.
    """
    if held is None:
        return {**item, "verdict": ADD, "held": None}
    fills: dict[str, list[str]] = {}
    over: dict[str, list[str]] = {}
    for column, text in item["says"].items():
        ours = held.get(column, "")
        if not _alike(text, ours):
            empty = not ours or (column == "track" and ours == "unknown")
            (fills if empty else over)[column] = [ours, text]
    left = {
        column: [held.get(column, ""), text]
        for column, text in item["files"].items()
        if not _alike(text, held.get(column, ""))
    }
    verdict = CONFLICT if over else CHANGE if fills else SAME
    return {**item, "verdict": verdict, "held": {"fills": fills, "over": over, "left": left}}
