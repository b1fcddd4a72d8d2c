from typing import Any

from django.db import transaction
from django.utils import timezone

from matching.models import ListEntry, ListLink, ListVersion, Match, MatchRun, SavedList
from matching.selectors import MatchNotReady, match_document

NAME_MOST = SavedList._meta.get_field("name").max_length or 0


class ListNotReady(Exception):
    """The match has no answer yet, or none will come: there is nothing to save."""


class ListNameInvalid(Exception):
    """A name of nothing but blanks, or longer than a list's name may be; the message says which."""


@transaction.atomic
def list_save(*, match: Match, name: str, note: str = "") -> SavedList:
    """Freeze the recommended programs of a match, in order, with the tier and range they have now.

    The list belongs to whom the match belongs to. Raises ListNotReady, ListNameInvalid.
    """
    if match.run.state != MatchRun.State.DONE:
        raise ListNotReady(match.run.state)
    try:
        rows = [row for row in match_document(match, explain=0)["list"] if row["selected"]]
    except MatchNotReady as fault:
        raise ListNotReady(fault.state) from fault
    now = timezone.now()
    saved_list = SavedList.objects.create(
        match=match,
        name=_name_clean(name),
        note=note.strip(),
        owner_id=match.owner_id,
        visitor=match.visitor,
        created_at=now,
        updated_at=now,
    )
    ListEntry.objects.bulk_create(
        _entry(saved_list, position, row) for position, row in enumerate(rows, start=1)
    )
    ListVersion.objects.create(
        saved_list=saved_list,
        number=saved_list.version,
        entries=[
            {"program": row["program"]["id"], "signal": row["signal"] or "", "status": "plan", "note": ""}
            for row in rows
        ],
        change="Saved",
        created_at=now,
    )
    ListLink.objects.create(saved_list=saved_list, mode=ListLink.Mode.LIST, created_at=now)
    return saved_list


@transaction.atomic
def list_rename(*, saved_list: SavedList, name: str, note: str | None = None) -> SavedList:
    """Give a list another name, and another note where one is given. Raises ListNameInvalid."""
    saved_list.name = _name_clean(name)
    saved_list.note = saved_list.note if note is None else note.strip()
    saved_list.updated_at = timezone.now()
    saved_list.save(update_fields=["name", "note", "updated_at"])
    return saved_list


@transaction.atomic
def list_delete(*, saved_list: SavedList) -> None:
    """Delete a list with its entries; its private link leads nowhere from now on. The match stays."""
    saved_list.delete()


def _name_clean(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise ListNameInvalid("Give the list a name.")
    if len(name) > NAME_MOST:
        raise ListNameInvalid(f"A name has at most {NAME_MOST} characters; this one has {len(name)}.")
    return name


def _entry(saved_list: SavedList, position: int, row: dict[str, Any]) -> ListEntry:
    interview = row["interview"]
    return ListEntry(
        saved_list=saved_list,
        program_id=row["program"]["id"],
        position=position,
        signal=row["signal"] or "",
        tier=row["tier"] or "",
        probability=interview["probability"],
        low=interview["low"],
        high=interview["high"],
    )
