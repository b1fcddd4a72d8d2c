"""Taking the new data over: the same questions asked anew, the list judged by what comes, and a receipt."""

import time
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from matching.digests.services import digest_seen
from matching.models import ListDigest, Match, MatchRun, Receipt, SavedList
from matching.selectors import match_for_request, matches_for_request
from matching.services import list_rebase, match_start

if TYPE_CHECKING:
    from collections.abc import Callable

WAIT_SECONDS = 8.0  # an answer takes one or two; whoever waits longer is asked to come again
PAUSE_SECONDS = 0.25
LOOK_BACK = 10


class TakingImpossible(Exception):
    """The answers are of an earlier edition: they are asked for anew. The message is shown."""


class Taken(NamedTuple):
    """``receipt`` None where it could not be worked out: the list is judged by the new data all the same."""

    before: Match
    after: Match
    receipt: Receipt | None


def digest_take(
    *, saved_list: SavedList, digest: ListDigest, now: datetime, sleep: "Callable[[float], None]" = time.sleep
) -> Taken | None:
    """Judge the list by the data of today; None while the answer is not worked out yet: ask again.

    Not one transaction: the answer is worked out when it is stored. Asked twice, the answer of the first time
    is taken. Raises TakingImpossible.
    """
    found = _answer(saved_list, digest) or _start(saved_list)
    if not _wait(found, sleep):
        return None
    before, after = (
        match_for_request(each.pk, user=each.owner, visitor=each.visitor)
        for each in (saved_list.match, found)
    )
    list_rebase(saved_list=saved_list, match=after)
    digest_seen(digest=digest, now=now)
    return Taken(before, after, _receipt(before, after))


def _answer(saved_list: SavedList, digest: ListDigest) -> Match | None:
    """An answer of hers to the same questions by the new data, from the first press of the button."""
    match = saved_list.match
    rows = matches_for_request(user=match.owner, visitor=match.visitor).filter(run__data_version=digest.after)
    asked = (match.run.profile, match.run.options, match.run.season)
    return next(
        (
            each
            for each in rows.order_by("-created_at")[:LOOK_BACK]
            if (each.run.profile, each.run.options, each.run.season) == asked
            and each.run.state != MatchRun.State.FAILED
        ),
        None,
    )


def _start(saved_list: SavedList) -> Match:
    from applicants.schema import ProfileDocument  # noqa: PLC0415
    from matching.schema import MatchOptions  # noqa: PLC0415

    match = saved_list.match
    try:
        profile = ProfileDocument.model_validate(match.run.profile)
        options = MatchOptions.model_validate(match.run.options)
    except ValidationError:
        raise TakingImpossible("The questions have changed since. Look through your answers once.") from None
    return match_start(
        profile=profile,
        options=options,
        owner=match.owner,
        visitor=match.visitor,
        profile_row=match.profile,
    )


def _wait(match: Match, sleep: "Callable[[float], None]") -> bool:
    for _ in range(int(WAIT_SECONDS / PAUSE_SECONDS)):
        state = MatchRun.objects.values_list("state", flat=True).get(pk=match.run_id)
        if state == MatchRun.State.DONE:
            return True
        if state == MatchRun.State.FAILED:
            raise TakingImpossible("The new answer could not be worked out. Your list stays as it is.")
        sleep(PAUSE_SECONDS)
    return False


def _receipt(before: Match, after: Match) -> Receipt | None:
    from matching.receipts.services import ReceiptImpossible, receipt_make  # noqa: PLC0415

    try:
        return receipt_make(before=before, after=after)
    except ReceiptImpossible:
        return None
