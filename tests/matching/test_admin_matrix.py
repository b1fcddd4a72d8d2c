"""Every address and action of the desk, by every role: held against the table in ``admin_matrix.csv``."""

import os
from typing import Any

import pytest

from tests.matching.admin_matrix import Table, actions_table, addresses_table, table_read, table_write
from tests.matching.admin_world import OURS, POOL, THEIRS, UNSENT, people, things

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_catalogue")]

OUTSIDE = {"403", "404", "405", "login"}  # 405: no such way of asking, for anybody
# Lead on to another page in the same words, whoever asks and whether there is such a row or not.
SAME_FOR_ALL = ("/review/<object_id>/history/", "/<object_id>/", "/review/<review_id>/claim/")
OUTSIDERS = ("anonymous", "applicant")
REWRITE = "REWRITE=1 .venv/bin/pytest -q -n0 tests/matching/test_admin_matrix.py"


@pytest.fixture
def found() -> Table:
    who: dict[str, Any] = people()
    made = things(who)
    table = addresses_table(who, made) | actions_table(who)
    if os.environ.get("REWRITE"):
        table_write(table)
    return table


@pytest.mark.thorough
def test_every_page_and_action_answers_every_role_as_the_table_says(found: Table) -> None:
    """A page that is new, or that opens to another, fails here until somebody has read its row."""
    table = table_read()
    gone = sorted(table.keys() - found.keys())
    new = sorted(found.keys() - table.keys())
    moved = {
        f"{key} {role}": f"{table[key][role]} became {answer}"
        for key, answers in found.items()
        if key in table
        for role, answer in answers.items()
        if table[key][role] != answer
    }
    assert (gone, new, moved) == ([], [], {}), f"Read each row, then: {REWRITE}"

    _nothing_leaks(found)


def _nothing_leaks(found: Table) -> None:
    """What holds whatever the table says: the table is regenerated, these lines are not."""
    for (address, of, method), answers in found.items():
        row = (address, of, method, answers)
        if method == "action" or set(answers.values()) <= {"login", "404", "405"}:
            continue
        if address not in ("/admin/login/", "/admin/jsi18n/", "/admin/logout/"):
            assert answers["anonymous"] in {"login", "404"}, row
            assert answers["applicant"] in {"login", "404"}, row
        if address.endswith(SAME_FOR_ALL) or _leads_all_back(found, address, method):
            continue
        if address.startswith(("/admin/matching/", "/admin/applicants/", "/admin/auth/")):
            assert answers["data_desk"] in OUTSIDE, row
            assert answers["data_lead"] in OUTSIDE, row
            assert answers["staff"] in OUTSIDE, row
        if of in (THEIRS, UNSENT, "applicant"):
            assert answers["advisor"] in OUTSIDE, row
            assert answers["lead"] in OUTSIDE, row
        if of in (OURS, POOL, UNSENT):
            assert answers["other_advisor"] in OUTSIDE, row


def _leads_all_back(found: Table, address: str, method: str) -> bool:
    """A form opened by hand by its address: all of the staff are led to its page, whosever row it names."""
    rows = [answers for (each, _, way), answers in found.items() if (each, way) == (address, method)]
    staff = {answer for answers in rows for role, answer in answers.items() if role not in OUTSIDERS}
    return method == "GET" and staff == {"302"}
