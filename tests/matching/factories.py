"""Rows as the services make them, in the fewest words a test needs."""

import uuid
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from matching.models import ApiKey, ListLink, Match, MatchRun, SavedList
from programs.models import Institution, Program, Specialty

NOW = datetime(2026, 9, 20, 12, 0, tzinfo=UTC)


def run_make(**values: Any) -> MatchRun:
    """A queued run unless told otherwise."""
    return MatchRun.objects.create(
        **{
            "digest": sha256(uuid.uuid4().bytes).hexdigest(),
            "profile": {},
            "options": {},
            "season": "2027",
            "as_of": date(2026, 9, 1),
            "model_version": "m1",
            "data_version": "d1",
            "rung_at": NOW,
            "created_at": NOW,
            **values,
        }
    )


def run_done_make(**values: Any) -> MatchRun:
    return run_make(**{"state": "done", "result": b"result", "finished_at": NOW, "attempts": 1, **values})


def run_running_make(*, claimed_until: datetime, **values: Any) -> MatchRun:
    return run_make(
        **{
            "state": "running",
            "claim_token": uuid.uuid4(),
            "claimed_until": claimed_until,
            "attempts": 1,
            **values,
        }
    )


def match_make(**values: Any) -> Match:
    """A visitor's match on a run that is done, unless told otherwise."""
    if not {"owner", "visitor", "api_key"} & values.keys():
        values["visitor"] = uuid.uuid4()
    return Match.objects.create(**{"created_at": NOW, **values, "run": values.get("run") or run_done_make()})


def key_make(**values: Any) -> tuple[ApiKey, str]:
    """A partner's key and its secret."""
    key, secret = ApiKey.objects.create_key(**{"name": "partner", **values})
    assert isinstance(key, ApiKey)
    return key, secret


def list_make(**values: Any) -> SavedList:
    match = values.pop("match", None) or match_make()
    return SavedList.objects.create(
        **{
            "match": match,
            "name": "First list",
            "owner": match.owner,
            "visitor": match.visitor,
            "created_at": NOW,
            "updated_at": NOW,
            **values,
        }
    )


def link_make(saved_list: SavedList, **values: Any) -> ListLink:
    return ListLink.objects.create(
        **{"saved_list": saved_list, "mode": ListLink.Mode.LIST, "created_at": NOW, **values}
    )


def program_make(program_id: str = "sp00001", **values: Any) -> Program:
    specialty, _ = Specialty.objects.get_or_create(
        slug="internal-medicine", defaults={"name": "Internal medicine", "application_service": "eras"}
    )
    institution, _ = Institution.objects.get_or_create(name="Harbor Hospital")
    return Program.objects.create(
        **{
            "id": program_id,
            "program_key": f"p{program_id[2:]}",
            "specialty": specialty,
            "institution": institution,
            "track": "categorical",
            "name": f"Harbor {program_id}",
            "city": "Los Angeles",
            "county": "Los Angeles",
            "state": "CA",
            "listing_status": "current",
            **values,
        }
    )
