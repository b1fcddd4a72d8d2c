"""After a publishing each list that it may concern is judged by the new data, and what moved is kept."""

import logging
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from matching.models import DigestRun, ListDigest, ListEntry, SavedList
from programs.models import DataVersion
from programs.snapshot import version_current

if TYPE_CHECKING:
    from matching.digests.comparing import Changes

logger = logging.getLogger(__name__)

EVERY_SECONDS = 30.0
TURN = 500  # lists
BATCH = 100  # lists looked at before it is noted how far it came


class Compared(NamedTuple):
    compared: int
    changed: int


def digests_advance(*, now: datetime, limit: int | None = None) -> int:
    """Goes on comparing lists with the version published last, from where it stopped; how many it looked at.

    Done again, or by two workers at once, it tells each list once: the database holds one digest a list and
    version.
    """
    version = version_current()
    run = _run(version, now) if version else None
    looked = 0
    while run is not None and (limit is None or looked < limit):
        lists = list(_lists(run.after_list)[:BATCH])
        if not lists:
            DigestRun.objects.filter(pk=run.pk, done_at=None).update(done_at=now)
            break
        came = _compare(lists, run.data_version, now)
        looked += len(lists)
        run = _note(run, lists[-1].pk, came)
    return looked


def digests_turn(now: datetime) -> None:
    """One turn of the background work: so much that other work beside it need not wait long."""
    digests_advance(now=now, limit=TURN)


def _run(version: str, now: datetime) -> DigestRun | None:
    """The row of this version while it is not done, None where it is.

    Rows of other versions go: what was overtaken may be published again, and lists are to be told of it then.
    """
    DigestRun.objects.exclude(data_version=version).delete()
    rows = DigestRun.objects.filter(data_version=version)
    if not rows.exists():
        DigestRun.objects.bulk_create(
            [DigestRun(data_version=version, started_at=now)], ignore_conflicts=True
        )
    return rows.filter(done_at=None).first()


def _note(run: DigestRun, last: uuid.UUID, came: Compared) -> DigestRun | None:
    """None where another worker was faster: it goes on."""
    rows = DigestRun.objects.filter(pk=run.pk, after_list=run.after_list, done_at=None)
    written = rows.update(
        after_list=last, compared=run.compared + came.compared, changed=run.changed + came.changed
    )
    return DigestRun.objects.filter(pk=run.pk).first() if written else None


def _lists(after: uuid.UUID | None) -> QuerySet[SavedList]:
    """Lists of a season that is not past, in the order of their ids."""
    rows = SavedList.objects.filter(match__run__season__gte=settings.SEASON).order_by("pk")
    rows = rows.select_related("match__run").defer("match__run__result", "match__run__whole")
    return rows.filter(pk__gt=after) if after else rows


def _compare(lists: Iterable[SavedList], version: str, now: datetime) -> Compared:
    """Only lists that hold a program the new data tells otherwise are judged."""
    from matching.digests.judging import data_of  # noqa: PLC0415

    lists = list(lists)
    programs: dict[uuid.UUID, set[str]] = {each.pk: set() for each in lists}
    entries = ListEntry.objects.filter(saved_list__in=lists).order_by()
    for list_id, program in entries.values_list("saved_list_id", "program_id"):
        programs[list_id].add(program)
    compared = changed = 0
    for saved_list in lists:
        before = data_of(saved_list)
        changes = _changes(before, version)
        if changes is None or not changes.touched & programs[saved_list.pk]:
            continue
        compared += 1
        try:
            changed += digest_make(saved_list=saved_list, before=before, after=version, now=now) is not None
        except Exception:
            logger.exception("list %s could not be compared with data version %s", saved_list.pk, version)
    return Compared(compared, changed)


def _changes(before: str, after: str) -> "Changes | None":
    from matching.digests.comparing import changes_between  # noqa: PLC0415

    if before == after:
        return None
    try:
        return changes_between(before, after)
    except (DataVersion.DoesNotExist, ValueError):  # not kept any more, or of a format that is not read
        return None


def digest_make(*, saved_list: SavedList, before: str, after: str, now: datetime) -> ListDigest | None:
    """What version ``after`` changes for the list, kept; None where that is nothing to speak of.

    Nothing of the list itself is written. Asked for again it is the same row.
    """
    from matching.catalogue import catalogue_get  # noqa: PLC0415
    from matching.digests.comparing import changes_between, digest_document  # noqa: PLC0415
    from matching.digests.judging import side_before, side_judged  # noqa: PLC0415

    if kept := _told(saved_list, before, after):
        return kept
    first, last = side_before(saved_list), side_judged(saved_list, catalogue_get(after))
    if first is None or last is None:
        return None
    document = digest_document(first, last, changes_between(before, after), _names(saved_list))
    if document is None:
        return None
    return _keep(saved_list, before, after, document, now)


def _told(saved_list: SavedList, before: str, after: str) -> ListDigest | None:
    """What was told last, if it was this. A version published again after another is news again."""
    newest = ListDigest.objects.filter(saved_list=saved_list).order_by("-created_at", "-pk").first()
    return newest if newest and (newest.before, newest.after) == (before, after) else None


@transaction.atomic
def _keep(
    saved_list: SavedList, before: str, after: str, document: dict[str, object], now: datetime
) -> ListDigest:
    from matching.review.services import approval_check  # noqa: PLC0415

    if kept := _told(saved_list, before, after):  # another worker was faster
        return kept
    digest, _ = ListDigest.objects.update_or_create(
        saved_list=saved_list,
        after=after,
        defaults={
            "before": before,
            "document": document,
            "created_at": now,
            "mailed_at": None,
            "seen_at": None,
        },
    )
    approval_check(saved_list=saved_list, now=now)
    return digest


def _names(saved_list: SavedList) -> dict[str, str]:
    rows = ListEntry.objects.filter(saved_list=saved_list).order_by("position")
    return {
        pk: name.removesuffix(" Program") or name
        for pk, name in rows.values_list("program_id", "program__name")
    }


def digest_seen(*, digest: ListDigest, now: datetime) -> None:
    """She has read it: the card is folded away."""
    ListDigest.objects.filter(pk=digest.pk, seen_at=None).update(seen_at=now)


def digest_newest(saved_list: SavedList) -> ListDigest | None:
    """What is still news of a list: None where it is judged by that data already or she has put it away."""
    from matching.digests.judging import data_of  # noqa: PLC0415

    digest = ListDigest.objects.filter(saved_list=saved_list).order_by("-created_at", "-pk").first()
    if digest is None or digest.seen_at is not None or digest.before != data_of(saved_list):
        return None
    return digest
