from django.db import transaction
from django.utils import timezone

from matching.list_state import Kept, State
from matching.models import Match, MatchRun, SavedList
from matching.selectors import MatchNotReady, match_document

from .list_judging import KIND_OF, Judged, figures_kept, list_judged, ours_of
from .list_writing import Written, entries_write, list_lock, list_state, list_write, version_write

NAME_MOST = SavedList._meta.get_field("name").max_length or 0
FIRST_NAME = "My list"
EVERY_ROW = 10_000


class ListNotReady(Exception):
    """The match has no answer yet, or none will come: there is nothing to save."""


class ListNameInvalid(Exception):
    """A name of nothing but blanks, or longer than a list's name may be; the message says which."""


@transaction.atomic
def list_save(*, match: Match, name: str, note: str = "") -> SavedList:
    """Keep the recommended programs of a match, in order, with the tier, range and signal they have now.

    The list belongs to whom the match belongs to. Raises ListNotReady, ListNameInvalid.
    """
    if match.run.state != MatchRun.State.DONE:
        raise ListNotReady(match.run.state)
    try:
        document = match_document(match, explain=EVERY_ROW)  # with the rules that are not met
    except MatchNotReady as fault:
        raise ListNotReady(fault.state) from fault
    rows = {row["program"]["id"]: row for row in document["list"] if row["selected"]}
    state = tuple(Kept(name, KIND_OF.get(row["signal"], row["signal"] or "")) for name, row in rows.items())
    figures = figures_kept(
        document["summary"],
        model=document["model_version"],
        data=document["data_version"],
        ours=ours_of(match, document),
    )
    return _create(match, name, state, "Saved the recommended list", judged=Judged(rows, figures), note=note)


@transaction.atomic
def list_start(*, match: Match, name: str = FIRST_NAME) -> SavedList:
    """An empty list of one's own. Raises ListNotReady, ListNameInvalid."""
    if match.run.state != MatchRun.State.DONE:
        raise ListNotReady(match.run.state)
    return _create(match, name, (), "Started an empty list")


@transaction.atomic
def list_copy(*, saved_list: SavedList, name: str) -> SavedList:
    """The same programs, notes and odds under another name, to try something out. Raises ListNameInvalid."""
    from matching.reporting.keeping import chances_copy  # noqa: PLC0415

    locked = list_lock(saved_list)
    state, words = list_state(locked), f"Copied from {locked.name}"
    copied = _create(locked.match, name, state, words, note=locked.note)
    chances_copy(source=locked, copied=copied)
    return copied


@transaction.atomic
def list_rebase(*, saved_list: SavedList, match: Match) -> Written:
    """Judge the list by the answers of another match of the same person, from now on.

    Raises ListNotReady where that match has no answer, ValueError where it is another's.
    """
    from matching.reporting.keeping import outcomes_keep  # noqa: PLC0415

    if match.run.state != MatchRun.State.DONE:
        raise ListNotReady(match.run.state)
    locked = list_lock(saved_list)
    if (match.owner_id, match.visitor) != (locked.owner_id, locked.visitor):
        raise ValueError("a list is judged by its owner's answers alone")
    state = list_state(locked)
    # While it still stands on the answers its chances were made with.
    outcomes_keep(saved_list=locked, before=state, after=state, judged_anew=True, now=timezone.now())
    locked.match = match
    locked.save(update_fields=["match"])
    words = f"Judged by the answers of {match.created_at:%-d %B %Y, %H:%M} UTC"
    return list_write(saved_list=locked, before=state, after=state, words=words, anew=True)


@transaction.atomic
def list_rename(*, saved_list: SavedList, name: str, note: str | None = None) -> SavedList:
    """Give a list another name, and another note where one is given. Raises ListNameInvalid."""
    saved_list.name = name_clean(name)
    saved_list.note = saved_list.note if note is None else note.strip()
    saved_list.updated_at = timezone.now()
    saved_list.save(update_fields=["name", "note", "updated_at"])
    return saved_list


@transaction.atomic
def list_delete(*, saved_list: SavedList) -> None:
    """Delete a list with its entries; its private link leads nowhere from now on. The match stays."""
    saved_list.delete()


def name_clean(name: str) -> str:
    """Raises ListNameInvalid."""
    name = " ".join(name.split())
    if not name:
        raise ListNameInvalid("Give the list a name.")
    if len(name) > NAME_MOST:
        raise ListNameInvalid(f"A name has at most {NAME_MOST} characters; this one has {len(name)}.")
    return name


def _create(
    match: Match, name: str, state: State, words: str, *, judged: Judged | None = None, note: str = ""
) -> SavedList:
    now = timezone.now()
    saved_list = SavedList(
        match=match,
        name=name_clean(name),
        note=note.strip(),
        owner_id=match.owner_id,
        visitor=match.visitor,
        created_at=now,
        updated_at=now,
    )
    judged = judged or list_judged(saved_list, state)
    saved_list.figures = judged.figures
    saved_list.save(force_insert=True)
    entries_write(saved_list, state, judged)
    version_write(saved_list, state, words)
    return saved_list
