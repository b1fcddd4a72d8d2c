from itertools import pairwise

from django.test import Client

from matching.api.sandbox.frozen import VERSION
from matching.developers.changes import KINDS, changes_listed
from programs.reference import reference_rows
from tests.golden.sandbox import hashes_kept


def test_changes_are_listed_newest_first_and_none_is_lost() -> None:
    days = changes_listed()

    assert all(newer.date > older.date for newer, older in pairwise(days))
    assert sum(len(day.changes) for day in days) == len(reference_rows("api_changes"))
    assert {row["kind"] for row in reference_rows("api_changes")} <= KINDS.keys()


def test_answers_of_the_sandbox_do_not_move_unsaid() -> None:
    """The version whose hashes are kept is the one that was last said to answer the sandbox."""
    last = [row["what"] for row in reference_rows("api_changes") if row["kind"] == "sandbox"][-1]

    assert VERSION in last
    assert hashes_kept()["model_version"] in last, "say in fixtures/api_changes.csv that the sandbox moved"


def test_every_operation_of_v1_came_by_a_change(client: Client) -> None:
    told = " ".join(row["what"].lower() for row in reference_rows("api_changes"))

    for part in ("programs", "specialties", "rings", "matches/", "cohorts", "webhooks", "lists/", "sandbox"):
        assert part in told
