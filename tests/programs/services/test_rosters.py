"""Rosters are written whole, counted at once, counted anew after each change, and gone with their counts."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from programs.choices import SourceKind
from programs.models import Program, ProgramFact, Resident, Roster
from programs.roster_rows import ResidentRow, roster_read, roster_text
from programs.services import RosterInvalid, roster_delete, roster_rows, roster_write
from tests.programs.factories import make_fact, make_program

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
T, G, U, N = "residents_total", "residents_img", "residents_us_img", "residents_non_us_img"


def rows(**kinds: int) -> list[ResidentRow]:
    return [ResidentRow(2024, kind=kind) for kind, count in kinds.items() for _ in range(count)]


def write(program: Program, listed: list[ResidentRow], season: str = "2026", **members: object) -> Roster:
    given: dict[str, object] = {
        "complete": True,
        "source_kind": SourceKind.PROGRAM_PAGE,
        "observed_on": date(2025, 11, 2),
        "url": "https://program.example/residents",
        "user": None,
        "now": NOW,
        **members,
    }
    return roster_write(program=program, season=season, rows=listed, **given)  # type: ignore[arg-type]


def counted(program: Program) -> dict[str, float | None]:
    facts = ProgramFact.objects.filter(program=program, is_current=True, source_kind=SourceKind.ROSTER)
    return {fact.field: fact.value_number for fact in facts}


def test_a_whole_roster_becomes_current_facts_with_its_source() -> None:
    program, user = make_program(), User.objects.create_user("desk")
    roster = write(program, rows(us_img=6, non_us_img=9, us_md=10, us_do=5), user=user)
    assert counted(program) == {T: 30, G: 15, U: 6, N: 9}
    fact = ProgramFact.objects.get(program=program, field=U)
    assert (fact.roster, fact.season, fact.page_year, fact.observed_on) == (
        roster, "2026", 2025, date(2025, 11, 2),
    )  # fmt: skip
    assert (fact.url, fact.strictness, fact.confidence) == (roster.url, "count", "high")
    assert (fact.entered_by, roster.entered_by) == (user, user)


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        ({"us_img": 6, "img": 1, "us_md": 3}, {T: 10, G: 7}),
        ({"us_img": 6, "unknown": 1, "us_md": 3}, {T: 10}),
        ({"us_md": 12}, {T: 12, G: 0, U: 0, N: 0}),
    ],
)
def test_what_is_not_known_gives_no_number(kinds: dict[str, int], told: dict[str, float]) -> None:
    program = make_program()
    write(program, rows(**kinds))
    assert counted(program) == told


def test_a_roster_that_is_not_whole_is_held_and_not_counted() -> None:
    program = make_program()
    roster = write(program, rows(us_img=6), complete=False)
    assert (counted(program), len(roster_rows(roster))) == ({}, 6)


def test_written_again_it_is_counted_anew_and_facts_keep_their_place() -> None:
    program = make_program()
    first = write(program, rows(us_img=6, us_md=24))
    before = ProgramFact.objects.get(program=program, field=T)
    again = write(program, rows(us_img=8, us_md=22))
    assert (again.pk, counted(program)[U], Resident.objects.count()) == (first.pk, 8, 30)
    kept = ProgramFact.objects.get(program=program, field=T)
    assert (kept.pk, kept.history.count()) == (before.pk, before.history.count())
    assert ProgramFact.objects.get(program=program, field=U).history.count() == 2
    write(program, rows(us_img=8, unknown=22))
    assert counted(program) == {T: 30}


def test_the_newest_season_counts_and_the_one_before_takes_its_place() -> None:
    program = make_program()
    write(program, rows(us_img=5, us_md=25), season="2025")
    newest = write(program, rows(us_img=9, us_md=21), season="2026")
    write(program, rows(us_img=12), season="2024")
    assert counted(program)[U] == 9
    roster_delete(roster=newest, user=None, now=NOW)
    assert counted(program)[U] == 5
    for roster in Roster.objects.all():
        roster_delete(roster=roster, user=None, now=NOW)
    assert not ProgramFact.objects.exists()
    assert not Resident.objects.exists()


def test_a_count_goes_before_what_a_page_says_in_passing() -> None:
    """Else its total of one year would stand beside the IMGs of another."""
    program = make_program()
    make_fact(program, T, "24", page_year=2018)
    roster = write(program, rows(us_img=28, us_md=2))
    assert counted(program) == {T: 30, G: 28, U: 28, N: 0}
    roster_delete(roster=roster, user=None, now=NOW)
    assert ProgramFact.objects.get(program=program, field=T, is_current=True).value_number == 24


def test_an_empty_or_endless_roster_and_one_without_a_source_are_refused() -> None:
    program = make_program()
    with pytest.raises(RosterInvalid):
        write(program, [])
    with pytest.raises(RosterInvalid):
        write(program, rows(us_md=1001))
    with pytest.raises(ValidationError):
        write(program, rows(us_md=3), url="")
    with pytest.raises(ValidationError):
        write(program, rows(us_md=3), season="26")
    assert not Roster.objects.exists()


LINES = """Class year, school, country, kind
2024, St. George's University, School of Medicine, GD, US-citizen IMG
PGY-1; Ross; Dominica; non-US IMG
\t\t\tUS MD

2023, , US, DO"""


def test_lines_are_read_with_commas_in_names_and_years_of_training() -> None:
    listed, faults = roster_read(LINES, season="2026")
    assert not faults
    assert listed == [
        ResidentRow(2024, "St. George's University, School of Medicine", "GD", "us_img"),
        ResidentRow(2025, "Ross", "DM", "non_us_img"),
        ResidentRow(None, "", "", "us_md"),
        ResidentRow(2023, "", "US", "us_do"),
    ]
    assert roster_read(roster_text(listed), season="2026") == (listed, [])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Jane Doe, Ross, DM, IMG", "Line 1: class year “Jane Doe” is no year"),
        ("2031, Ross, DM, IMG", "Line 1: class year “2031” is not from 1990 to 2026."),
        ("2024, Ross, ZZ, IMG", "Line 1: country “ZZ” is no country"),
        ("2024, Ross, DM, MD", "Line 1: kind “MD” is none of"),
        ("2024, Ross, DM, US MD", "Line 1: kind “US MD” does not go with a school in Dominica"),
        ("2024, State, US, IMG", "Line 1: kind “IMG” does not go with a school in United States"),
        ("2024, Ross", "Line 1: needs four cells"),
    ],
)
def test_each_fault_is_told_with_its_line(line: str, said: str) -> None:
    (fault,) = roster_read(line, season="2026")[1]
    assert str(fault).startswith(said)
