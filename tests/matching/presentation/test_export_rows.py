"""Rows of a file: each mode its columns, numbers as pages say them, and the way back by pasting."""

import csv
import io
from datetime import UTC, datetime

import pytest

from matching.exporting.csv import csv_bytes
from matching.models import SavedList
from matching.paste import Index, Listed, lines_read
from matching.presentation.export_rows import about_of, json_of, table_of
from matching.presentation.shared_list import ALL, LIST, NO_FLAGS, SharedList, shared_view
from matching.selectors import list_entries
from programs.models import Program
from tests.matching.shared import CLOSED, list_with_secrets

pytestmark = pytest.mark.django_db
MADE = datetime(2026, 11, 22, 18, 40, tzinfo=UTC)
PROGRAM = ["Order", "Program", "Place", "Specialty", "ACGME code", "NRMP code", "SmartPick code"]


@pytest.fixture
def saved_list() -> SavedList:
    return list_with_secrets()


def view(saved_list: SavedList, mode: str) -> SharedList:
    entries = list(list_entries(saved_list))
    return shared_view(saved_list, entries, saved_list.figures, saved_list.match.run.profile, mode)


def test_table_of_each_mode_has_its_columns(saved_list: SavedList) -> None:
    names = {
        mode: [column.name for column in table_of(view(saved_list, mode)).columns]
        for mode in (ALL, NO_FLAGS, LIST)
    }
    assert names[LIST] == PROGRAM
    assert names[NO_FLAGS] == [
        *PROGRAM,
        "Tier",
        "Chance of an interview",
        "Low end, %",
        "High end, %",
        "Signal",
        "Status",
        "Is it still listed?",
    ]
    assert names[ALL] == [*names[NO_FLAGS], "What helps", "What hurts", "Rules not met", "Note", "Advisor"]


@pytest.mark.parametrize(("low", "told"), [(0.07, 7), (0.004, 0.4), (0.0004, 0.04), (0.0, 0.0)])
def test_table_percents_are_whole_and_never_nothing(saved_list: SavedList, low: float, told: float) -> None:
    saved_list.entries.filter(position=1).update(low=low)
    table = table_of(view(saved_list, NO_FLAGS))
    at = [column.name for column in table.columns].index("Low end, %")
    assert table.rows[0][at] == told


@pytest.mark.parametrize("mode", [ALL, NO_FLAGS, LIST])
def test_table_pasted_back_is_the_same_list(saved_list: SavedList, mode: str) -> None:
    index = Index(
        [
            Listed(
                each.id,
                each.program_key,
                each.acgme_id,
                each.nrmp_code,
                each.search_text,
                each.state,
                each.specialty_id,
                each.track,
            )
            for each in Program.objects.all()
        ]
    )
    shared = view(saved_list, mode)
    text = csv_bytes(table_of(shared)).decode("utf-8-sig")
    copied = "\n".join("\t".join(row) for row in csv.reader(io.StringIO(text, newline="")))
    for pasted in (text, copied):
        reads = [index.read(line) for line in lines_read(pasted, {"internal-medicine": "Internal medicine"})]
        assert [(read.candidates[0], read.sure) for read in reads] == [(row.id, True) for row in shared.rows]


def test_about_says_when_by_what_and_that_it_is_no_advice(saved_list: SavedList) -> None:
    about = dict(about_of(view(saved_list, ALL), MADE))
    assert about["Made"] == "22 November 2026, 18:40 UTC"
    assert about["List last changed"] == "20 November 2026, 09:05 UTC"
    assert (about["Version of the data"], about["Version of the model"]) == ("d-11", "m-10")
    assert about["Please note"].startswith("Not advice")
    assert about["Step 2 CK"] == "213, passed, 4 attempts, 1989-08, practice 219"
    assert "Version of the model" not in dict(about_of(view(saved_list, LIST), MADE))


def test_json_has_no_member_for_what_is_hidden(saved_list: SavedList) -> None:
    everything, plain = (json_of(view(saved_list, mode), MADE) for mode in (ALL, LIST))
    assert set(plain) == {
        "name",
        "season",
        "made_at",
        "changed_at",
        "data_version",
        "please_note",
        "programs",
    }
    assert set(plain["programs"][0]) == {
        "position", "program", "name", "place", "specialty", "acgme_id", "nrmp_code",
    }  # fmt: skip
    assert everything["programs"][2]["name"] == CLOSED
    assert everything["programs"][2]["rules_not_met"] == ["Lowest Step 2 CK: asks 231, you have 213"]
    assert everything["made_at"] == "2026-11-22T18:40:00Z"
    assert "Step 2 CK" in everything["profile"]
