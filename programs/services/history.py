"""History of rows that are written many at a time: one statement for all of them.

Rows saved one by one write their history themselves (django-simple-history). What is written past ``save()``
must say so here, or the trail has a hole.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Literal

from django.contrib.auth.models import User
from django.db import connection, models
from django.utils import timezone

from programs.services.chunks import chunks

FIRST = "As it stood when its history began"
Kind = Literal["+", "~", "-"]


def history_note(
    model: type[models.Model],
    ids: Collection[Any],
    *,
    kind: Kind,
    why: str,
    by: User | None = None,
) -> None:
    """Copies the rows as they now are into their history: after "+" and "~", before "-"."""
    now = timezone.now()
    for chunk in chunks(ids):
        _copy(model, f"{_pk(model)} IN ({', '.join(['%s'] * len(chunk))})", chunk, kind, why, by, now)


def history_start(model: type[models.Model], ids: Collection[Any] | None = None) -> None:
    """Copies the rows (all by default) that have no history yet, so that their first change has a before."""
    trail = _quote(model.history.model._meta.db_table)  # type: ignore[attr-defined]  # HistoricalRecords
    table, pk = _quote(model._meta.db_table), _pk(model)
    # Names of our own tables alone; every value goes as a parameter.
    unknown = f"NOT EXISTS (SELECT 1 FROM {trail} WHERE {trail}.{pk} = {table}.{pk})"  # noqa: S608
    now = timezone.now()
    if ids is None:
        _copy(model, unknown, [], "+", FIRST, None, now)
        return
    for chunk in chunks(ids):
        named = f"{pk} IN ({', '.join(['%s'] * len(chunk))}) AND {unknown}"
        _copy(model, named, chunk, "+", FIRST, None, now)


def _copy(
    model: type[models.Model],
    where: str,
    values: list[Any],
    kind: Kind,
    why: str,
    by: User | None,
    at: datetime,
) -> None:
    trail = model.history.model  # type: ignore[attr-defined]
    columns = ", ".join(_quote(field.column) for field in trail.tracked_fields)
    said = ("history_date", "history_type", "history_change_reason", "history_user_id")
    names = ", ".join(_quote(name) for name in said)
    noted = [
        connection.ops.adapt_datetimefield_value(at),
        kind,
        why[:100],
        by.pk if by else None,
    ]
    statement = (
        f"INSERT INTO {_quote(trail._meta.db_table)} ({columns}, {names}) "  # noqa: S608
        f"SELECT {columns}, %s, %s, %s, %s FROM {_quote(model._meta.db_table)} WHERE {where}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*noted, *values])


def _quote(name: str) -> str:
    return connection.ops.quote_name(name)


def _pk(model: type[models.Model]) -> str:
    return _quote(str(model._meta.pk.column))
