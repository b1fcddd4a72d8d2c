from urllib.parse import parse_qs, urlsplit

import pytest

from programs.fact_fields import FACT_FIELDS
from programs.presentation import ASK_FIRST, NOT_ASKED, age_words, ready_email, topic_blocks, value_words
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


def test_ask_first_are_fields_worth_asking() -> None:
    assert set(ASK_FIRST) <= FACT_FIELDS.keys()
    assert FACT_FIELDS.keys() >= NOT_ASKED
    assert not NOT_ASKED & set(ASK_FIRST)


@pytest.mark.django_db
def test_topic_blocks_part_what_is_known_from_what_is_not() -> None:
    program = make_program()
    make_fact(program, "visa_j1", "yes", confidence="low")
    make_fact(program, "visa_j1", "no")
    blocks = {block.name: block for block in topic_blocks(facts_listed(program.pk), 2026)}
    (visa,) = blocks["Citizenship and visa"].known
    assert visa.disagree
    assert [(line.value, line.is_current, line.fact["conflicts"]) for line in visa.lines] == [
        ("No", True, 1),
        ("Yes", False, 0),
    ]
    assert [field.field for field in blocks["Citizenship and visa"].unknown] == [
        "us_citizen_or_pr_only",
        "visa_h1b",
    ]
    assert "Main hospital" not in blocks


@pytest.mark.django_db
def test_ready_email_asks_only_what_is_open() -> None:
    program = make_program(nrmp_code="1049140C0")
    for field in ASK_FIRST[1:]:
        entry = FACT_FIELDS[field]
        make_fact(program, field, entry.codes[0] if entry.codes else "5")
    email = ready_email(program, facts_listed(program.pk))
    assert email is not None
    assert "(NRMP 1049140C0)" in email.body
    assert f"1. {FACT_FIELDS[ASK_FIRST[0]].question}" in email.body
    assert "2." not in email.body
    assert parse_qs(urlsplit(email.href).query)["body"] == [email.body]
    make_fact(program, ASK_FIRST[0], "yes")
    assert ready_email(program, facts_listed(program.pk)) is None


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
