"""What else a visitor keeps that a brief speaks of: her own list, and whether she has applied before."""

import uuid
from typing import TYPE_CHECKING

from django.db.models import Q

from matching.list_selectors import lists_by_use
from matching.models import ListEntry, Match, Plan

if TYPE_CHECKING:
    from matching.selectors import Asker


def saved_ids(
    match: Match, *, user: "Asker" = None, visitor: uuid.UUID | None = None, chosen: str = ""
) -> tuple[str, ...]:
    """Programs on her current list in order, where it is a list for this answer or for the same profile."""
    current = lists_by_use(user=user, visitor=visitor, chosen=chosen).select_related("match").first()
    if current is None:
        return ()
    alike = match.profile_id is not None and current.match.profile_id == match.profile_id
    if current.match_id != match.pk and not alike:
        return ()
    entries = ListEntry.objects.filter(saved_list=current).order_by("position")
    return tuple(entries.values_list("program_id", flat=True))


def applied_before(*, user: "Asker" = None, visitor: uuid.UUID | None = None) -> bool | None:
    """As she told it for her plan; None where she has not."""
    own = Q(pk__in=())
    if user is not None and user.is_authenticated:
        own = Q(owner=user)
    elif visitor is not None:
        own = Q(visitor=visitor)
    return Plan.objects.filter(own).values_list("applied_before", flat=True).first()
