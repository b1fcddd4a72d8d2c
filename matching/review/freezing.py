"""A list frozen as one version of its review: what stood where, and by what it was judged."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max

from matching.models import ListEntry, Review, ReviewVersion, SavedList

from .marks import Mark, marks_of


def list_of(review: Review) -> SavedList:
    """The list of a review with its match and run, without their answers."""
    rows = SavedList.objects.select_related("match__run")
    return rows.defer("match__run__result", "match__run__whole").get(pk=review.saved_list_id)


def version_freeze(review: Review, *, reason: str, now: datetime) -> ReviewVersion:
    """The next version of a locked review. Its owner's notes beside programs are hers and stay out, and so
    does what is for the desk alone: she may read every version."""
    saved_list = list_of(review)
    run, judged = saved_list.match.run, (saved_list.figures or {}).get("judged") or {}
    last = review.versions.order_by().aggregate(last=Max("number"))["last"] or 0
    return ReviewVersion.objects.create(
        review=review,
        number=last + 1,
        list_version=saved_list.version,
        reason=reason,
        entries=entries_frozen(saved_list),
        figures=saved_list.figures,
        profile=run.profile,
        model_version=judged.get("model") or run.model_version,
        data_version=judged.get("data") or run.data_version,
        created_at=now,
    )


def entries_frozen(saved_list: SavedList) -> list[dict[str, Any]]:
    """The programs in order, each with what stands beside it: two queries."""
    marks = marks_of(saved_list, desk=False)
    rows = ListEntry.objects.filter(saved_list=saved_list).select_related("program").order_by("position")
    return [_frozen(row, marks) for row in rows]


def _frozen(entry: ListEntry, marks: Mapping[str, Mark]) -> dict[str, Any]:
    mark, shown = marks.get(entry.program_id, Mark()), entry.shown or {}
    return {
        "program": entry.program_id,
        "name": entry.program.name.removesuffix(" Program") or entry.program.name,
        "position": entry.position,
        "tier": entry.tier,
        "probability": entry.probability,
        "low": entry.low,
        "high": entry.high,
        "status": entry.status,
        "signal": entry.signal,
        "closed": bool(shown.get("closed")),
        "mark": mark.tier,
        "locked": mark.locked,
    }
