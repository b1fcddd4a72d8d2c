"""What the front page tells of itself: how much is held, how fresh it is, and one real answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Q

from applicants.personas import PERSONAS
from applicants.services import profile_validate
from matching.schema import MatchOptions
from matching.scoring.registry import GATES
from programs.choices import ListingStatus, Ring
from programs.models import DataVersion, Program, ProgramFact
from programs.snapshot import version_current

KEPT = 60 * 60 * 24  # seconds; the key names the versions, so that nothing old is ever shown
SAMPLE_EXPLAINED = 5
RULES = tuple(sorted({field for gate in GATES for field in gate.fact_fields}))


@dataclass(frozen=True, slots=True)
class Holdings:
    """Programs held, each ring with the ones inside it, and how fresh they are."""

    rings: tuple[tuple[str, int], ...]
    specialties: int
    tracks: int
    current: int
    with_rules: int
    facts: int
    published: datetime


def holdings_current() -> Holdings | None:
    """One count a data version, kept in the cache. None where nothing has been published."""
    version = version_current()
    if version is None:
        return None
    key = f"holdings:{version}"
    held: Holdings | None = cache.get(key)
    if held is None:
        held = _holdings_count(version)
        cache.set(key, held, KEPT)
    return held


def _holdings_count(version: str) -> Holdings:
    counts = dict(
        Program.objects.order_by().values_list("ring").annotate(n=Count("program_key", distinct=True))
    )
    total, rings = 0, []
    for ring in Ring.values:  # innermost first: each holds the ones before it
        total += counts.get(ring, 0)
        rings.append((ring, total))
    tracks = Program.objects.aggregate(
        n=Count("pk"),
        specialties=Count("specialty", distinct=True),
        current=Count("pk", filter=Q(listing_status=ListingStatus.CURRENT)),
    )
    with_rules = ProgramFact.objects.filter(field__in=RULES).aggregate(
        n=Count("program__program_key", distinct=True)
    )
    return Holdings(
        rings=tuple(rings),
        specialties=tracks["specialties"],
        tracks=tracks["n"],
        current=tracks["current"],
        with_rules=with_rules["n"],
        facts=ProgramFact.objects.count(),
        published=DataVersion.objects.values_list("created_at", flat=True).get(version=version),
    )


def sample_document() -> dict[str, Any] | None:
    """The first persona's real answer, worked out once a data and model version. None without a catalogue."""
    # The engine and its libraries load with the first page, not with the process.
    from matching.catalogue import catalogue_get  # noqa: PLC0415
    from matching.engine import answer_compute, answer_document, model_version  # noqa: PLC0415

    version = version_current()
    if version is None:
        return None
    key = f"sample:{version}:{model_version()}:{settings.SEASON}"
    document: dict[str, Any] | None = cache.get(key)
    if document is None:
        catalogue = catalogue_get(version)
        answer = answer_compute(
            profile=profile_validate(PERSONAS[0].document, season=settings.SEASON),
            options=MatchOptions(),
            catalogue=catalogue,
            season=settings.SEASON,
        )
        document = answer_document(answer, catalogue, explain=SAMPLE_EXPLAINED)
        cache.set(key, document, KEPT)
    return document
