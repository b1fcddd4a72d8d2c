"""What changed for a list, in sentences."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from matching.digests.comparing import moved
from matching.presentation.numbers import counted, listed
from matching.scoring.tiers import TIERS
from programs.fact_fields import FACT_FIELDS

MOST_NAMED = 6
NO_TIER = "no number"


def sentences(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The gravest first: what closed, what is gone, new rules, tiers, chances."""
    by_kind: dict[str, list[Mapping[str, Any]]] = {}
    for each in document["programs"]:
        by_kind.setdefault(each["kind"], []).append(each)
    told = [
        *_closed(by_kind.get("closed", ())),
        *_plain(by_kind.get("gone", ()), "takes nobody any more", "take nobody any more"),
        *_rules(by_kind.get("rule", ())),
        *_plain(by_kind.get("opened", ()), "is open to you again", "are open to you again"),
        *_tiers(by_kind.get("tier", ())),
        *_figures(document["figures"]),
    ]
    return tuple(told)


def _closed(programs: Iterable[Mapping[str, Any]]) -> list[str]:
    return [
        f"{each['name']} is closed to you now by a rule: {listed([_lower(rule) for rule in each['rules']])}."
        if each["rules"]
        else f"{each['name']} is closed to you now."
        for each in programs
    ]


def _rules(programs: Iterable[Mapping[str, Any]]) -> list[str]:
    """Of a program whose standing did not move by it."""
    return [
        f"{each['name']} states a rule anew: {_fields(each['fields'])}."
        + (" It was closed to you before." if each.get("closed") else " It does not close it to you.")
        for each in programs
    ]


def _plain(programs: Sequence[Mapping[str, Any]], one: str, more: str) -> list[str]:
    if not programs:
        return []
    return [f"{_names(programs)} {one if len(programs) == 1 else more}."]


def _tiers(programs: Sequence[Mapping[str, Any]]) -> list[str]:
    """``2 programs left target: A (now reach) and B (now reach).``, by the tier they left."""
    told = []
    for tier in (*TIERS, ""):
        left = [each for each in programs if each["from"] == tier]
        if left:
            named = [f"{each['name']} (now {each['to'] or NO_TIER})" for each in left]
            verb = f"left {tier}" if tier else "have a number now" if len(left) > 1 else "has a number now"
            told.append(f"{counted(len(left), 'program')} {verb}: {_most(named)}.")
    return told


def _figures(figures: Mapping[str, Sequence[float | None]]) -> list[str]:
    told = []
    for name, words in (("none", "The chance of no interview"), ("match", "The chance of a match")):
        before, after = figures[name]
        if before is not None and after is not None and moved(before, after):
            way = "rose" if after > before else "fell"
            told.append(f"{words} {way} from {100 * before:.0f} to {100 * after:.0f} in 100.")
    return told


def _names(programs: Sequence[Mapping[str, Any]]) -> str:
    return _most([each["name"] for each in programs])


def _most(names: Sequence[str]) -> str:
    if len(names) <= MOST_NAMED:
        return listed(list(names))
    return listed([*names[:MOST_NAMED], f"{len(names) - MOST_NAMED} more"])


def _fields(fields: Iterable[str]) -> str:
    return listed([_lower(FACT_FIELDS[field].label) for field in fields])


def _lower(words: str) -> str:
    """Inside a sentence; names and abbreviations stay as they are."""
    return words if words[1:2].isupper() or words.startswith("Step") else f"{words[:1].lower()}{words[1:]}"


def programs_told(document: Mapping[str, Any]) -> tuple[str, ...]:
    """For mail: the same without chances, which belong to the page alone."""
    return sentences({**document, "figures": {"none": (None, None), "match": (None, None)}})
