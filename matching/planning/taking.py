"""A person's plan as her own copy of it."""

import uuid
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from matching.models import Plan

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    Asker = AbstractBaseUser | AnonymousUser | None


def plans_for_request(*, user: "Asker" = None, visitor: uuid.UUID | None = None) -> QuerySet[Plan]:
    own = Q(pk__in=())
    if user is not None and user.is_authenticated:
        own |= Q(owner_id=user.pk)
    if visitor is not None:
        own |= Q(visitor=visitor)
    return Plan.objects.filter(own)


def plans_export(*, user: "Asker" = None, visitor: uuid.UUID | None = None) -> list[dict[str, Any]]:
    """Two queries. Not what opens her calendar, nor what stops her mail."""
    return [
        {
            "season": plan.season,
            "applied_before": plan.applied_before,
            "chosen": plan.chosen,
            "made": plan.created_at,
            "changed": plan.updated_at,
            "reckoned": plan.as_of,
            "plan": plan.document,
            "calendar_link": plan.feed_token is not None,
            "mail": plan.remind,
            "steps": list(
                plan.steps.values(
                    "code", "program", "state", "snoozed_until", "note", "label", "done_on", "before"
                )
            ),
        }
        for plan in plans_for_request(user=user, visitor=visitor)
    ]
