"""What a brief rests on: public pages by the day they were read, and the few marks it judges by."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

# What each factor is called in words.
FACTORS = {
    "step1": "Step 1",
    "step2ck": "Step 2 CK",
    "step2ck_attempts": "attempts at Step 2 CK",
    "score_trend": "from Step 1 to Step 2 CK",
    "graduation": "year of graduation",
    "usce": "hands-on US experience",
    "usce_local": "experience nearby",
    "letters": "letters",
    "letter_local": "letters from nearby",
    "geography": "ties",
    "mission": "service",
    "research": "research",
    "specialty_commitment": "the specialty in your file",
    "red_flags": "gaps and conduct",
    "visa": "visa",
}
# Reckoned against the usual amount: a lesser one lowers, though it is no fault.
AMOUNTS = frozenset({"usce", "letters", "specialty_commitment"})
# What of her profile a factor rests on, where that may be left untold.
MEMBERS = {
    "geography": "ties",
    "usce": "experience",
    "usce_local": "experience",
    "letters": "letters",
    "letter_local": "letters",
    "mission": "service",
    "research": "research_publications",
    "red_flags": "red_flags",
}
FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Source:
    """``kind``: public, judgement, or model (our own answer). ``of``: the year or season a page speaks of."""

    key: str
    kind: str
    title: str
    url: str = ""
    read: str = ""
    of: str = ""


@lru_cache(maxsize=1)
def sources() -> dict[str, Source]:
    return {row["key"]: Source(**row) for row in _rows("sources.csv")}


@lru_cache(maxsize=1)
def marks() -> dict[str, int]:
    """What counts as large, long or enough, by name; each says why in the file."""
    return {row["name"]: int(row["value"]) for row in _rows("marks.csv")}


def mark(name: str) -> int:
    return marks()[name]


def model_source(factor: str, lowers: int, raises: int) -> Source:
    """Our own answer as a source: on how many programs of her list one factor lowers and raises her odds."""
    does = [
        f"{verb} your odds at {count}" for verb, count in (("lowers", lowers), ("raises", raises)) if count
    ]
    against = ", held against the usual amount," if factor in AMOUNTS else ""
    named = f"“{FACTORS.get(factor, factor)}”{against}"
    title = f"Our model on your answer: {named} {' and '.join(does)} on your list"
    return Source(key=f"model:{factor}", kind="model", title=title)


def assumed_source(factor: str) -> Source:
    """Our own answer where she has not told what a factor rests on."""
    title = f"Our model assumes the usual for “{FACTORS.get(factor, factor)}”: you have not told it"
    return Source(key=f"model:{factor}", kind="model", title=title)


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
