import pytest

from programs.fact_fields import FACT_FIELDS
from programs.presentation import (
    NOT_ASKED,
    age_words,
    disagree,
    fact_line,
    own_pages,
    topic_blocks,
    value_words,
    web_host,
)
from programs.selectors import facts_listed
from tests.programs.factories import make_fact, make_program


@pytest.mark.parametrize(
    ("field", "value", "stated", "words"),
    [
        ("min_step2ck", 220.0, "220", "220"),
        ("min_step2ck", "none", "none", "No minimum"),
        ("min_step2ck", "pass", "pass", "A pass is enough"),
        ("max_years_since_graduation", "none", "none", "No limit"),
        ("letters_required", 1.0, "1", "1 letter"),
        ("applications_received", 3000.0, "3000", "3,000 applications"),
        ("hospital_resident_fte", 610.12, "610.12", "610.12 full-time residents"),
        ("mission", None, "care for all", "care for all"),
        ("ecfmg_required_at", "rank_list", "rank_list", "Rank list"),
        ("visa_j1", None, "", ""),
    ],
)
def test_value_words(field: str, value: float | str | None, stated: str, words: str) -> None:
    assert value_words(FACT_FIELDS[field], value, stated) == words


def test_age_words_only_where_it_gives_pause() -> None:
    assert age_words(None, 2026) == age_words(2024, 2026) == ""
    assert age_words(2016, 2026) == "10 years old"


def test_not_asked_are_known_fields() -> None:
    assert FACT_FIELDS.keys() >= NOT_ASKED


@pytest.mark.django_db
def test_topic_blocks_part_what_is_known_from_what_is_not() -> None:
    program = make_program()
    make_fact(program, "visa_j1", "yes", confidence="low")
    make_fact(program, "visa_j1", "no")
    blocks = {block.name: block for block in topic_blocks(facts_listed(program.pk), 2026)}
    (visa,) = blocks["Citizenship and visa"].known
    assert visa.disagree
    assert [(line.value, line.is_current) for line in visa.lines] == [("No", True), ("Yes", False)]
    assert [field.field for field in blocks["Citizenship and visa"].unknown] == [
        "us_citizen_or_pr_only",
        "visa_h1b",
    ]
    assert "Main hospital" not in blocks


@pytest.mark.django_db
def test_topic_blocks_tell_a_common_source_once() -> None:
    program = make_program()
    shared = {"url": "", "source": "a government file", "note": "rotations differ", "page_year": 2021}
    make_fact(program, "hospital_beds", "400", **shared)
    make_fact(program, "hospital_rural", "no", **shared)
    make_fact(program, "visa_j1", "yes")
    blocks = {block.name: block for block in topic_blocks(facts_listed(program.pk), 2026)}
    common = blocks["Main hospital"].common
    assert common is not None
    assert (common.note, common.age) == ("rotations differ", "5 years old")
    assert blocks["Citizenship and visa"].common is None


@pytest.mark.parametrize(
    ("value", "note", "told"),
    [
        ("No filter on exam scores", "no filter on scores", ""),
        ("No filter on exam scores", "applies to every graduate", "applies to every graduate"),
    ],
)
@pytest.mark.django_db
def test_fact_line_drops_a_note_that_says_no_more(value: str, note: str, told: str) -> None:
    fact = make_fact(make_program(), "usce_policy", "", value_as_stated=value, note=note)
    line = fact_line(fact, 2026)
    assert (line.id, line.value, line.note) == (fact.pk, value, told)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.program.example/apply", "program.example"),
        ("http://program.example", "program.example"),
        ("javascript:alert(1)", ""),
        ("ftp://program.example/", ""),
        ("", ""),
    ],
)
def test_web_host(url: str, host: str) -> None:
    assert web_host(url) == host


@pytest.mark.django_db
def test_fact_line_never_links_to_an_address_that_runs() -> None:
    fact = make_fact(make_program(), "visa_j1", "yes")
    fact.url = "javascript:alert(1)"
    assert fact_line(fact, 2026).fact["url"] == ""


@pytest.mark.django_db
def test_own_pages_one_a_host_the_nearest_first() -> None:
    program = make_program()
    make_fact(program, "visa_j1", "yes", source_kind="hospital_page", url="https://hospital.example/gme")
    make_fact(program, "min_step2ck", "220", url="https://www.program.example/b")
    make_fact(program, "accepts_img", "yes", url="https://program.example/a")
    make_fact(program, "hospital_beds", "400", source_kind="government", url="https://data.gov.example/")
    make_fact(program, "visa_h1b", "no", source_kind="news", url="https://news.example/")
    pages = own_pages(facts_listed(program.pk))
    assert [(page.host, page.url) for page in pages] == [
        ("program.example", "https://program.example/a"),
        ("hospital.example", "https://hospital.example/gme"),
    ]


@pytest.mark.parametrize(
    ("field", "year", "told"),
    [("residents_total", 2024, False), ("residents_total", 2025, True), ("min_step2ck", 2024, True)],
)
@pytest.mark.django_db
def test_disagree_counts_of_different_years_can_both_hold(field: str, year: int, told: bool) -> None:
    program = make_program()
    make_fact(program, field, "30", page_year=2025)
    make_fact(program, field, "28", page_year=year)
    assert disagree(facts_listed(program.pk)) is told
