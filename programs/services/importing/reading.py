"""What reading the rows of one import needs: every program to find, and the facts that are held."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.utils import timezone

from programs.importing.finding import Index, Known
from programs.importing.presets import PRESETS
from programs.importing.rows.common import Item, Read, Reader
from programs.importing.rows.facts import facts_read
from programs.importing.rows.programs import programs_read
from programs.importing.rows.rosters import rosters_read
from programs.importing.verdicts import (
    ADD,
    READ,
    Held,
    fact_settle,
    held_of,
    program_settle,
)
from programs.models import ImportBatch, Program, ProgramFact, Specialty
from programs.models.override import DECIDED

READERS: dict[str, Callable[[dict[str, str], Reader], Read]] = {
    "programs": programs_read,
    "facts": facts_read,
    "rosters": rosters_read,
}
COMPARED = (
    *DECIDED, "specialty", "institution", "last_listed_year", "listing_status", "latitude", "longitude",
)  # fmt: skip
_NAMED = {"institution": "institution__name", "same_as": "same_as_id", "specialty": "specialty_id"}


def index_make() -> Index:
    rows = Program.objects.order_by("id").values_list(
        "id", "acgme_id", "nrmp_code", "track", "specialty_id", "state", "name", "city", "institution__name"
    )
    return Index(map(Known._make, rows), dict(Specialty.objects.values_list("slug", "name")))


def reader_make(batch: ImportBatch) -> Reader:
    preset = PRESETS.get(batch.preset)
    return Reader(
        index=index_make(),
        defaults=batch.defaults,
        mapped=frozenset(batch.mapping),
        today=timezone.localdate(),
        codes=preset.codes if preset else {},
    )


class Settler:
    """Gives items their verdicts, a chunk at a time and in the order of the rows."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.taken: set[int] = set()  # facts that an earlier row changes

    def settle(self, rows: Iterable[list[Item]]) -> list[list[Item]]:
        rows = list(rows)
        if self.kind == "facts":
            held = facts_held(rows)
            return [
                [
                    fact_settle(item, held.get((item["program"], item["field"]), ()), self.taken)
                    for item in items
                ]
                for items in rows
            ]
        if self.kind == "programs":
            programs = programs_held({item["program"] for items in rows for item in items})
            return [[program_settle(item, programs.get(item["program"])) for item in items] for items in rows]
        # A roster is compared as a whole, when all its rows are known.
        return [[{"verdict": ADD, "held": None, **item} for item in items] for items in rows]


def facts_held(rows: Iterable[list[Item]]) -> dict[tuple[str, str], list[Held]]:
    programs = {item["program"] for items in rows for item in items}
    fields = {item["field"] for items in rows for item in items}
    found: dict[tuple[str, str], list[Held]] = defaultdict(list)
    facts = ProgramFact.objects.filter(program__in=programs, field__in=fields).order_by("id").values(*READ)
    for fact in facts:
        found[fact["program_id"], fact["field"]].append(held_of(fact))
    return found


def programs_held(ids: Collection[str]) -> dict[str, dict[str, str]]:
    columns = [_NAMED.get(name, name) for name in COMPARED]
    rows = Program.objects.filter(id__in=ids).values_list("id", *columns)
    return {row[0]: dict(zip(COMPARED, map(_text, row[1:]), strict=True)) for row in rows}


def _text(value: Any) -> str:
    return "" if value is None else repr(value) if isinstance(value, float) else str(value)


def item_keys(kind: str, item: Item) -> list[str]:
    """What no two rows of a file may both say."""
    if kind == "facts":
        values = item["values"]
        said = (values["value_number"], values["value_code"], values["value_as_stated"])
        where = (values["url"], values["source"], values["season"])
        return [f"{item['program']}|{item['field']}|{where}|{said}"]
    if kind == "programs":
        says = item["says"]
        keys = [item["program"]] if item["program"] else []
        keys += [f"nrmp|{says['nrmp_code']}"] if "nrmp_code" in says else []
        track = says.get("track", "unknown")
        return [*keys, f"acgme|{says['acgme_id']}|{track}"] if "acgme_id" in says and not keys else keys
    return []
