"""What is otherwise in two catalogues, and in the tables of two models: by name, before and after."""

from collections.abc import Mapping
from typing import Any

from matching.catalogue import LoadedCatalogue
from programs.snapshot import FactValue, TrackRow

Document = dict[str, Any]
SAID = ("value", "as_stated", "strictness")
CHIP = ("url", "source_kind", "page_year", "observed_on", "confidence", "conflicts")
# Of the track itself, not of a fact: what the odds or the list may hang on.
MEMBERS = ("listing_status", "last_listed_year", "track", "specialty", "state", "county", "ring")
PARAMETERS_KEPT = 60
TABLES = ("states", "fees", "signals")


def facts_changed(before: TrackRow, after: TrackRow) -> list[Document]:
    """Fields whose current fact says otherwise, each as it was and as it is; null where none was held."""
    fields = sorted({*before.facts, *after.facts})
    return [
        {"field": field, "before": _written(one), "after": _written(other)}
        for field in fields
        for one, other in [(before.facts.get(field), after.facts.get(field))]
        if _said(one) != _said(other)
    ]


def members_changed(before: TrackRow, after: TrackRow) -> list[Document]:
    return [
        {"member": name, "before": getattr(before, name), "after": getattr(after, name)}
        for name in MEMBERS
        if getattr(before, name) != getattr(after, name)
    ]


def data_changed(before: LoadedCatalogue, after: LoadedCatalogue) -> Document | None:
    """How much the second catalogue says otherwise; None where the two are one."""
    if before.version == after.version:
        return None
    first, last = ({track.id: track for track in each.tracks} for each in (before, after))
    both = [(first[name], last[name]) for name in first if name in last]
    changed = [(len(facts_changed(one, other)), len(members_changed(one, other))) for one, other in both]
    return {
        "new": len(last.keys() - first.keys()),
        "gone": len(first.keys() - last.keys()),
        "programs": sum(1 for facts, members in changed if facts or members),
        "facts": sum(facts for facts, _ in changed),
    }


def tables_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Document:
    """Parameters whose numbers differ, by name, and how many rows of the other tables do."""
    first, last = (_by_name(tables["parameters"]) for tables in (before, after))
    names = sorted({*first, *last})
    changed = [
        {"name": name, "before": first.get(name), "after": last.get(name)}
        for name in names
        if first.get(name) != last.get(name)
    ]
    return {
        "parameters": changed[:PARAMETERS_KEPT],
        "count": len(changed),
        "tables": {
            name: count for name in ("states", "fees", "signals") if (count := _rows(name, before, after))
        },
    }


def _by_name(table: Mapping[str, Any]) -> dict[str, list[str]]:
    """Value, low and high of every parameter, as written."""
    at = {column: place for place, column in enumerate(table["columns"])}
    return {row[at["name"]]: [row[at[name]] for name in ("value", "low", "high")] for row in table["rows"]}


def _rows(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> int:
    first, last = ({tuple(row) for row in tables[name]["rows"]} for tables in (before, after))
    return max(len(first - last), len(last - first))


def _said(fact: FactValue | None) -> tuple[Any, ...] | None:
    return tuple(getattr(fact, name) for name in SAID) if fact else None


def _written(fact: FactValue | None) -> Document | None:
    return {name: getattr(fact, name) for name in (*SAID, *CHIP)} if fact else None
