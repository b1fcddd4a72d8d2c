import pytest

from programs.residents import MOST_DOTS, residents
from programs.selectors import facts_listed
from tests.programs.factories import make_fact, make_program

pytestmark = pytest.mark.django_db


def test_residents_need_a_total_and_a_count_of_the_same_year() -> None:
    program = make_program()
    make_fact(program, "residents_img", "7", page_year=2024)
    assert residents(facts_listed(program.pk)) is None
    make_fact(program, "residents_total", "24", page_year=2020)
    assert residents(facts_listed(program.pk)) is None
    make_fact(program, "residents_total", "30", page_year=2024)
    told = residents(facts_listed(program.pk))
    assert told is not None
    assert told.sentence == "IMGs of any citizenship are 7 of 30 residents (2024)."
    assert [(year.year, year.counts) for year in told.years] == [
        ("2024", (None, None, 7.0, 30.0)),
        ("2020", (None, None, None, 24.0)),
    ]


def test_residents_one_dot_each_us_citizens_first() -> None:
    program = make_program()
    for field, count in (("residents_us_img", "3"), ("residents_non_us_img", "2"), ("residents_total", "30")):
        make_fact(program, field, count, page_year=2025)
    told = residents(facts_listed(program.pk))
    assert told is not None
    assert told.sentence == "US-citizen IMGs are 3 of 30 residents (2025)."
    kinds = [dot.kind for dot in told.dots]
    assert told.key == (("us-img", "US-citizen IMG"), ("img", "other IMG"), ("other", "the rest"))
    assert (kinds.count("us-img"), kinds.count("img"), len(kinds)) == (3, 2, 30)
    assert kinds[:5] == ["us-img"] * 3 + ["img"] * 2
    assert max(dot.y for dot in told.dots) < told.height
    assert max(dot.x for dot in told.dots) < told.width


@pytest.mark.parametrize(("total", "dots"), [("0", 0), (str(MOST_DOTS), MOST_DOTS), (str(MOST_DOTS + 1), 0)])
def test_residents_too_many_or_none_are_not_drawn(total: str, dots: int) -> None:
    program = make_program()
    make_fact(program, "residents_img", "0", page_year=2025)
    make_fact(program, "residents_total", total, page_year=2025)
    told = residents(facts_listed(program.pk))
    assert told is not None
    assert len(told.dots) == dots


def test_residents_of_contradicting_sources_take_the_current_one_and_never_more_dots_than_residents() -> None:
    program = make_program()
    make_fact(program, "residents_total", "4", page_year=2025)
    make_fact(program, "residents_img", "9", page_year=2025)
    make_fact(program, "residents_img", "2", page_year=2025, confidence="low")
    told = residents(facts_listed(program.pk))
    assert told is not None
    assert told.years[0].counts == (None, None, 9.0, 4.0)
    assert [dot.kind for dot in told.dots] == ["img"] * 4
    assert told.key == (("img", "IMG"),)


def test_residents_without_a_year_say_so() -> None:
    program = make_program()
    make_fact(program, "residents_non_us_img", "1")
    make_fact(program, "residents_total", "6")
    told = residents(facts_listed(program.pk))
    assert told is not None
    assert told.sentence == "Non-US IMGs are 1 of 6 residents (not dated)."
    assert told.years[0].year == "not dated"
    assert told.key == (("img", "non-US IMG"), ("other", "the rest"))
