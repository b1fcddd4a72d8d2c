"""A visitor who made one of everything on some day, and whether anything of her is left."""

import uuid
from datetime import date, datetime

from django.db.models import Model, Q

from applicants.models import Profile, ProfileDraft
from matching.models import (
    ChanceBefore,
    ListEntry,
    ListVersion,
    Match,
    Outcome,
    OutcomeReport,
    Plan,
    PlanStep,
    Receipt,
    Scenario,
)
from matching.privacy.owned import OWNED
from programs.models import FactReport, Program
from tests.matching.factories import link_make, list_make, match_make, run_done_make
from tests.matching.people import draft_make, profile_make


def visitor_made(on: datetime, program: Program) -> uuid.UUID:
    visitor = uuid.uuid4()
    profile = profile_make(visitor=visitor)
    draft_make("typed", visitor=visitor)
    match = match_make(visitor=visitor, profile=profile, created_at=on)
    earlier = match_make(visitor=visitor, run=run_done_make(), created_at=on)
    Receipt.objects.create(before=earlier.run, after=match.run, document={}, created_at=on)
    Scenario.objects.create(match=match, created_at=on, updated_at=on)
    plan = Plan.objects.create(
        match=match,
        visitor=visitor,
        season="2028",
        document={},
        as_of=date(2026, 9, 1),
        created_at=on,
        updated_at=on,
    )
    PlanStep.objects.create(plan=plan, code="letter", updated_at=on)
    saved_list = list_make(match=match, created_at=on, updated_at=on)
    ListEntry.objects.create(saved_list=saved_list, program=program, position=1)
    ListVersion.objects.create(saved_list=saved_list, number=1, entries=[], change="Saved", created_at=on)
    link_make(saved_list, created_at=on)
    chance = ChanceBefore.objects.create(
        saved_list=saved_list,
        program=program,
        season="2027",
        model_version="m",
        data_version="d",
        made_at=on,
        kept_at=on,
    )
    report = OutcomeReport.objects.create(saved_list=saved_list, season="2027", created_at=on, updated_at=on)
    Outcome.objects.create(report=report, program=program, result="silent", chance=chance)
    FactReport.objects.create(program=program, said="Closed", reporter=visitor, created_at=on)
    for model in (Profile, ProfileDraft):
        model._default_manager.filter(visitor=visitor).update(updated_at=on)
    return visitor


def kept_of(visitor: uuid.UUID) -> dict[str, int]:
    """How many rows of each model are hers; only where there are any."""
    found = {model.__name__: _rows(model, path, visitor) for model, path in OWNED}
    found["FactReport"] = FactReport.objects.filter(reporter=visitor).count()
    found["Run"] = Match.objects.filter(Q(visitor=visitor), run__isnull=False).count()
    return {name: count for name, count in found.items() if count}


def _rows(model: type[Model], path: str, visitor: uuid.UUID) -> int:
    return model._default_manager.filter(**{path: visitor}).count()
