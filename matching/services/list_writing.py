"""How every change of a list is written: its programs judged anew, one version more, all or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from matching.list_state import Kept, State, programs_of, state_documents, state_read
from matching.models import ListEntry, ListVersion, SavedList
from programs.models import Program

from .list_judging import Judged, judged_now, list_judged

UNDID = "Undid: "
VERSIONS_KEPT = 100
WORDS_MOST = ListVersion._meta.get_field("change").max_length or 0


@dataclass(frozen=True, slots=True)
class Written:
    """``words`` say what was done, "" where nothing was to do; ``stale``: the list had changed meanwhile;
    ``moved``: other programs or places; ``touched``: programs with something else set beside them;
    ``locked``: what was to go and stays, for an advisor asked to keep it and the owner agreed."""

    saved_list: SavedList
    words: str
    stale: bool = False
    moved: bool = False
    touched: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()


def list_lock(saved_list: SavedList) -> SavedList:
    """The list with its match, held until the transaction ends: changes come one after another."""
    rows = SavedList.objects.select_for_update(of=("self",)).select_related("match__run")
    return rows.defer("match__run__result", "match__run__whole").get(pk=saved_list.pk)


def list_state(saved_list: SavedList) -> State:
    """The list as it stands."""
    fields = ("program", "signal", "status", "note")
    return state_read(ListEntry.objects.filter(saved_list=saved_list).order_by("position").values(*fields))


def list_write(
    *, saved_list: SavedList, before: State, after: State, words: str, anew: bool = False
) -> Written:
    """Make ``after`` of a locked list, as its next version; nothing where it is so already, unless it is to
    be judged ``anew``."""
    if before == after and not anew:
        return Written(saved_list, "")
    by_current = judged_now(saved_list)
    _outcomes_keep(saved_list, before, after, judged_anew=anew or not by_current)
    if not anew and _same_odds(before, after) and by_current:
        _notes_write(saved_list, set(after) - set(before))
    else:
        # All rows anew: with a program or a signal the list as a whole is another, and places are unique.
        judged = list_judged(saved_list, after)
        ListEntry.objects.filter(saved_list=saved_list).delete()
        entries_write(saved_list, after, judged)
        saved_list.figures = judged.figures
    saved_list.version += 1
    saved_list.updated_at = timezone.now()
    saved_list.save(update_fields=["version", "figures", "updated_at"])
    version_write(saved_list, after, words)
    _review_follow(saved_list)
    return Written(
        saved_list,
        words,
        moved=programs_of(before) != programs_of(after),
        touched=frozenset(each.program for each in set(after) - set(before)),
    )


def _outcomes_keep(saved_list: SavedList, before: State, after: State, *, judged_anew: bool) -> None:
    from matching.reporting.keeping import outcomes_keep  # noqa: PLC0415

    outcomes_keep(
        saved_list=saved_list, before=before, after=after, judged_anew=judged_anew, now=timezone.now()
    )


def _review_follow(saved_list: SavedList) -> None:
    """A list that nobody has an account for was never sent to an advisor."""
    if saved_list.owner_id is not None:
        from matching.review.services.following import review_follow  # noqa: PLC0415

        review_follow(saved_list=saved_list, now=saved_list.updated_at)


def _same_odds(before: State, after: State) -> bool:
    """The same programs and signals in the same places: notes and statuses change no chance."""
    return [(each.program, each.signal) for each in before] == [(each.program, each.signal) for each in after]


def _notes_write(saved_list: SavedList, changed: Iterable[Kept]) -> None:
    said = {each.program: each for each in changed}
    rows = list(ListEntry.objects.filter(saved_list=saved_list, program__in=list(said)))
    for row in rows:
        row.status, row.note = said[row.program_id].status, said[row.program_id].note
    ListEntry.objects.bulk_update(rows, ["status", "note"])


def entries_write(saved_list: SavedList, state: State, judged: Judged) -> None:
    """The rows of a list that has none."""
    ListEntry.objects.bulk_create(
        ListEntry(
            saved_list=saved_list,
            program_id=each.program,
            position=position,
            signal=each.signal,
            status=each.status,
            note=each.note,
            **judged.odds(each.program),
        )
        for position, each in enumerate(state, start=1)
    )


def version_write(saved_list: SavedList, state: State, words: str) -> None:
    """Keep the list as it is now; of the versions without a name the latest hundred stay."""
    ListVersion.objects.create(
        saved_list=saved_list,
        number=saved_list.version,
        entries=state_documents(state),
        change=words if len(words) <= WORDS_MOST else f"{words[: WORDS_MOST - 1]}…",
        created_at=saved_list.updated_at,
    )
    if saved_list.version > VERSIONS_KEPT:
        saved_list.versions.filter(name="", number__lte=saved_list.version - VERSIONS_KEPT).delete()


def names_of(programs: Iterable[str]) -> dict[str, str]:
    """What a change calls its programs."""
    rows = Program.objects.filter(pk__in=list(programs)).values_list("pk", "name")
    return {pk: name.removesuffix(" Program") or name for pk, name in rows}
