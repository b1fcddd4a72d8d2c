"""Who reviews saved lists, and what an advisor may do: read lists, the matches and profiles behind them and
what became of them, and say that proof of that was seen."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS

ADVISORS = "Advisors"
MAY = (
    ("applicants", "view_profile"),
    ("matching", "view_match"),
    ("matching", "view_savedlist"),
    ("matching", "view_outcomereport"),
    ("matching", "witness_outcomereport"),
)


def advisors_group_keep(*, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Makes the group and gives it exactly these permissions. Runs after every migrate.

    A data migration could not: on a new database permissions are made only when all migrations have run.
    """
    from django.contrib.auth.models import Group, Permission  # noqa: PLC0415
    from django.db.models import Q  # noqa: PLC0415

    named = Q(pk__in=())
    for app, codename in MAY:
        named |= Q(content_type__app_label=app, codename=codename)
    permissions = Permission.objects.using(using).filter(named)
    if len(permissions) < len(MAY):
        return  # migrated only in part: the rest of the migrations calls again
    group, _created = Group.objects.using(using).get_or_create(name=ADVISORS)
    group.permissions.set(permissions)
