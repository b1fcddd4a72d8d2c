"""A list of one's own to work on: scored, saved, and how it stands in the database."""

import uuid

from matching.list_state import State
from matching.models import SavedList
from matching.selectors import match_for_request
from matching.services import list_save, match_start, run_score
from matching.services.list_writing import list_state
from tests.matching.inputs import options_of, profile_of


def list_scored(*, visitor: uuid.UUID | None = None, max_applications: int = 4) -> SavedList:
    """The first programs of the small catalogue, as recommended."""
    visitor = visitor or uuid.uuid4()
    options = options_of(max_applications=max_applications)
    match = match_start(profile=profile_of(), options=options, visitor=visitor)
    run_score(match.run_id)
    return list_save(match=match_for_request(match.pk, visitor=visitor), name="My list")


def ids_of(saved_list: SavedList) -> list[str]:
    return list(saved_list.entries.order_by("position").values_list("program_id", flat=True))


def state_of(saved_list: SavedList) -> State:
    return list_state(saved_list)


def off_list(saved_list: SavedList) -> list[str]:
    """Ids of the small catalogue that are not on the list."""
    listed = set(ids_of(saved_list))
    return [name for name in (f"sp{number:05d}" for number in range(1, 13)) if name not in listed]
