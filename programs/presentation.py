"""Facts in words for the pages: what is known with its source, what is not with the question to ask."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from programs.choices import SourceKind, Strictness
from programs.fact_fields import CODE_LABELS, FACT_FIELDS, TOPICS, FactField
from programs.models import ProgramFact
from programs.public import is_counted

# Fields that speak to all or few programs: listed when known, not asked for on the page.
NOT_ASKED = frozenset(
    {"step1_passed", "step3_for_h1b", "military_service", "residents_img", "residents_non_us_img"}
)
# Pages a program or its hospital writes itself: worth a link of their own.
OWN_PAGES = frozenset({"program_page", "program_faq", "hospital_gme_page", "gme_policy", "hospital_page"})
STRICTNESS_WORDS = {Strictness.STRICT: "a rule", Strictness.PREFERENCE: "a preference, not a rule"}
OLD_AFTER_YEARS = 4


@dataclass(frozen=True, slots=True)
class FactLine:
    """One statement. ``fact`` has what the source chip shows."""

    id: int
    value: str
    is_prose: bool
    strictness: str
    note: str
    age: str
    is_current: bool
    fact: dict[str, Any]


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field: its statements side by side, the current first; none means that we do not know."""

    field: str
    label: str
    question: str
    lines: tuple[FactLine, ...]
    disagree: bool


@dataclass(frozen=True, slots=True)
class TopicBlock:
    """``common`` is set where every statement of the topic has the same source and note: told once."""

    name: str
    known: tuple[FieldLine, ...]
    unknown: tuple[FieldLine, ...]
    common: FactLine | None


def value_words(entry: FactField, value: float | str | None, as_stated: str) -> str:
    """``224``, ``3 letters``, ``a pass is enough``; as stated where it has no typed value."""
    if value is None:
        return as_stated
    if isinstance(value, str):
        words = "no minimum" if (value, entry.field[:4]) == ("none", "min_") else CODE_LABELS[value]
        return words[:1].upper() + words[1:]
    unit = entry.unit[:-1] if value == 1 and entry.unit.endswith("s") else entry.unit
    return f"{value:,.10g} {unit}".strip()


def age_words(year: int | None, today_year: int) -> str:
    """Said only where it should give pause."""
    if year is None or today_year - year < OLD_AFTER_YEARS:
        return ""
    return f"{today_year - year} years old"


def fact_line(fact: ProgramFact, today_year: int) -> FactLine:
    entry = FACT_FIELDS[fact.field]
    words = value_words(entry, fact.value, fact.value_as_stated)
    return FactLine(
        id=fact.pk,
        value=words,
        is_prose=fact.value is None and fact.field != "main_hospital" and not is_counted(fact),
        strictness=STRICTNESS_WORDS.get(Strictness(fact.strictness), ""),
        note=fact.note if _adds(fact.note, words) else "",
        age=age_words(fact.page_year, today_year),
        is_current=fact.is_current,
        fact={
            "url": fact.url if web_host(fact.url) else "",
            "host": web_host(fact.url),
            "source": fact.source,
            "source_kind": fact.source_kind,
            "source_kind_words": fact.get_source_kind_display(),
            "page_year": fact.page_year,
            "observed_on": fact.observed_on,
            "confidence": fact.confidence,
        },
    )


def _adds(note: str, words: str) -> bool:
    """Whether a note says more than the value beside it."""
    return not set(re.findall(r"\w+", note.casefold())) <= set(re.findall(r"\w+", words.casefold()))


def disagree(stated: Iterable[ProgramFact]) -> bool:
    """Whether two statements of a field cannot both hold. Counts of different years can."""
    values: dict[object, set[float | str]] = {}
    for fact in stated:
        if fact.value is not None:
            counted = FACT_FIELDS[fact.field].topic == "numbers"
            values.setdefault((fact.season, fact.page_year) if counted else None, set()).add(fact.value)
    return any(len(said) > 1 for said in values.values())


def topic_blocks(facts: Sequence[ProgramFact], today_year: int) -> list[TopicBlock]:
    """The vocabulary by topic; of the hospital only what is known."""
    lines = {}
    for entry in FACT_FIELDS.values():
        stated = [fact for fact in facts if fact.field == entry.field]
        said = tuple(fact_line(fact, today_year) for fact in stated)
        lines[entry.field] = FieldLine(entry.field, entry.label, entry.question, said, disagree(stated))
    blocks = []
    for topic, name in TOPICS.items():
        fields = [entry.field for entry in FACT_FIELDS.values() if entry.topic == topic]
        known = tuple(lines[field] for field in fields if lines[field].lines)
        asked = [] if topic == "hospital" else [field for field in fields if field not in NOT_ASKED]
        unknown = tuple(lines[field] for field in asked if not lines[field].lines)
        if known or unknown:
            blocks.append(TopicBlock(name, known, unknown, _common(known)))
    return blocks


def _common(fields: Sequence[FieldLine]) -> FactLine | None:
    lines = [line for field in fields for line in field.lines]
    told = {(line.note, line.fact["source"], line.fact["url"], line.fact["page_year"]) for line in lines}
    return lines[0] if len(fields) > 1 and len(told) == 1 else None


@dataclass(frozen=True, slots=True)
class OwnPage:
    host: str
    url: str
    kind: str


def own_pages(facts: Iterable[ProgramFact]) -> tuple[OwnPage, ...]:
    """The pages of the program itself that facts were read on, one a host, the nearest to it first."""
    found: dict[str, OwnPage] = {}
    kinds = list(SourceKind)
    for fact in sorted(facts, key=lambda fact: (kinds.index(SourceKind(fact.source_kind)), fact.url)):
        host = web_host(fact.url)
        if host and fact.source_kind in OWN_PAGES and host not in found:
            found[host] = OwnPage(host, fact.url, SourceKind(fact.source_kind).label)
    return tuple(found.values())


def web_host(url: str) -> str:
    """``www`` left out; "" for what is no address on the web, which is never linked."""
    address = urlsplit(url)
    return (address.hostname or "").removeprefix("www.") if address.scheme in ("http", "https") else ""
