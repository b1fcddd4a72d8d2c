import pytest

from applicants.pass_marks import pass_mark
from programs.reference import reference_rows


@pytest.mark.parametrize(
    ("exam", "month", "mark"),
    [
        ("step2ck", "2026-01", 218),
        ("step2ck", "2025-07", 218),
        ("step2ck", "2025-06", 214),
        ("step2ck", "2022-07", 214),
        ("step2ck", "2022-06", 209),
        ("step2ck", "2014-06", 203),
        ("step2ck", "2013-06", None),
        ("step1", "2022-01", 194),
        ("step1", "2017-12", 192),
        ("step1", "2013-12", 188),
        ("step1", "2009-12", None),
        ("step3", "2024-01", 200),
        ("step3", "2023-12", 198),
        ("step3", "2019-12", None),
        ("step4", "2025-01", None),
    ],
)
def test_pass_mark_of_its_month(exam: str, month: str, mark: int | None) -> None:
    assert pass_mark(exam, month) == mark


def test_pass_marks_are_published_with_a_source() -> None:
    rows = [row for row in reference_rows("parameters") if ".pass_mark." in row["name"]]
    assert len(rows) == 9
    assert all(row["kind"] == "published" and row["source"] for row in rows)
