"""The programs that moved, each with what moved it: from the kept receipt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matching.presentation.gates import GateLine, fact_words, gate_lines
from matching.presentation.numbers import percent_range
from matching.presentation.programs import program_name, program_place, program_specialty
from matching.receipts.amounts import signed, tenths
from matching.receipts.words import HUNDRED, causes_sentence, place_sentence, signal_sentence
from programs.choices import ListingStatus
from programs.fact_fields import FACT_FIELDS
from programs.presentation import STRICTNESS_WORDS, value_words, web_host

SHOWN = 5
LEAST_PLACE = 0.005
TITLES = {
    "opened": ("Opened to you", "A strict rule closed these before. It does not any more."),
    "closed": ("Closed by a rule", "A strict rule closes these now."),
    "entered": ("Came onto the list we suggest", ""),
    "left": ("Left the list we suggest", ""),
    "tier": ("Changed tier", ""),
    "odds": ("Odds that moved most", "Of those that kept their tier and their place on or off the list."),
    "new": ("New in our data", "We did not hold these before, so there is no change to split."),
    "gone": ("Gone from our data", "We do not hold these any more, so there is no change to split."),
}
STILL = "Its own odds hardly moved."
NO_NUMBER = "Too little is known of it for a number, so no change can be split."
MEMBERS = {
    "listing_status": "Listing",
    "last_listed_year": "Last listed",
    "track": "Track",
    "specialty": "Specialty",
    "state": "State",
    "county": "County",
    "ring": "Region",
}


@dataclass(frozen=True, slots=True)
class Side:
    """A program at one end: its tier, the range of an interview, or why there is none."""

    tier: str
    words: str
    listed: bool


@dataclass(frozen=True, slots=True)
class FactMove:
    label: str
    before: str
    after: str
    fact: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Part:
    """One cause: what it did to the odds, and its share in coming onto the list or leaving it."""

    label: str
    value: str
    place: str


@dataclass(frozen=True, slots=True)
class MovedRow:
    """``parts``: every cause with its share; they add up to ``change``, and to ``placed`` where it came onto
    the list or left it."""

    id: str
    name: str
    place: str
    specialty: str
    before: Side | None
    after: Side | None
    sentence: str
    parts: tuple[Part, ...]
    change: str
    placed: str
    gates: tuple[GateLine, ...]
    facts: tuple[FactMove, ...]

    @property
    def opens(self) -> bool:
        return bool(self.parts or self.gates or self.facts)


@dataclass(frozen=True, slots=True)
class MovedGroup:
    code: str
    title: str
    meaning: str
    count: int
    rows: tuple[MovedRow, ...]
    more: tuple[MovedRow, ...]

    @property
    def hidden(self) -> int:
        """How many are counted and not told."""
        return self.count - len(self.rows) - len(self.more)


def moved_groups(document: Mapping[str, Any], names: Sequence[str]) -> tuple[MovedGroup, ...]:
    return tuple(_group(each, names) for each in document["programs"])


def _group(each: Mapping[str, Any], names: Sequence[str]) -> MovedGroup:
    title, meaning = TITLES[each["code"]]
    rows = tuple(_row(row, names) for row in each["rows"])
    return MovedGroup(each["code"], title, meaning, each["count"], rows[:SHOWN], rows[SHOWN:])


def _row(row: Mapping[str, Any], names: Sequence[str]) -> MovedRow:
    program, shares = row["program"], _shares(row)
    before, after = row["before"], row["after"]
    return MovedRow(
        id=program["id"],
        name=program_name(program),
        place=program_place(program),
        specialty=program_specialty(program),
        before=_side(before),
        after=_side(after),
        sentence=_sentence(row, shares, names),
        parts=_parts(shares, row["place"], names) if shares else (),
        change=signed(round(sum(shares) * HUNDRED, 1)) if shares else "",
        placed=signed(round(sum(row["place"])), digits=2) if row["place"] else "",
        gates=gate_lines([*(before or {}).get("gates", ()), *(after or {}).get("gates", ())]),
        facts=(*(_member(each) for each in row["members"]), *(_fact(each) for each in row["facts"])),
    )


def _shares(row: Mapping[str, Any]) -> list[float]:
    """Of the causes, and the rest last; none where the change is not split."""
    return [] if row["shares"] is None else [*row["shares"], row["rest"]]


def _side(state: Mapping[str, Any] | None) -> Side | None:
    if state is None:
        return None
    if state["closed"]:
        rules = gate_lines(state["gates"])
        words = f"closed by a rule: {rules[0].short}" if rules else "closed by a rule"
    elif state["low"] is None:
        words = "no range kept" if state["p"] is not None else "no number"
    else:
        words = f"interview {percent_range(state['low'], state['high'])}"
    return Side(state["tier"] or "", words, state["listed"])


def _sentence(row: Mapping[str, Any], shares: Sequence[float], names: Sequence[str]) -> str:
    if row["before"] is None or row["after"] is None:
        return ""
    if not shares:
        return NO_NUMBER
    told = [
        place_sentence(names, row["place"]) if row["place"] else "",
        causes_sentence(names, shares) or STILL,
        signal_sentence(row["before"], row["after"]),
    ]
    return " ".join(part for part in told if part)


def _parts(shares: Sequence[float], place: Sequence[float] | None, names: Sequence[str]) -> tuple[Part, ...]:
    """Every cause that prints as more than nothing, the one that moved the odds most first."""
    amounts = tenths([share * HUNDRED for share in shares], sum(shares) * HUNDRED)
    places = place or [0.0] * len(shares)
    told = sorted(zip(amounts, places, names, strict=True), key=lambda each: (-abs(each[0]), -abs(each[1])))
    return tuple(
        Part(name[:1].upper() + name[1:], signed(amount), signed(part, digits=2))
        for amount, part, name in told
        if amount or abs(part) >= LEAST_PLACE
    )


def _fact(each: Mapping[str, Any]) -> FactMove:
    entry, stated = FACT_FIELDS[each["field"]], each["after"] or each["before"]
    chip = fact_words(stated) or {}
    host = web_host(stated["url"])
    return FactMove(
        label=entry.label,
        before=_said(each["field"], each["before"]),
        after=_said(each["field"], each["after"]),
        fact={**chip, "url": stated["url"] if host else "", "host": host},
    )


def _said(field: str, stated: Mapping[str, Any] | None) -> str:
    if stated is None:
        return "not known"
    binding = STRICTNESS_WORDS.get(stated["strictness"], "")
    words = value_words(FACT_FIELDS[field], stated["value"], stated["as_stated"])
    return f"{words}, {binding}" if binding else words


def _member(each: Mapping[str, Any]) -> FactMove:
    before, after = (_named(each["member"], each[end]) for end in ("before", "after"))
    return FactMove(MEMBERS[each["member"]], before, after, None)


def _named(member: str, value: object) -> str:
    if value is None or value == "":
        return "not known"
    return ListingStatus(str(value)).label if member == "listing_status" else str(value).replace("-", " ")
