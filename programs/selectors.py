"""Reads of the catalogue, each a constant number of queries whatever the catalogue holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from programs.choices import COUNTED
from programs.fact_fields import FACT_FIELDS
from programs.geography import RINGS, rings_within
from programs.models import Program, ProgramFact, ProgramOverride, Specialty
from programs.public import facts_public
from programs.search import search_words

FIELD_ORDER = {field: place for place, field in enumerate(FACT_FIELDS)}


@dataclass(frozen=True, slots=True)
class ProgramQuery:
    """What to look for. Several values of one filter are alternatives; different filters all hold.

    An unknown fact never matches a filter that asks for it, save ``accepts_step2ck``: there only a stated
    minimum above the score shuts a program out.
    """

    specialties: tuple[str, ...] = ()
    rings: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    county: str = ""
    tracks: tuple[str, ...] = ()
    listing_statuses: tuple[str, ...] = ()
    program_types: tuple[str, ...] = ()
    visas: tuple[str, ...] = ()
    safety_net: bool | None = None
    accepts_img: bool | None = None
    accepts_step2ck: int | None = None
    code: str = ""
    search: str = ""
    updated_since: datetime | None = None


class SpecialtyCount(TypedDict):
    slug: str
    name: str
    application_service: str
    tracks: int
    programs: int


class RingCount(TypedDict):
    ring: str
    tracks: int
    programs: int


def _has(**fact: Any) -> Exists:
    """The current fact of the program is so. Each lookup is answered by a partial index."""
    return Exists(ProgramFact.objects.filter(program=OuterRef("pk"), is_current=True, **fact))


def programs_open() -> QuerySet[Program]:
    """Whom one may still apply to: not the retired, nor what the desk merged into another.

    A program that the files alone call the same as another stays: its facts are nowhere else.
    """
    merged = ProgramOverride.objects.filter(field="same_as", ended_at=None).exclude(value="")
    return Program.objects.filter(retired_on=None).exclude(pk__in=merged.values("program"))


def programs_find(query: ProgramQuery) -> QuerySet[Program]:
    """Unordered; the caller orders and cuts."""
    rows = programs_open()
    for lookup, values in (
        ("specialty__in", query.specialties),
        ("state__in", query.states),
        ("track__in", query.tracks),
        ("listing_status__in", query.listing_statuses),
    ):
        if values:
            rows = rows.filter(**{lookup: values})
    if query.rings:
        rows = rows.filter(ring__in=rings_within(max(query.rings, key=RINGS.index)))
    if query.county:
        rows = rows.filter(county__iexact=query.county)
    if query.code:
        rows = rows.filter(Q(acgme_id=query.code) | Q(nrmp_code=query.code.upper()))
    if query.updated_since:
        rows = rows.filter(updated_at__gte=query.updated_since)
    return _searched(_by_facts(rows, query), query.search)


def _by_facts(rows: QuerySet[Program], query: ProgramQuery) -> QuerySet[Program]:
    if query.program_types:
        asked = Q(_has(field="program_type", value_code__in=query.program_types))
        # A safety-net hospital is a yes of its own beside the type; asking for that type means either.
        if "safety-net" in query.program_types:
            asked |= Q(_has(field="safety_net", value_code="yes"))
        rows = rows.filter(asked)
    if query.safety_net is not None:
        rows = rows.filter(_has(field="safety_net", value_code="yes" if query.safety_net else "no"))
    if query.accepts_img is not None:
        codes = ("yes", "limited") if query.accepts_img else ("no",)
        rows = rows.filter(_has(field="accepts_img", value_code__in=codes))
    if query.visas:
        fields = [f"visa_{visa}" for visa in query.visas]
        rows = rows.filter(_has(field__in=fields, value_code__in=("yes", "limited")))
    if query.accepts_step2ck is not None:
        rows = rows.exclude(_has(field="min_step2ck", value_number__gt=query.accepts_step2ck))
    return rows


def _searched(rows: QuerySet[Program], search: str) -> QuerySet[Program]:
    """Every word must be found somewhere in names, aliases, institution, city or codes."""
    if not search.strip():
        return rows
    words = search_words(search)
    for word in words:
        rows = rows.filter(search_text__contains=word)
    return rows if words else rows.none()


def facts_of(program_ids: Iterable[str], fields: Iterable[str]) -> dict[str, dict[str, float | str | None]]:
    """The current values of a few fields by program and field: one query for a whole page."""
    rows = ProgramFact.objects.filter(
        program_id__in=list(program_ids), field__in=list(fields), is_current=True
    ).values_list("program_id", "field", "value_number", "value_code")
    found: dict[str, dict[str, float | str | None]] = {}
    for program_id, field, number, code in rows:
        found.setdefault(program_id, {})[field] = number if number is not None else code or None
    return found


def facts_listed(program_id: str) -> list[ProgramFact]:
    """Every fact of a program that counts, in the vocabulary's order, the current one of each field first.

    What waits for its second reader, or was refused, is on the desk alone. Of a roster's counts it is what
    the public sees.
    """
    rows = ProgramFact.objects.filter(program_id=program_id, check_state__in=COUNTED)
    return facts_public(
        sorted(rows, key=lambda fact: (FIELD_ORDER[fact.field], not fact.is_current, fact.pk))
    )


def specialties_counted() -> list[SpecialtyCount]:
    """Every specialty with its numbers of tracks and programs, by slug."""
    rows = (
        Specialty.objects.order_by("slug")
        .annotate(track_count=Count("programs"), program_count=Count("programs__program_key", distinct=True))
        .values_list("slug", "name", "application_service", "track_count", "program_count")
    )
    return [
        SpecialtyCount(slug=slug, name=name, application_service=service, tracks=tracks, programs=programs)
        for slug, name, service, tracks, programs in rows
    ]


def rings_counted() -> list[RingCount]:
    """Tracks and programs within each ring, innermost first; a ring holds the ones before it."""
    rows = list(
        Program.objects.order_by()
        .values_list("ring")
        .annotate(tracks=Count("id"), programs=Count("program_key", distinct=True))
    )
    # The tracks of one program share their place, so programs add up as tracks do.
    return [
        RingCount(
            ring=ring,
            tracks=sum(tracks for inner, tracks, _ in rows if inner in rings_within(ring)),
            programs=sum(programs for inner, _, programs in rows if inner in rings_within(ring)),
        )
        for ring in RINGS
    ]
