"""Reads of matches and lists. What is another's is not found: nobody learns that it exists."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from matching.models import ApiKey, ListEntry, ListLink, Match, MatchRun, SavedList
from matching.validation import validation_document

if TYPE_CHECKING:
    from typing import TypedDict

    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
    from django_stubs_ext import WithAnnotations

    from matching.catalogue import LoadedCatalogue
    from matching.documents import Explain
    from matching.scoring.answer import Answer

    Asker = AbstractBaseUser | AnonymousUser | None

    class EntryCount(TypedDict):
        entry_count: int

    CountedList = WithAnnotations[SavedList, EntryCount]


OUTDATED = "It was made with an earlier edition of the model. Make it anew: it takes a second."


class MatchNotReady(Exception):
    """The run of this match has no answer to show: it waits, is being scored, failed, or was kept by an
    earlier edition that can no longer be read (``reason`` says why)."""

    def __init__(self, run: MatchRun, *, outdated: bool = False) -> None:
        self.state = MatchRun.State.FAILED.value if outdated else run.state
        self.reason = OUTDATED if outdated else run.reason
        super().__init__(self.state)


def match_for_request(
    match_id: uuid.UUID,
    *,
    user: "Asker" = None,
    visitor: uuid.UUID | None = None,
    api_key: ApiKey | None = None,
) -> Match:
    """The asker's own match with its run. Raises Match.DoesNotExist for anybody else's."""
    own = _own(user, visitor) | (Q(api_key=api_key) if api_key else Q(pk__in=()))
    return Match.objects.select_related("run").defer("run__whole").filter(own).get(pk=match_id)


def match_document(match: Match, *, explain: int | None = None) -> dict[str, Any]:
    """The answer as pages and the API show it. ``explain`` None: as many rows as were asked for at the start.

    Nothing is scored: the kept result is written out. Raises MatchNotReady.
    """
    from matching.engine import answer_document  # noqa: PLC0415

    answer, catalogue = _answer_kept(match.run)
    rows_explained = match.explain if explain is None else explain
    return _head(match) | answer_document(
        answer, catalogue, explain=rows_explained, top=match.run.options["top"]
    )


def match_read(match: Match) -> "tuple[dict[str, Any], Explain]":
    """The same with no row explained, and what explains one. Raises MatchNotReady."""
    from matching.engine import answer_read  # noqa: PLC0415

    answer, catalogue = _answer_kept(match.run)
    document, explain = answer_read(answer, catalogue, top=match.run.options["top"])
    return _head(match) | document, explain


def _answer_kept(run: MatchRun) -> "tuple[Answer, LoadedCatalogue]":
    from matching.catalogue import catalogue_get  # noqa: PLC0415
    from matching.engine import AnswerOutdated, answer_unpack  # noqa: PLC0415

    if run.result is None:
        raise MatchNotReady(run)
    try:
        answer = answer_unpack(bytes(run.result))
    except AnswerOutdated:
        raise MatchNotReady(run, outdated=True) from None
    return answer, catalogue_get(run.data_version)


def _head(match: Match) -> dict[str, Any]:
    run = match.run
    return {
        "id": str(match.pk),
        "model_version": run.model_version,
        "data_version": run.data_version,
        "created_at": match.created_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "validation": validation_document(run.model_version, run.profile.get("applicant_type")),
    }


def matches_for_request(*, user: "Asker" = None, visitor: uuid.UUID | None = None) -> QuerySet[Match]:
    """One's own matches, newest first, without their answers."""
    return Match.objects.filter(_own(user, visitor)).select_related("run").defer("run__result", "run__whole")


def lists_for_request(*, user: "Asker" = None, visitor: uuid.UUID | None = None) -> QuerySet["CountedList"]:
    """One's own lists, newest first, each with ``entry_count``."""
    return SavedList.objects.filter(_own(user, visitor)).annotate(entry_count=Count("entries"))


def list_for_request(
    list_id: uuid.UUID, *, user: "Asker" = None, visitor: uuid.UUID | None = None
) -> SavedList:
    """One's own list with its match and run. Raises SavedList.DoesNotExist for anybody else's."""
    return _lists_with_run().filter(_own(user, visitor)).get(pk=list_id)


def link_for_token(token: str, *, now: datetime) -> ListLink:
    """The open link of this token with its list, match and run. Raises ListLink.DoesNotExist."""
    links = ListLink.objects.open(now=now).select_related("saved_list__match__run")
    return links.defer("saved_list__match__run__result", "saved_list__match__run__whole").get(token=token)


def list_entries(saved_list: SavedList) -> QuerySet[ListEntry]:
    """The frozen programs of a list in order, with what a page shows of them."""
    return (
        ListEntry.objects.filter(saved_list=saved_list)
        .select_related("program__institution", "program__specialty")
        .order_by("position")
    )


def _lists_with_run() -> QuerySet[SavedList]:
    return SavedList.objects.select_related("match__run").defer("match__run__result", "match__run__whole")


def _own(user: "Asker", visitor: uuid.UUID | None) -> Q:
    own = Q(pk__in=())
    if user is not None and user.is_authenticated:
        own |= Q(owner=user)
    if visitor is not None:
        own |= Q(visitor=visitor)
    return own
