"""What was tried and kept, as a person's own copy of it. Not what opens a private link."""

import uuid
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from matching.models import Scenario
from matching.selectors import matches_for_request

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    Asker = AbstractBaseUser | AnonymousUser | None


def scenarios_for_request(*, user: "Asker" = None, visitor: uuid.UUID | None = None) -> QuerySet[Scenario]:
    own = matches_for_request(user=user, visitor=visitor).order_by().values("pk")
    return Scenario.objects.filter(match__in=own)


def scenarios_export(*, user: "Asker" = None, visitor: uuid.UUID | None = None) -> list[dict[str, Any]]:
    """One query."""
    rows = scenarios_for_request(user=user, visitor=visitor).select_related("match")
    return [
        {
            "answer_asked": row.match.created_at,
            "name": row.name,
            "kept": row.place > 0,
            "made": row.created_at,
            "changed": row.updated_at,
            "changes": row.changes,
            "before": row.earlier,
            "figures": row.figures,
            "link_until": row.shared_until,
        }
        for row in rows
    ]
