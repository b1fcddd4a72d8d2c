"""What an applicant reads of it: who of the staff opened what of hers, and on which day."""

from datetime import date
from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Max
from django.db.models.functions import TruncDate

from matching.access.noting import EXPORTED, OPENED
from matching.access.words import thing_words
from matching.models import StaffAccess

MOST = 200  # lines; older ones are in the file she can take with her


class Look(NamedTuple):
    who: str
    what: str
    day: date


def looks_at(user: AbstractBaseUser | AnonymousUser | None, *, most: int | None = MOST) -> list[Look]:
    """A line a day for each person and kind of thing, the latest first. One query."""
    if user is None or not user.is_authenticated:
        return []
    rows = (
        StaffAccess.objects.filter(subject=user.pk, action__in=(OPENED, EXPORTED))
        .order_by()
        .annotate(day=TruncDate("at"))
        .values("user_name", "action", "model", "day")
        .annotate(last=Max("at"))
        .order_by("-last")
    )
    return [Look(row["user_name"], _what(row["action"], row["model"]), row["day"]) for row in rows[:most]]


def _what(action: str, model: str) -> str:
    return f"{thing_words(model)}, taken into a table" if action == EXPORTED else thing_words(model)
