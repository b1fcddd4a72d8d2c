"""Reads of the lists somebody works on, each a constant number of queries however long the list."""

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, QuerySet, Value, When

from matching.models import ListEntry, ListVersion, Match, MatchRun, SavedList
from matching.paste import Index, Listed
from matching.selectors import lists_for_request, matches_for_request
from programs.models import Program

if TYPE_CHECKING:
    from matching.selectors import Asker, CountedList


def lists_by_use(
    *, user: "Asker" = None, visitor: uuid.UUID | None = None, chosen: str = ""
) -> QuerySet["CountedList"]:
    """One's own lists: the one chosen to add to, then the one changed last. The first is the current."""
    chosen_first = Case(When(pk=_uuid(chosen), then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = lists_for_request(user=user, visitor=visitor)
    return rows.order_by(chosen_first, "-updated_at", "-created_at", "pk")


def list_current(
    *, user: "Asker" = None, visitor: uuid.UUID | None = None, chosen: str = ""
) -> SavedList | None:
    """The list that what is added goes to; None where there is no list yet."""
    return lists_by_use(user=user, visitor=visitor, chosen=chosen).select_related(None).first()


def listed_ids(*, user: "Asker" = None, visitor: uuid.UUID | None = None, chosen: str = "") -> frozenset[str]:
    """Ids of the programs on the current list, in one query."""
    current = lists_by_use(user=user, visitor=visitor, chosen=chosen).values("pk")[:1]
    rows = ListEntry.objects.filter(saved_list__in=current)
    return frozenset(rows.order_by().values_list("program_id", flat=True))


def match_latest(*, user: "Asker" = None, visitor: uuid.UUID | None = None) -> Match | None:
    """The newest answer of one's own."""
    return matches_for_request(user=user, visitor=visitor).filter(run__state=MatchRun.State.DONE).first()


def match_newer(saved_list: SavedList, latest: Match | None) -> Match | None:
    """The newest answer, where it says other things than the one the list is judged by."""
    if latest is None or latest.created_at <= saved_list.match.created_at:
        return None
    return None if latest.run.profile == saved_list.match.run.profile else latest


def versions_counted(saved_list: SavedList) -> QuerySet[ListVersion]:
    """The history of a list, newest first."""
    return ListVersion.objects.filter(saved_list=saved_list).order_by("-number")


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def paste_index(specialties: Iterable[str]) -> Index:
    """The catalogue as pasted lines are looked up in it, in one query; ``specialties`` come first."""
    fields = ("id", "program_key", "acgme_id", "nrmp_code", "search_text", "state", "specialty_id", "track")
    rows = Program.objects.order_by("id").values_list(*fields)
    return Index([Listed(*row) for row in rows.iterator()], frozenset(specialties))


def programs_named(ids: Iterable[str]) -> dict[str, Program]:
    """Programs with what names them, by id."""
    return {row.pk: row for row in Program.objects.select_related("specialty").filter(pk__in=list(ids))}


def listed_keys(saved_list: SavedList) -> frozenset[str]:
    """Keys of the programs on a list, whatever their track."""
    rows = ListEntry.objects.filter(saved_list=saved_list).order_by()
    return frozenset(rows.values_list("program__program_key", flat=True))
