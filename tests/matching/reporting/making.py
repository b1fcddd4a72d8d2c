"""Reports as the service makes them, and what a test asks of them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from matching.models import OutcomeReport, SavedList
from matching.reporting.services import outcomes_save
from tests.matching.lists import ids_of, list_scored

OVER = datetime(2027, 4, 5, 12, 0, tzinfo=UTC)  # match week of 2027 is past


def told(saved_list: SavedList, results: Mapping[str, str] | None = None, **said: Any) -> OutcomeReport:
    """All applied to; no answer where ``results`` say nothing else."""
    saved_list.refresh_from_db()
    silent = dict.fromkeys(ids_of(saved_list), "silent")
    asked = {"ending": "none", "consent": True, "now": OVER, **said}
    return outcomes_save(
        saved_list=saved_list, version=saved_list.version, results={**silent, **(results or {})}, **asked
    ).report


def reported(results: Mapping[str, str] | None = None, **said: Any) -> OutcomeReport:
    """Of a list of its own."""
    return told(list_scored(), results, **said)
