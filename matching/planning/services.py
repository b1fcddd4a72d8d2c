"""Writes of plans. Each call is one transaction; the plan is reckoned here and read everywhere else."""

import uuid
from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from applicants.schema import ProfileDocument
from matching.models import Match, Plan, PlanStep
from matching.planning.asked import Asked
from matching.planning.dates import aim_usual, aims
from matching.planning.document import PlanDocument, document_dump
from matching.planning.selectors import profile_now
from matching.schema import MatchOptions
from matching.services import match_start
from programs.snapshot import version_current


class PlanImpossible(Exception):
    """No plan can be reckoned; the message is fit to be shown."""


class AimUnknown(ValueError):
    """No season that may be aimed at."""


@transaction.atomic
def plan_start(
    *,
    match: Match,
    chosen: Sequence[str] = (),
    owner: AbstractBaseUser | None = None,
    visitor: uuid.UUID | None = None,
    today: date | None = None,
) -> Plan:
    """The plan of an account or a visitor on ``match``: a new one, or her own moved there and reckoned anew.

    ``chosen``: codes of actions to be looked at together, such as a scenario's; none: those of the plan stay.
    Whose it is follows from the match where neither is given. Raises PlanImpossible.
    """
    if owner is None and visitor is None:
        owner, visitor = match.owner, match.visitor
    whose = {"owner": owner} if owner is not None else {"visitor": visitor}
    now, day = timezone.now(), today or timezone.localdate()
    plan = Plan.objects.select_for_update(of=("self",)).filter(**whose).first()
    if plan is None:
        asked = _asked(match, aim=_aim(None, day), applied_before=None, chosen=tuple(chosen))
        document = _reckoned(match, asked, day)
        plan, _ = Plan.objects.get_or_create(
            **whose,
            defaults={
                "match": match,
                "season": asked.aim,
                "chosen": list(chosen),
                "document": document_dump(document),
                "as_of": day,
                "created_at": now,
                "updated_at": now,
            },
        )
        return plan
    plan.match = match
    if chosen:
        plan.chosen = list(chosen)
    plan_reckon_save(plan=plan, today=day)
    return plan


@transaction.atomic
def plan_aim(*, plan: Plan, season: str, applied_before: bool | None, today: date) -> Plan:
    """Aim at another opening, or say whether she applied before. Raises AimUnknown, PlanImpossible."""
    if season not in aims(settings.SEASON, today):
        raise AimUnknown(season)
    kept = plan_lock(plan)
    kept.season, kept.applied_before = season, applied_before
    plan_reckon_save(plan=kept, today=today)
    return kept


@transaction.atomic
def plan_refresh(*, plan: Plan, match: Match | None, today: date) -> Plan:
    """Reckon a plan anew: on ``match``, a newer answer of hers; else on her answers of now with the data of
    now. Raises PlanImpossible."""
    held = plan_lock(plan)
    run, profile = held.match.run, profile_now(held.match)
    if match is not None:
        held.match = match
    elif profile.model_dump(mode="json") != run.profile or version_current() != run.data_version:
        held.match = match_start(
            profile=profile,
            options=MatchOptions.model_validate(run.options),
            owner=held.owner,
            visitor=held.visitor,
            profile_row=held.match.profile,
        )
    plan_reckon_save(plan=held, today=today)
    return held


@transaction.atomic
def plan_delete(*, plan: Plan) -> None:
    """Delete a plan with all that was done and noted in it. The profile stays as it is."""
    plan.delete()


def plan_lock(plan: Plan) -> Plan:
    plans = Plan.objects.select_for_update(of=("self",)).select_related("match__run", "match__profile")
    return plans.defer("match__run__result", "match__run__whole").get(pk=plan.pk)


def plan_reckon_save(*, plan: Plan, today: date) -> None:
    """Reckon a locked plan on its match as of ``today`` and keep it. Raises PlanImpossible."""
    done = plan.steps.filter(state=PlanStep.State.DONE, before__isnull=False).order_by()
    asked = _asked(
        plan.match,
        aim=_aim(plan.season, today),
        applied_before=plan.applied_before,
        chosen=tuple(plan.chosen),
        done=frozenset(done.values_list("code", "program_id")),
    )
    plan.document = document_dump(_reckoned(plan.match, asked, today))
    plan.season, plan.as_of, plan.updated_at = asked.aim, today, timezone.now()
    plan.save(
        update_fields=["match", "season", "applied_before", "chosen", "document", "as_of", "updated_at"]
    )


def _aim(season: str | None, today: date) -> str:
    """The season aimed at while it may be; else the first whose applications are still to open."""
    if season is not None and season in aims(settings.SEASON, today):
        return season
    usual = aim_usual(settings.SEASON, today)
    if usual is None:
        raise PlanImpossible("The dates of the next season are not in our table yet.")
    return usual


def _asked(
    match: Match,
    *,
    aim: str,
    applied_before: bool | None,
    chosen: tuple[str, ...],
    done: frozenset[tuple[str, str | None]] = frozenset(),
) -> Asked:
    return Asked(
        profile=ProfileDocument.model_validate(match.run.profile),
        options=MatchOptions.model_validate(match.run.options),
        aim=aim,
        applied_before=applied_before,
        chosen=chosen,
        done=done,
    )


def _reckoned(match: Match, asked: Asked, today: date) -> PlanDocument:
    # numpy and scipy come with the core: only who reckons pays for loading them.
    from matching.catalogue import catalogue_get  # noqa: PLC0415
    from matching.plan import SeasonUnknown  # noqa: PLC0415
    from matching.planning.reckon import plan_reckon  # noqa: PLC0415
    from matching.scoring.list_rules import ListInfeasible  # noqa: PLC0415

    try:
        return plan_reckon(asked, catalogue_get(match.run.data_version), season=match.run.season, as_of=today)
    except SeasonUnknown:
        raise PlanImpossible("The dates of that season are not in our table yet.") from None
    except ListInfeasible as error:
        raise PlanImpossible(f"No list can hold what must be on it: {error}.") from None
