"""What the form of a change offers: the list's programs, what a search finds, the facts nobody has told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, IntegerField, Q, Value, When

from matching.models import ListEntry, ReviewPatch
from matching.presentation.list_page import program_facts
from matching.presentation.named import Named
from matching.presentation.programs import program_name, program_place, program_specialty
from matching.presentation.signal_counts import signal_kinds
from matching.presentation.tiers import TIERS
from matching.review.members import MEMBERS, stated
from programs.models import Program
from programs.search import LONGEST_SEARCH
from programs.selectors import ProgramQuery, programs_find

from .page_rows import codes_of

if TYPE_CHECKING:
    from matching.models import Review
    from matching.scoring.model import Model

MOST_FOUND = 12
SIGNAL_WORDS = {"gold": "gold", "silver": "silver", "signal": "a signal"}
SHORT_NAME = 58


@dataclass(frozen=True, slots=True)
class Choice(Named):
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Found(Named):
    """``listed``: it is on the list already, and cannot be added."""

    id: str
    name: str
    where: str
    codes: str
    listed: bool


@dataclass(frozen=True, slots=True)
class Choices(Named):
    programs: tuple[Choice, ...]
    signalled: tuple[Choice, ...]
    tiers: tuple[Choice, ...]
    signals: tuple[Choice, ...]
    reasons: tuple[Choice, ...]
    unknown: tuple[Choice, ...]
    known: tuple[Choice, ...]


def choices_of(entries: Sequence[ListEntry], profile: Mapping[str, Any], model: "Model") -> Choices:
    """``unknown``: members of the profile that she has not told come first."""
    programs = tuple(Choice(entry.program_id, _entry_words(entry)) for entry in entries)
    kinds = dict.fromkeys(
        kind
        for slug in dict.fromkeys(entry.program.specialty_id for entry in entries)
        for kind in signal_kinds(model.signals, slug)
    )
    asked = [(name, words[:1].upper() + words[1:]) for name, words in MEMBERS.items()]
    return Choices(
        programs=programs,
        signalled=tuple(
            Choice(entry.program_id, f"{_entry_words(entry)} ({entry.signal})")
            for entry in entries
            if entry.signal
        ),
        tiers=tuple(Choice(tier, tier) for tier in TIERS),
        signals=tuple(Choice(kind, SIGNAL_WORDS[kind]) for kind in kinds),
        reasons=tuple(Choice(value, str(label)) for value, label in ReviewPatch.Reason.choices),
        unknown=tuple(Choice(name, words) for name, words in asked if not stated(profile, name)),
        known=tuple(Choice(name, words) for name, words in asked if stated(profile, name)),
    )


def _entry_words(entry: ListEntry) -> str:
    name = program_name(program_facts(entry.program))
    short = name if len(name) <= SHORT_NAME else f"{name[: SHORT_NAME - 1].rstrip()}…"
    return f"{entry.position}. {short}"


def programs_found(review: "Review", query: str) -> tuple[Found, ...]:
    """By every word of a name, a place or a code; her specialties first, two queries."""
    query = query.strip()[:LONGEST_SEARCH]
    if not query:
        return ()
    wanted = review.saved_list.match.run.profile.get("specialties") or []
    hers_first = Case(
        When(specialty__in=wanted, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = (
        programs_find(ProgramQuery(search=query))
        .filter(Q(retired_on__isnull=True), same_as__isnull=True)
        .select_related("specialty")
        .order_by(hers_first, "name", "id")[:MOST_FOUND]
    )
    listed = frozenset(review.saved_list.entries.order_by().values_list("program_id", flat=True))
    return tuple(_found(row, listed) for row in rows)


def _found(program: Program, listed: frozenset[str]) -> Found:
    facts = program_facts(program)
    return Found(
        id=program.id,
        name=program_name(facts),
        where=f"{program_place(facts)} · {program_specialty(facts)}",
        codes=codes_of(program.acgme_id, program.nrmp_code),
        listed=program.id in listed,
    )
