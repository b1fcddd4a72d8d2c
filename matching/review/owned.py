"""The reviews of one's own lists: those of one list, and all of them as a person's own copy."""

import uuid
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from matching.models import Review, SavedList
from matching.selectors import lists_for_request

from .selectors import events_for_owner, patches_for_owner

if TYPE_CHECKING:
    from matching.selectors import Asker


def reviews_of_list(saved_list: SavedList) -> list[Review]:
    """All it was ever in, the open one first, then the one that was sent last."""
    rows = Review.objects.filter(saved_list=saved_list)
    whole = rows.select_related("organisation", "approved_version", "advisor")
    newest = sorted(whole, key=lambda row: row.submitted_at, reverse=True)
    return sorted(newest, key=lambda row: row.state == Review.State.WITHDRAWN)


def reviews_for_request(*, user: "Asker" = None, visitor: uuid.UUID | None = None) -> QuerySet[Review]:
    lists = lists_for_request(user=user, visitor=visitor).order_by().values("pk")
    return Review.objects.filter(saved_list__in=lists).order_by("submitted_at", "id")


def reviews_export(*, user: "Asker" = None, visitor: uuid.UUID | None = None) -> list[dict[str, Any]]:
    """What she may read on the site, and no more: nothing that an advisor kept for the desk."""
    rows = reviews_for_request(user=user, visitor=visitor).select_related("organisation", "saved_list")
    return [_review(row) for row in rows]


def _review(row: Review) -> dict[str, Any]:
    return {
        "list": row.saved_list.name,
        "organisation": row.organisation.name,
        "code": row.code,
        "state": row.state,
        "message": row.message,
        "sent": row.submitted_at,
        "changed": row.changed_at,
        "approved_by": row.approved_by,
        "approved": row.approved_at,
        "no_longer_fits": row.stale_reason,
        "changes": list(
            patches_for_owner(row).values(
                "kind", "state", "program", "other", "tier_from", "tier_to", "signal", "reason", "text",
                "field", "effect", "answer", "author_name", "sent_at", "settled_at",
            )
        ),
        "history": list(events_for_owner(row).values("at", "actor_name", "words")),
        "versions": list(row.versions.values("number", "list_version", "reason", "created_at")),
    }  # fmt: skip
