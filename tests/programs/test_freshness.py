"""What is stale and why, and the board that shows it: the most used first, at a constant cost."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programs.desk.checks import GATED_FIELDS
from programs.desk.freshness import (
    CONFLICT,
    KEY_FIELDS,
    NEVER,
    NOTHING,
    OLD,
    Asked,
    Said,
    freshness,
    kinds_of,
)
from programs.fact_fields import FACT_FIELDS
from programs.models import ProgramFact
from programs.services.uses import uses_write
from tests.programs.desk import from_file, page
from tests.programs.factories import make_fact, make_program
from tests.programs.people import make_desk

TODAY = date(2026, 11, 22)
BOARD = reverse("admin:programs_freshness")


def said(value: float | str | None = 220, **members: object) -> Said:
    known = {"observed_on": None, "page_year": None, "season": "", "is_current": True, **members}
    return Said(value, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "kinds"),
    [
        ([], (NOTHING,)),
        ([said()], (NEVER,)),
        ([said(page_year=2025)], ()),
        ([said(page_year=2024)], (OLD,)),
        ([said(observed_on=TODAY - timedelta(days=365))], ()),
        ([said(observed_on=TODAY - timedelta(days=366))], (OLD,)),
        ([said(observed_on=TODAY, page_year=2010)], ()),
        ([said(page_year=2026), said(230, is_current=False)], (CONFLICT,)),
        ([said(page_year=2020), said(230, is_current=False)], (CONFLICT, OLD)),
        ([said(page_year=2020), said(observed_on=TODAY, is_current=False)], ()),
        ([said(page_year=2026), said(None, is_current=False)], ()),
        ([said(None, page_year=2026), said(None, is_current=False)], ()),
    ],
)
def test_kinds_of(facts: list[Said], kinds: tuple[str, ...]) -> None:
    assert kinds_of(facts, TODAY) == kinds


def test_counts_of_two_years_may_differ_and_of_one_may_not() -> None:
    now, before = said(30, page_year=2026, season="2026"), said(28, season="2025", is_current=False)
    assert kinds_of([now, before], TODAY, counted=True) == ()
    twice = said(28, page_year=2026, season="2026", is_current=False)
    assert kinds_of([now, twice], TODAY, counted=True) == (CONFLICT,)


def test_key_fields_are_known_and_hold_the_rules_that_close_most() -> None:
    assert set(KEY_FIELDS) <= set(FACT_FIELDS)
    assert len(set(KEY_FIELDS) & GATED_FIELDS) == 11


@pytest.mark.django_db
def test_freshness_shows_the_most_used_first_then_the_innermost_ring() -> None:
    far, near, used = (
        make_program(state="NY", county="Kings"),
        make_program(),
        make_program(state="TX", county=""),
    )
    for program in (far, near, used):
        make_fact(program, "visa_j1", "yes", page_year=2020)
    uses_write(counts={used.pk: 3}, now=timezone.now())

    board = freshness(Asked(), today=TODAY)

    assert [line.program.pk for line in board.lines] == [used.pk, near.pk, far.pk]
    assert [line.uses for line in board.lines] == [3, 0, 0]
    assert board.counts == {CONFLICT: 0, OLD: 3, NEVER: 0, NOTHING: 3 * (len(KEY_FIELDS) - 1)}
    assert (board.held, board.cells, board.found) == (3, 3 * len(KEY_FIELDS), 3)


@pytest.mark.django_db
def test_freshness_is_narrowed_and_paged() -> None:
    near, far = make_program(), make_program(state="NY", county="Kings", specialty="surgery")
    for program in (near, far):
        make_fact(program, "visa_j1", "yes", page_year=2020)
    assert [line.program for line in freshness(Asked(ring="national"), today=TODAY).lines] == [far]
    assert [line.program for line in freshness(Asked(specialty="surgery"), today=TODAY).lines] == [far]
    assert freshness(Asked(kind=NEVER), today=TODAY).lines == ()
    nothing = freshness(Asked(kind=NOTHING, field="visa_h1b"), today=TODAY)
    assert [line.field for line in nothing.lines] == ["visa_h1b", "visa_h1b"]
    second = freshness(Asked(page=2), today=TODAY, per_page=1)
    assert [line.program for line in second.lines] == [far]


@pytest.mark.django_db
def test_what_waits_is_said_and_does_not_count() -> None:
    program = make_program()
    make_fact(program, "min_step2ck", "220", page_year=2020)
    waiting = make_fact(program, "min_step2ck", "240", by=make_desk())
    (line,) = freshness(Asked(), today=TODAY).lines
    assert (line.kinds, line.waiting, [fact.value for fact in line.facts]) == ((OLD,), waiting, [220])


@pytest.mark.django_db
def test_board_costs_the_same_however_much_there_is(admin_client: Client) -> None:
    make_fact(make_program(), "visa_j1", "yes", page_year=2020)
    admin_client.get(BOARD)
    with CaptureQueriesContext(connection) as few:
        admin_client.get(BOARD)
    for number in range(10):
        program = make_program(institution=f"Hospital {number}")
        for field in ("visa_j1", "visa_h1b", "accepts_img"):
            make_fact(program, field, "no", page_year=2019)
    with CaptureQueriesContext(connection) as many:
        admin_client.get(BOARD)
    assert len(many) == len(few) <= 12


@pytest.mark.django_db
def test_board_leads_to_page_source_entry_and_dates_anew_with_one_click(admin_client: Client) -> None:
    program = make_program()
    held = from_file(program)
    asked = f"{BOARD}?field=min_step2ck"

    html = admin_client.get(asked).content.decode()

    for address in (
        reverse("programs:detail", args=[program.pk]), held.url,
        f"{page('program', program.pk, 'enter')}?field=min_step2ck#min_step2ck",
    ):  # fmt: skip
        assert f'href="{address}"' in html
    answer = admin_client.post(page("programfact", held.pk, "read_again"), {"next": asked})
    assert (answer.status_code, answer["Location"]) == (302, asked)
    again = ProgramFact.objects.get(is_current=True)
    assert (again.value, again.observed_on) == (220, timezone.localdate())
    assert "min_step2ck" not in [line.field for line in freshness(Asked(), today=timezone.localdate()).lines]


@pytest.mark.django_db
def test_board_leaves_out_of_the_address_what_it_does_not_know(admin_client: Client) -> None:
    make_fact(make_program(), "visa_j1", "yes", page_year=2020)
    for query in (
        "kind=x",
        "field=mission",
        "ring=moon",
        "specialty=%00",
        "page=-1",
        "page=²",
        "page=9999999",
    ):
        assert admin_client.get(f"{BOARD}?{query}").context["board"].found == 1


@pytest.mark.django_db
def test_read_again_leads_nowhere_else(admin_client: Client) -> None:
    held = from_file(make_program())
    address = page("programfact", held.pk, "read_again")
    for next_page in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        assert admin_client.post(address, {"next": next_page})["Location"] == BOARD
