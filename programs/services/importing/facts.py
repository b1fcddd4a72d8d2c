"""Facts out of an import, many at a time: added beside, or changed where the same source says otherwise."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User

from programs.choices import CheckState
from programs.desk.checks import check_state_for
from programs.importing.rows.common import Item, items_in
from programs.importing.verdicts import ADD, CHANGE, CONFLICT, READ, VALUES, held_of
from programs.models import ImportBatch, ImportRow, ProgramFact
from programs.services.checking import MAY
from programs.services.history import history_note, history_start
from programs.services.withdrawing import facts_withdraw

CHUNK = 1000
CHECK = ("check_state", "entered_by_id", "checked_by_id", "checked_at")
WRITTEN = (
    "field", *VALUES, "is_current", "check_state", "entered_by", "checked_by", "checked_at", "batch",
)  # fmt: skip


def facts_apply(batch: ImportBatch, *, by: User | None, now: datetime, why: str) -> set[str]:
    """Writes what the rows say; the programs concerned. Which facts count is picked afterwards, once."""
    beside = batch.defaults.get("conflicts") != "leave"
    second = by is not None and by.pk != batch.created_by_id and batch.created_by_id and by.has_perm(MAY)
    programs: set[str] = set()
    for items in items_of(batch):
        new, changed = [], {}
        for item in items:
            if item["verdict"] == ADD or (item["verdict"] == CONFLICT and beside):
                new.append(_fact(item, batch))
            elif item["verdict"] == CHANGE:
                changed[item["held"]["id"]] = _fact(item, batch)
        for fact in (*new, *changed.values()):
            programs.add(fact.program_id)
            if fact.check_state == CheckState.WAITING and second:
                fact.check_state, fact.checked_by, fact.checked_at = CheckState.CONFIRMED, by, now
        _add(new, by=by, now=now, why=why)
        _change(changed, by=by, now=now, why=why)
    return programs


def items_of(batch: ImportBatch) -> Iterator[list[Item]]:
    """The items of all rows that can be read, in their order, some hundred rows at a time."""
    waiting: list[Item] = []
    rows = batch.rows.exclude(verdict=ImportRow.Verdict.ERROR).order_by("number")
    for result in rows.values_list("result", flat=True).iterator(chunk_size=CHUNK):
        waiting.extend(items_in(result))
        if len(waiting) >= CHUNK:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _fact(item: Item, batch: ImportBatch) -> ProgramFact:
    values = dict(item["values"])
    values["observed_on"] = date.fromisoformat(values["observed_on"]) if values["observed_on"] else None
    return ProgramFact(
        program_id=item["program"],
        field=item["field"],
        **values,
        check_state=check_state_for(values["strictness"], item["field"]),
        entered_by_id=batch.created_by_id,
        batch=batch,
    )


def _add(facts: list[ProgramFact], *, by: User | None, now: datetime, why: str) -> None:
    made = ProgramFact.objects.bulk_create(facts, batch_size=CHUNK)
    history_note(ProgramFact, [fact.pk for fact in made], kind="+", why=why, by=by)


def _change(facts: dict[int, ProgramFact], *, by: User | None, now: datetime, why: str) -> None:
    """Their history begins with how they stood, where it has not begun yet."""
    history_start(ProgramFact, facts)
    for pk, fact in facts.items():
        fact.pk = pk
    _upsert(facts.values())
    history_note(ProgramFact, facts, kind="~", why=why, by=by)


def _upsert(facts: Iterable[ProgramFact]) -> None:
    """One statement for many rows that exist; none is current until the rule has spoken."""
    ProgramFact.objects.bulk_create(
        facts, batch_size=CHUNK, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN
    )


def checks_keep(batch: ImportBatch) -> None:
    """Notes with each row how the facts it changes stood for choice, and who had brought them."""
    rows = batch.rows.filter(verdict__in=("change", "conflict")).order_by("number")
    ids = [pk for (pk,) in rows.values_list("id").iterator(chunk_size=CHUNK)]
    for start in range(0, len(ids), CHUNK):
        chunk = list(ImportRow.objects.filter(pk__in=ids[start : start + CHUNK]).only("id", "result", "held"))
        targets = [
            item["held"]["id"] for row in chunk for item in items_in(row.result) if item["verdict"] == CHANGE
        ]
        facts = ProgramFact.objects.filter(pk__in=targets).values("id", "batch_id", *CHECK)
        stood = {fact["id"]: {name: _json(value) for name, value in fact.items()} for fact in facts}
        for row in chunk:
            row.held = {
                str(item["held"]["id"]): stood[item["held"]["id"]]
                for item in items_in(row.result)
                if item["verdict"] == CHANGE
            }
        ImportRow.objects.bulk_update(chunk, ["held"], batch_size=200)


def _json(value: Any) -> Any:
    return value if value is None or isinstance(value, (int, str)) else str(value)


def facts_undo(
    batch: ImportBatch, *, by: User | None, now: datetime, why: str, touched: set[str]
) -> Iterator[tuple[int, str]]:
    """Takes back what was added and puts back what was changed.

    Gives (row, reason) where somebody changed it since; ``touched`` gathers the programs concerned.
    """
    beside = batch.defaults.get("conflicts") != "leave"
    rows = batch.rows.exclude(verdict__in=("error", "same")).order_by("number")
    ids = list(rows.values_list("id", flat=True))
    for start in range(0, len(ids), CHUNK):
        chunk = list(ImportRow.objects.filter(pk__in=ids[start : start + CHUNK]).order_by("number"))
        now_held = _ours(batch, [item for row in chunk for item in items_in(row.result)])
        gone: list[int] = []
        back: dict[int, ProgramFact] = {}
        for row in chunk:
            for item in items_in(row.result):
                if item["verdict"] not in (ADD, CHANGE, CONFLICT) or (
                    item["verdict"] == CONFLICT and not beside
                ):
                    continue
                touched.add(item["program"])
                found = _take(now_held, item)
                if found is None:
                    yield row.pk, "What it wrote was changed or withdrawn by hand since."
                elif item["verdict"] == CHANGE:
                    back[found] = _former(item["held"], (row.held or {})[str(found)])
                else:
                    gone.append(found)
        facts_withdraw(gone, why=why, by=by)
        _change(back, by=by, now=now, why=why)


Ours = dict[tuple[str, str], list[dict[str, Any]]]


def _ours(batch: ImportBatch, items: list[Item]) -> Ours:
    found: Ours = defaultdict(list)
    programs, fields = {item["program"] for item in items}, {item["field"] for item in items}
    for fact in ProgramFact.objects.filter(batch=batch, program__in=programs, field__in=fields).values(*READ):
        found[fact["program_id"], fact["field"]].append(held_of(fact))
    return found


def _take(ours: Ours, item: Item) -> int | None:
    """The fact that still says what the row wrote; each answers for one row."""
    facts = ours.get((item["program"], item["field"]), [])
    target = item["held"]["id"] if item["verdict"] == CHANGE else None
    for fact in facts:
        same = all(fact[name] == item["values"][name] for name in VALUES)
        if same and (target is None or fact["id"] == target):
            facts.remove(fact)
            return int(fact["id"])
    return None


def _former(held: dict[str, Any], check: dict[str, Any]) -> ProgramFact:
    values = {name: held[name] for name in VALUES}
    values["observed_on"] = date.fromisoformat(values["observed_on"]) if values["observed_on"] else None
    stood = {name: check[name] for name in CHECK}
    stood["checked_at"] = datetime.fromisoformat(stood["checked_at"]) if stood["checked_at"] else None
    return ProgramFact(
        program_id=held["program_id"], field=held["field"], batch_id=check["batch_id"], **values, **stood
    )
