"""One list by two catalogues: what a newly published one changes, as numbers and codes. Words come later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from matching.catalogue import LoadedCatalogue, catalogue_get
from matching.receipts.facts import facts_changed, members_changed
from programs.choices import Strictness

Document = dict[str, Any]
FORMAT = 1
POINT = 0.02  # a chance that moves by less is not told
OPEN_VALUES = (None, "none", "yes")  # a rule that shuts nobody out


@dataclass(frozen=True, slots=True)
class Stand:
    """One program of a list as judged: ``gates`` are the rules it does not meet, by name with their words."""

    tier: str
    closed: bool
    gates: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Side:
    """A list as judged by one catalogue; a chance is None where it could not be told."""

    programs: Mapping[str, Stand]
    none: float | None
    match: float | None


@dataclass(frozen=True, slots=True)
class Changes:
    """``gone``: programs the second catalogue does not hold; ``rules``: fields of strict rules it states anew
    or otherwise, by program; ``touched``: every program that it tells otherwise, those gone too."""

    gone: frozenset[str]
    rules: Mapping[str, tuple[str, ...]]
    touched: frozenset[str]


@lru_cache(maxsize=8)
def changes_between(before: str, after: str) -> Changes:
    """Of two published versions, by the true counts. Raises DataVersion.DoesNotExist."""
    first, last = (_tracks(catalogue_get(version)) for version in (before, after))
    touched, rules = set(), {}
    for name in first.keys() & last.keys():
        facts = facts_changed(first[name], last[name])
        if facts or members_changed(first[name], last[name]):
            touched.add(name)
        if fields := tuple(each["field"] for each in facts if _is_rule(each["after"])):
            rules[name] = fields
    gone = frozenset(first.keys() - last.keys())
    return Changes(gone, rules, frozenset(touched) | gone)


def _tracks(catalogue: LoadedCatalogue) -> dict[str, Any]:
    return {track.id: track for track in catalogue.scored}


def _is_rule(fact: Mapping[str, Any] | None) -> bool:
    return bool(fact and fact["strictness"] == Strictness.STRICT and fact["value"] not in OPEN_VALUES)


def side_of(rows: Mapping[str, Mapping[str, Any]], summary: Mapping[str, Any] | None) -> Side:
    """From the rows of a judged list, as an answer writes them, and its figures."""
    return Side(
        {
            name: stand_of(row.get("tier"), row.get("closed"), row.get("gates", ()))
            for name, row in rows.items()
        },
        ((summary or {}).get("interviews") or {}).get("none"),
        ((summary or {}).get("match") or {}).get("probability"),
    )


def stand_of(tier: str | None, closed: object, gates: Iterable[Mapping[str, Any]]) -> Stand:
    failed = {gate["gate"]: str(gate["label"]) for gate in gates if gate["verdict"] == "fail"}
    return Stand(tier or "", bool(closed), failed)


def digest_document(before: Side, after: Side, changes: Changes, names: Mapping[str, str]) -> Document | None:
    """``names``: the programs on the list, in its order. None where nothing of it moved materially."""
    programs = [
        found
        for program, name in names.items()
        if (found := _program(program, name, before, after, changes)) is not None
    ]
    figures = {"none": (before.none, after.none), "match": (before.match, after.match)}
    if not programs and not any(moved(*pair) for pair in figures.values()):
        return None
    return {
        "format": FORMAT,
        "programs": programs,
        "figures": {name: [*pair] for name, pair in figures.items()},
    }


def moved(before: float | None, after: float | None) -> bool:
    """Whether a chance moved so far that it is told."""
    return before is not None and after is not None and abs(after - before) >= POINT


def _program(program: str, name: str, before: Side, after: Side, changes: Changes) -> Document | None:
    told: Document = {"id": program, "name": name}
    if program in changes.gone:
        return {**told, "kind": "gone"}
    was, now = before.programs.get(program), after.programs.get(program)
    if was is None or now is None:
        return None
    if now.closed != was.closed:
        rules = [words for gate, words in now.gates.items() if gate not in was.gates] or [*now.gates.values()]
        return {**told, "kind": "closed", "rules": rules} if now.closed else {**told, "kind": "opened"}
    if not now.closed and now.tier != was.tier:
        return {**told, "kind": "tier", "from": was.tier, "to": now.tier}
    if fields := changes.rules.get(program):
        return {**told, "kind": "rule", "fields": list(fields), "closed": now.closed}
    return None
