from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs.models import Program, ProgramFact
from programs.services import catalogue_load
from programs.services.history import FIRST, history_note, history_start
from tests.programs.factories import make_program, write_catalogue
from tests.programs.people import make_desk

pytestmark = pytest.mark.django_db


def trail(model: type[Program] | type[ProgramFact], **members: object) -> list[tuple[str, str]]:
    rows = model.history.filter(**members).order_by("history_id")
    return list(rows.values_list("history_type", "history_change_reason"))


def test_loads_write_the_history_of_new_changed_and_withdrawn_rows(tmp_path: Path) -> None:
    catalogue_load(
        folder=write_catalogue(tmp_path, programs=[{}], facts=[{}, {"id": "2", "field": "min_step1"}])
    )
    catalogue_load(folder=tmp_path)
    catalogue_load(folder=write_catalogue(tmp_path, programs=[{"city": "Carson"}], facts=[{"value": "230"}]))

    by_files = "Loaded from the files"
    assert trail(Program) == [("+", by_files), ("~", by_files)]
    assert trail(ProgramFact, id=1) == [("+", by_files), ("~", by_files)]
    assert trail(ProgramFact, id=2) == [("+", by_files), ("-", "Left the files")]
    last = ProgramFact.history.filter(id=1).first()
    assert (last.value_number, last.prev_record.value_number) == (230, 220)
    assert Program.history.first().prev_record.city == "Torrance"


def test_rows_from_before_the_history_get_a_first_record(tmp_path: Path) -> None:
    catalogue_load(folder=write_catalogue(tmp_path, programs=[{}]))
    Program.history.all().delete()
    catalogue_load(folder=write_catalogue(tmp_path, programs=[{"city": "Carson"}]))
    assert [kind for kind, _ in trail(Program)] == ["+", "~"]
    assert trail(Program)[0][1] == FIRST


def test_history_note_is_one_statement_and_says_who() -> None:
    ids, desk = [make_program().pk for _ in range(5)], make_desk()
    Program.history.all().delete()
    with CaptureQueriesContext(connection) as queries:
        history_note(Program, ids, kind="~", why="x" * 120, by=desk)
    assert len(queries) == 1
    assert set(Program.history.values_list("history_user", "history_change_reason")) == {(desk.pk, "x" * 100)}
    history_start(Program, ids)
    assert Program.history.count() == 5, "they have one"
