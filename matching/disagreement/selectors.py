"""What the report counts, in a number of queries that does not grow with the reviews."""

from collections import Counter
from collections.abc import Iterator, Mapping
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.db.models.fields.json import KeyTransform

from matching.caseload import Reader, reviews_visible
from matching.models import ListEntry, Review, ReviewPatch, ReviewVersion
from programs.models import ProgramFact

from .counting import Counted, Facets, Move, counted

# Said by the advisor and not taken back. What the applicant made of it does not change what she said.
SAID = (ReviewPatch.State.SENT, ReviewPatch.State.ACCEPTED, ReviewPatch.State.DECLINED)
ANSWERED = (ReviewVersion.Reason.SENT, ReviewVersion.Reason.APPROVED)
NO_SCORE, NO_KIND = "none", "none"
BAND_EDGES = (220, 230, 240, 250)
BANDS = ("below-220", "220-229", "230-239", "240-249", "250-up", NO_SCORE)


def disagreement(reader: Reader) -> Counted:
    """Of the reviews that ``reader`` sees: five queries."""
    reviewed = _reviewed(reader)
    bands = {
        pk: _band(score)
        for pk, score in reviewed.annotate(score=_score()).order_by().values_list("saved_list_id", "score")
    }
    kinds = _kinds()
    entries = ListEntry.objects.filter(saved_list__in=reviewed.order_by().values("saved_list")).exclude(
        tier=""
    )
    return counted(_looks(entries, bands, kinds), _moves(reviewed, bands, kinds))


def _reviewed(reader: Reader) -> QuerySet[Review]:
    """Those an advisor has answered: sent back, approved, or with a move that she keeps to the desk."""
    versions = ReviewVersion.objects.filter(review=OuterRef("pk"), reason__in=ANSWERED)
    rows = reviews_visible(reader).exclude(state=Review.State.WITHDRAWN)
    return rows.filter(Exists(versions) | Exists(_said().filter(review=OuterRef("pk"))))


def _said() -> QuerySet[ReviewPatch]:
    return ReviewPatch.objects.filter(kind=ReviewPatch.Kind.TIER, state__in=SAID)


def _score() -> KeyTransform:
    return KeyTransform("score", KeyTransform("step2ck", "saved_list__match__run__profile"))


def _band(score: object) -> str:
    """The profile the list was judged for is a document: a score is a number there, or nothing."""
    if not isinstance(score, int | float):
        return NO_SCORE
    return BANDS[sum(score >= edge for edge in BAND_EDGES)]


def _kinds() -> dict[str, str]:
    facts = ProgramFact.objects.filter(field="program_type", is_current=True)
    return {program: kind or NO_KIND for program, kind in facts.values_list("program_id", "value_code")}


def _looks(
    entries: QuerySet[ListEntry], bands: Mapping[UUID, str], kinds: Mapping[str, str]
) -> dict[str, Counter[str]]:
    """Programs with a tier on reviewed lists, by facet and group: two queries."""
    found: dict[str, Counter[str]] = {facet: Counter() for facet in ("specialty", "ring", "kind", "band")}
    programs = entries.order_by().values("program_id", "program__specialty__name", "program__ring")
    for row in programs.annotate(looks=Count("id")):
        found["specialty"][row["program__specialty__name"]] += row["looks"]
        found["ring"][row["program__ring"]] += row["looks"]
        found["kind"][kinds.get(row["program_id"], NO_KIND)] += row["looks"]
    lists = entries.order_by().values("saved_list_id").annotate(looks=Count("id"))
    for saved_list, looks in lists.values_list("saved_list_id", "looks"):
        found["band"][bands[saved_list]] += looks
    return found


def _moves(reviewed: QuerySet[Review], bands: Mapping[UUID, str], kinds: Mapping[str, str]) -> Iterator[Move]:
    entries = ListEntry.objects.exclude(tier="")
    listed = entries.filter(saved_list=OuterRef("review__saved_list"), program=OuterRef("program"))
    patches = _said().filter(review__in=reviewed.order_by().values("pk"))
    rows = patches.annotate(listed=Exists(listed), list=F("review__saved_list")).order_by("id")
    for row in rows.values(
        "review_id", "list", "program_id", "tier_from", "tier_to", "reason", "private", "listed",
        "program__specialty__name", "program__ring",
    ).iterator():  # fmt: skip
        yield Move(
            review=str(row["review_id"]),
            program=row["program_id"],
            tier_from=row["tier_from"],
            tier_to=row["tier_to"],
            reason=row["reason"],
            private=row["private"],
            listed=row["listed"],
            facets=Facets(
                row["program__specialty__name"],
                row["program__ring"],
                kinds.get(row["program_id"], NO_KIND),
                bands[row["list"]],
            ),
        )
