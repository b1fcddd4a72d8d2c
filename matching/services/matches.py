import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from matching.models import ApiKey, Match, MatchRun, SavedList

from .bell import runs_bell
from .digest import RunInput, run_input

if TYPE_CHECKING:
    from applicants.models import Profile
    from applicants.schema import ProfileDocument
    from matching.schema import MatchOptions


class MatchHasLists(Exception):
    """A match that saved lists stand on is not deleted; delete the lists first."""


class MatchHasPlan(MatchHasLists):
    """Nor is one that a plan stands on."""


@transaction.atomic
def match_start(
    *,
    profile: "ProfileDocument",
    options: "MatchOptions",
    owner: AbstractBaseUser | None = None,
    visitor: uuid.UUID | None = None,
    api_key: ApiKey | None = None,
    profile_row: "Profile | None" = None,
) -> Match:
    """Give the asker a match on the run of this input; make and ring for that run only where there is none.

    Input that was scored before costs no work; of a key, that the same key asked for. A run that failed is
    tried again. The match belongs to the account where there is one, else to the session or the key. Raises
    CatalogueEmpty without a data version.
    """
    now = timezone.now()
    apart = f"key {api_key.pk}" if api_key else ""
    run = _run_get_or_create(source=_input_now(profile=profile, options=options), apart=apart, now=now)
    if run.state == MatchRun.State.FAILED:
        _run_retry(run, now)
    if run.state == MatchRun.State.QUEUED:
        runs_bell(run_ids=[run.pk])
    return Match.objects.create(
        run=run,
        owner_id=owner.pk if owner else None,
        visitor=None if owner else visitor,
        api_key=api_key,
        profile=profile_row,
        explain=options.explain,
        created_at=now,
    )


@transaction.atomic
def match_delete(*, match: Match) -> None:
    """Delete a match, and its run with it where no other match shares it. Raises MatchHasLists."""
    if match.lists.exists():
        raise MatchHasLists(str(match.pk))
    if match.plans.exists():
        raise MatchHasPlan(str(match.pk))
    match.delete()


@transaction.atomic
def run_delete_unowned(*, run_id: int) -> None:
    """Delete a run that no match points to any more; called for every deleted match."""
    # Locked as in match_start: nobody joins the run between the look and the delete.
    run = MatchRun.objects.select_for_update().defer("result", "whole").filter(pk=run_id).first()
    if run is not None and not run.matches.exists():
        run.delete()


@transaction.atomic
def matches_claim(*, visitor: uuid.UUID, user: AbstractBaseUser) -> int:
    """What a visitor made before logging in becomes the account's own, and nobody else's.

    Returns how many matches.
    """
    from matching.reporting.services import codes_join  # noqa: PLC0415

    SavedList.objects.filter(visitor=visitor, owner=None).update(owner_id=user.pk, visitor=None)
    codes_join(owner=user)
    return Match.objects.filter(visitor=visitor, owner=None).update(owner_id=user.pk, visitor=None)


def _input_now(*, profile: "ProfileDocument", options: "MatchOptions") -> RunInput:
    from matching.catalogue import CatalogueEmpty  # noqa: PLC0415
    from matching.engine import model_version  # noqa: PLC0415
    from programs.snapshot import version_current  # noqa: PLC0415

    data_version = version_current()
    if data_version is None:
        raise CatalogueEmpty
    return run_input(
        profile=profile,
        options=options,
        season=settings.SEASON,
        model_version=model_version(),
        data_version=data_version,
    )


def _run_get_or_create(*, source: RunInput, apart: str, now: datetime) -> MatchRun:
    """The run of this input, locked until commit so that it cannot go with its last match meanwhile."""
    digest = source.digest(apart=apart)
    runs = MatchRun.objects.select_for_update().defer("result", "whole")
    while True:
        run = runs.filter(digest=digest).first()
        if run is not None:
            return run
        # Whoever comes second waits for the first one's commit, inserts nothing and reads that row.
        MatchRun.objects.bulk_create(
            [
                MatchRun(
                    digest=digest,
                    profile=source.profile,
                    options=source.options,
                    season=source.season,
                    as_of=source.as_of,
                    model_version=source.model_version,
                    data_version=source.data_version,
                    rung_at=now,
                    created_at=now,
                )
            ],
            ignore_conflicts=True,
        )


def _run_retry(run: MatchRun, now: datetime) -> None:
    run.state = MatchRun.State.QUEUED
    run.reason = ""
    run.attempts = run.step = 0
    run.finished_at = None
    run.rung_at = now
    run.save(update_fields=["state", "reason", "attempts", "step", "finished_at", "rung_at"])
