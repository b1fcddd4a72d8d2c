"""A list as it stands: the recommended one comes out as the answer told it, any other by the same rules."""

from dataclasses import replace

import numpy as np
import pytest

from applicants.personas import PERSONAS
from applicants.schema import ProfileDocument
from matching.catalogue import LoadedCatalogue
from matching.inputs import applicant_of
from matching.scoring.answer import Answer
from matching.scoring.applicant import Applicant, Options
from matching.scoring.columns import LISTING, Columns, Ints
from matching.scoring.given_brief import lists_brief
from matching.scoring.given_list import Given, list_cost, list_score
from matching.scoring.score import score
from matching.scoring.signal_offer import NONE
from matching.scoring.signals import LEVELS
from tests.scoring.made_catalogue import model_now

pytestmark = pytest.mark.django_db  # to load the catalogue once
OPTIONS = Options(max_applications=40, top=60)


@pytest.fixture(scope="module")
def columns(real_catalogue: LoadedCatalogue) -> Columns:
    return real_catalogue.columns("2027")


def persona(place: int) -> Applicant:
    return applicant_of(ProfileDocument.model_validate(PERSONAS[place].document))


def given(rows: Ints, signals: dict[int, str] | None = None) -> Given:
    levels = [LEVELS.index((signals or {})[row]) if row in (signals or {}) else NONE for row in rows.tolist()]
    return Given(rows, np.array(levels, dtype=np.int64))


def told(applicant: Applicant, rows: Ints, columns: Columns, signals: dict[int, str] | None = None) -> Answer:
    return list_score(applicant, given(rows, signals), OPTIONS, columns, model_now())


@pytest.mark.parametrize("place", range(len(PERSONAS)))
def test_recommended_list_is_told_as_in_the_answer(columns: Columns, place: int) -> None:
    applicant = persona(place)
    answer = score(applicant, OPTIONS, columns, model_now())
    own = answer.widest

    again = list_score(applicant, Given(own.rows, own.signals), OPTIONS, columns, model_now())

    count = len(own.rows)
    for name in ("row", "tier", "p", "low", "high", "base", "contributions", "match_if", "signal", "cause"):
        np.testing.assert_array_equal(
            getattr(again.rows, name), getattr(answer.rows, name)[:count], err_msg=name
        )
    assert again.rows.selected.all()
    for name in ("cost_usd", "expected", "none", "p_los_angeles"):
        assert getattr(again.widest, name) == pytest.approx(getattr(own, name)), name
    assert again.widest.match.value == pytest.approx(own.match.value, abs=1e-12)
    assert (again.widest.match.low, again.widest.match.high) == pytest.approx((own.match.low, own.match.high))
    np.testing.assert_allclose(again.interviews.pmf, answer.interviews.pmf)
    assert again.signals == answer.signals
    assert again.balance is not None
    assert answer.balance is not None
    assert again.balance.grade == answer.balance.grade
    said = {"few_targets", "mostly_reach", "no_safety", "no_interview"}
    assert [one for one in again.balance.findings if one.code in said] == [
        one for one in answer.balance.findings if one.code in said
    ]


def test_order_of_a_list_changes_no_figure(columns: Columns) -> None:
    rows = score(persona(0), OPTIONS, columns, model_now()).widest.rows
    forward, backward = (told(persona(0), order, columns) for order in (rows, rows[::-1].copy()))

    assert forward.widest.match.value == pytest.approx(backward.widest.match.value, abs=1e-12)
    assert forward.interviews.expected == pytest.approx(backward.interviews.expected)
    np.testing.assert_array_equal(backward.rows.row, rows[::-1])


def test_one_program_more_never_lowers_the_chance(columns: Columns) -> None:
    rows = score(persona(0), OPTIONS, columns, model_now()).widest.rows
    before = 0.0
    for count in range(1, len(rows) + 1, 6):
        match = told(persona(0), rows[:count], columns).widest.match
        assert match.low <= match.value <= match.high
        assert match.value > before
        before = match.value


def closed_row(columns: Columns) -> int:
    answer = score(persona(0), Options(), columns, model_now())
    return int(answer.screened[0])


def test_closed_program_costs_its_fee_and_brings_nothing(columns: Columns) -> None:
    rows = score(persona(0), OPTIONS, columns, model_now()).widest.rows[:5]
    closed = closed_row(columns)
    without, with_it = told(persona(0), rows, columns), told(persona(0), np.append(rows, closed), columns)

    assert with_it.widest.match.value == without.widest.match.value
    np.testing.assert_array_equal(with_it.rows.row, rows)
    assert with_it.screened.tolist() == [closed]
    assert (with_it.verdicts.row == closed).any()
    assert with_it.widest.cost_usd > without.widest.cost_usd
    assert with_it.widest.cost_usd == list_cost(np.append(rows, closed), columns, model_now())


def test_old_listing_is_told_but_not_counted_on(columns: Columns) -> None:
    applicant = persona(0)
    specialty = columns.specialties.index(applicant.specialties[0])
    old = np.flatnonzero((columns.listing == LISTING["old"]) & (columns.specialty == specialty))
    whole = score(applicant, OPTIONS, columns, model_now(), whole=True).whole
    assert whole is not None
    row = int(old[~whole.closed[old]][0])
    rows = score(applicant, OPTIONS, columns, model_now()).widest.rows[:5]

    answer = told(applicant, np.append(row, rows), columns)

    assert answer.widest.match.value == told(applicant, rows, columns).widest.match.value
    assert answer.rows.row.tolist() == [*rows.tolist(), row]
    assert answer.rows.selected.tolist() == [True] * 5 + [False]
    assert answer.rows.abstained[-1]


def test_second_track_of_a_program_is_paid_for_and_counted_once(columns: Columns) -> None:
    applicant = replace(persona(0), specialties=())
    whole = score(applicant, Options(), columns, model_now(), whole=True).whole
    assert whole is not None
    shown = whole.tier >= 0
    groups = (np.flatnonzero(columns.program == program) for program in np.unique(columns.program[shown]))
    first, second = next(rows for rows in groups if len(rows) > 1 and shown[rows].all())[:2].tolist()

    alone = told(applicant, np.array([first]), columns)
    both = told(applicant, np.array([first, second]), columns)

    assert both.widest.match.value == alone.widest.match.value
    assert both.widest.cost_usd == alone.widest.cost_usd
    assert both.rows.row.tolist() == [first, second]
    assert both.rows.selected.tolist() == [True, False]


def test_signal_lifts_its_program_and_more_than_there_are_lift_nothing(columns: Columns) -> None:
    applicant = replace(persona(0), specialties=("internal-medicine",))
    rows = score(applicant, OPTIONS, columns, model_now()).widest.rows[:6]
    plain = told(applicant, rows, columns)
    golden = told(applicant, rows, columns, dict.fromkeys(rows.tolist(), "gold"))

    assert (golden.rows.p[:3] > plain.rows.p[:3]).all()
    np.testing.assert_array_equal(golden.rows.p[3:], plain.rows.p[3:])
    assert golden.signals[0].placed == (3, 0, 0)
    assert golden.widest.match.value > plain.widest.match.value


def test_signal_the_specialty_does_not_have_is_not_sent(columns: Columns) -> None:
    applicant = replace(persona(0), specialties=("internal-medicine",))
    rows = score(applicant, OPTIONS, columns, model_now()).widest.rows[:3]

    answer = told(applicant, rows, columns, {int(rows[0]): "single"})

    assert (answer.rows.signal == NONE).all()


def test_empty_list_brings_nothing_and_costs_nothing(columns: Columns) -> None:
    answer = told(persona(0), np.zeros(0, dtype=np.int64), columns)

    assert answer.interviews.none == 1.0
    assert answer.widest.match.value == 0.0
    assert answer.widest.cost_usd == 0
    assert answer.balance is None


def test_list_of_closed_programs_alone_has_no_chance(columns: Columns) -> None:
    answer = told(persona(0), np.array([closed_row(columns)]), columns)

    assert answer.widest.match.value == 0.0
    assert len(answer.rows.row) == 0
    assert answer.balance is not None
    assert answer.balance.grade == "F"


def test_given_refuses_a_program_that_stands_twice() -> None:
    with pytest.raises(ValueError, match="stands once"):
        given(np.array([1, 1]))


@pytest.mark.parametrize("place", range(len(PERSONAS)))
def test_brief_of_several_lists_is_what_each_is_told(columns: Columns, place: int) -> None:
    """With signals, with every third program, of any tracks there are, and of none."""
    applicant = persona(place)
    own = score(applicant, OPTIONS, columns, model_now()).widest
    lists = [
        Given(own.rows, own.signals),
        given(own.rows[::3]),
        given(np.arange(0, len(columns.ids), 97)),
        given(own.rows[:0]),
    ]
    for each, brief in zip(lists, lists_brief(applicant, lists, columns, model_now()), strict=True):
        whole = list_score(applicant, each, OPTIONS, columns, model_now())
        assert brief.none == pytest.approx(whole.interviews.none, abs=1e-12)
        assert brief.match == pytest.approx(whole.widest.match.value, abs=1e-12)
        assert brief.cost_usd == list_cost(each.rows, columns, model_now())
        assert brief.applications == len(np.unique(columns.program[each.rows]))
