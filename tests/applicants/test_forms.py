from typing import Any

import pytest

from applicants.forms import ProfileForm
from applicants.forms.errors import error_lines
from applicants.personas import PERSONAS, Persona
from applicants.schema import MAX_ROWS
from applicants.steps import STEPS
from tests.applicants.documents import EXAMPLE, SEASON, example, valid
from tests.applicants.typed_form import SPECIALTIES, errors, posted, sent, shown
from tests.programs.factories import make_program

pytestmark = pytest.mark.django_db


def test_form_shows_and_takes_back_a_document() -> None:
    form = ProfileForm(posted(shown(EXAMPLE)), season=SEASON, specialties=SPECIALTIES)
    assert form.is_valid(), errors(form)
    assert form.profile is not None
    again, first = form.profile.model_dump(), valid(EXAMPLE).model_dump()
    assert sorted(again.pop("specialties")) == sorted(first.pop("specialties"))
    # On the page no states and no kinds ticked are simply not said.
    assert again.pop("wishes") == {**first.pop("wishes"), "states": None, "program_types": None}
    assert again == first


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.slug)
def test_form_takes_back_every_sample(persona: Persona) -> None:
    form = ProfileForm(posted(shown(persona.document)), season=SEASON, specialties=SPECIALTIES)
    assert form.is_valid(), errors(form)
    assert form.profile is not None
    again, first = form.profile.model_dump(), valid(persona.document).model_dump()
    assert sorted(again.pop("specialties")) == sorted(first.pop("specialties"))
    assert again == first


def test_form_sent_empty_knows_nothing() -> None:
    form = sent()
    assert form.is_valid()
    assert form.profile == valid({})


def test_form_tells_none_from_not_known() -> None:
    form = sent(experience_none="on", ties_none="on", red_flags=["none"], research_projects="0")
    assert form.is_valid(), errors(form)
    assert form.profile is not None
    assert (form.profile.experience, form.profile.ties, form.profile.red_flags) == ((), (), ())
    assert (form.profile.letters, form.profile.service, form.profile.languages) == (None, None, None)
    assert form.profile.research is not None
    assert (form.profile.research.projects, form.profile.research.publications) == (0, None)


def test_form_takes_a_month_either_way() -> None:
    for typed in ("2023-08", "08/2023", "8.2023", "2023/8", " 2023-08 "):
        form = sent(step1_taken=typed)
        assert form.is_valid(), typed
        assert form.profile is not None
        assert form.profile.step1 is not None
        assert form.profile.step1.taken == "2023-08"


@pytest.mark.parametrize("typed", ["August 2023", "2023", "2023-13", "13/2023", "23-08"])
def test_form_says_how_to_type_a_month(typed: str) -> None:
    assert errors(sent(step1_taken=typed)) == {"step1_taken": ["Type year and month, such as 2023-08."]}


@pytest.mark.parametrize("typed", ["20x5", "2,025", "224.5", "9" * 5000, "٢٢٤", "1e3", "--1"])
def test_form_says_how_to_type_a_number(typed: str) -> None:
    assert errors(sent(graduation_year=typed)) == {"graduation_year": ["Type a whole number, such as 2025."]}


def test_form_puts_every_fault_beside_its_input() -> None:
    form = sent(
        applicant_type="us_img",
        visa_needed="j1",
        graduation_year="1950",
        step1_status="pass",
        step1_taken="2023-08",
        step1_score="230",
        step2ck_score="301",
        ecfmg_certified="yes",
        step2ck_status="fail",
        experience__rows="2",
        experience__1__weeks="0",
        experience__1__ring="los-angeles",
        experience__1__state="NY",
        ties__rows="1",
        ties__0__state="CA",
    )
    assert set(errors(form)) == {
        "graduation_year",
        "visa_needed",
        "step1_score",
        "step2ck_score",
        "ecfmg_certified",
        "experience-1-kind",
        "experience-1-weeks",
        "ties-0-kind",
    }
    assert not form.is_valid()


def test_form_faults_carry_the_number_of_the_row_on_the_page() -> None:
    form = sent(experience__rows="3", experience__2__kind="elective", experience__2__weeks="500")
    assert errors(form)["experience-2-weeks"] == [
        "Experience 3, weeks, must be 260 or less. Give the length in weeks, 1 to 260."
    ]


def test_form_summary_links_every_error_with_its_label_once() -> None:
    form = sent(graduation_year="x", step2ck_score="301", letters__rows="2", letters__1__state="CA")
    assert form.error_lines() == [
        {
            "name": "graduation_year",
            "anchor": "id_graduation_year",
            "text": "Graduation year: Type a whole number, such as 2025.",
        },
        {
            "name": "step2ck_score",
            "anchor": "id_step2ck_score",
            "text": "Step 2 CK score must be 300 or less. USMLE scores run from 1 to 300.",
        },
        {
            "name": "letters-1-author",
            "anchor": "id_letters-1-author",
            "text": "Letter 2: Choose one, or empty the rest of this row.",
        },
    ]


def test_form_errors_that_belong_nowhere_lead_to_the_top() -> None:
    form = sent()
    form.is_valid()
    form.add_error(None, "Wait a minute.")
    assert list(error_lines(form)) == [{"name": "", "anchor": "main", "text": "Wait a minute."}]


def test_form_none_and_a_row_contradict() -> None:
    form = sent(letters_none="on", letters__rows="1", letters__0__author="non_us")
    assert set(errors(form)) == {"letters_none"}
    assert not form.is_valid()
    assert set(errors(sent(red_flags=["none", "professionalism"]))) == {"red_flags"}


def test_form_fills_in_california_for_its_rings() -> None:
    form = sent(ties__rows="1", ties__0__kind="family", ties__0__ring="los-angeles")
    assert form.is_valid()
    assert form.profile is not None
    assert form.profile.ties is not None
    assert (form.profile.ties[0].state, form.profile.ties[0].ring) == ("CA", "los-angeles")


def test_form_knows_languages_and_states_of_both_kinds_of_input() -> None:
    form = sent(
        languages=["es", "en"],
        languages__rows="2",
        languages__1__code="fr",
        states__rows="2",
        states__0__state="NY",
        states__1__state="CA",
    )
    assert form.is_valid(), errors(form)
    assert form.profile is not None
    assert form.profile.languages == ("es", "en", "fr")
    assert form.profile.wishes is not None
    assert form.profile.wishes.states == ("NY", "CA")


def test_form_duplicates_show_at_the_second_row() -> None:
    form = sent(states__rows="3", states__0__state="NY", states__2__state="NY")
    assert errors(form) == {"states-2-state": ['"NY" is already in the list. Name it once.']}


def test_form_program_ids_are_those_of_the_catalogue() -> None:
    program = make_program()
    good = sent(experience__rows="1", experience__0__kind="elective", experience__0__program_id=program.pk)
    assert good.is_valid(), errors(good)
    bad = sent(experience__rows="1", experience__0__kind="elective", experience__0__program_id="sp99999")
    assert errors(bad) == {
        "experience-0-program_id": [
            "No program has this id. Copy it from the program's page, or leave it out."
        ]
    }
    wrong = sent(experience__rows="1", experience__0__kind="elective", experience__0__program_id="x' OR 1")
    assert set(errors(wrong)) == {"experience-0-program_id"}


def test_form_draft_shows_what_was_typed_and_judges_nothing() -> None:
    form = sent(
        draft=True,
        focus=("letters", 2),
        letters__rows="3",
        letters__1__state="CA",
        graduation_year="x",
        languages=["es"],
    )
    focused = [row["author"].field.widget.attrs.get("autofocus") for row in form.rows["letters"]]
    assert focused == [None, None, True]
    assert form.rows["letters"].forms[1]["state"].value() == "CA"
    assert form["graduation_year"].value() == "x"
    assert form.error_lines() == []
    assert not form.is_valid()


@pytest.mark.parametrize("count", ["", "-1", "1e3", "x", "٣", "99999999999999999999", "0"])
def test_form_row_count_is_bounded(count: str) -> None:
    rows = sent(experience__rows=count).rows["experience"]
    assert 1 <= rows.count <= MAX_ROWS


def test_form_row_count_ends_at_forty() -> None:
    rows = sent(experience__rows="41").rows["experience"]
    assert rows.count == MAX_ROWS
    assert not rows.can_grow


def test_form_choices_that_are_not_offered_are_refused() -> None:
    form = sent(applicant_type="martian", experience__rows="1", experience__0__kind="walk", specialties=["x"])
    assert set(errors(form)) == {"applicant_type", "experience-0-kind", "specialties"}


def test_form_shows_the_rows_filled_and_at_least_one() -> None:
    form = shown(example(letters=[{"author": "non_us"}] * 4, ties=None))
    assert (form.rows["letters"].count, form.rows["ties"].count) == (4, 1)


def test_form_every_input_has_words_and_single_answers_say_why() -> None:
    form = shown()
    assert all(field.label for field in form)
    unexplained = {field.name for field in form if not field.help_text}
    # These stand under a heading that gives the reason for all of them.
    assert unexplained == {f"{name}_none" for name in ("experience", "service", "letters", "ties")}


def test_form_every_input_names_the_place_of_its_errors() -> None:
    form = sent(step2ck_score="x")
    assert form["step2ck_score"].aria_describedby == "id_step2ck_score_helptext id_step2ck_score_error"
    assert form["experience_none"].aria_describedby == "id_experience_none_error"


@pytest.mark.parametrize(
    "name", ["applicant_type", "ecfmg_certified", "military_service", "step1_status", "step2ck_status"]
)
def test_form_takes_dont_know_as_an_answer(name: str) -> None:
    typed: dict[str, Any] = {name: "unknown"}
    form = sent(**typed)
    assert form.is_valid(), errors(form)
    assert form.profile == valid({})


def test_form_asks_for_no_score_of_an_exam_without_a_result() -> None:
    form = sent(
        step1_status="pass",
        step2ck_status="pending",
        step2ck_score="224",
        step2ck_attempts="1",
        step2ck_practice_score="228",
        step3_status="not_taken",
        step3_attempts="2",
        step3_taken="2026-01",
    )
    assert form.is_valid(), errors(form)
    assert form.profile is not None
    assert form.profile.step2ck is not None
    assert (form.profile.step2ck.score, form.profile.step2ck.practice_score) == (None, 228)
    assert form.profile.step3 is not None
    assert (form.profile.step3.attempts, form.profile.step3.taken) == (None, None)


def test_form_knows_that_a_us_citizen_needs_no_visa() -> None:
    form = sent(applicant_type="us_img")
    assert form.is_valid()
    assert form.profile is not None
    assert form.profile.visa_needed == "none"
    other = sent(applicant_type="us_md")
    assert other.is_valid()
    assert other.profile is not None
    assert other.profile.visa_needed is None


def test_form_takes_a_program_by_its_name() -> None:
    program = make_program(name="Harbor Medical Center", city="Torrance")
    form = sent(
        experience__rows="1", experience__0__kind="elective", experience__0__program_id="harbor torrance"
    )
    assert form.is_valid(), errors(form)
    assert form.profile is not None
    assert form.profile.experience is not None
    assert form.profile.experience[0].program_id == program.pk


def test_form_forgives_the_step_nobody_sent() -> None:
    form = sent(graduation_year="x", experience__rows="1", experience__0__weeks="x")
    form.is_valid()
    form.forgive(STEPS[1])
    assert set(errors(form)) == {"graduation_year"}


def test_form_summary_leaves_the_choice_of_programs_beside_the_input() -> None:
    for number in range(2):
        make_program(name=f"Harbor {number}")
    form = sent(experience__rows="1", experience__0__kind="elective", experience__0__program_id="harbor")
    assert "Harbor 1" in errors(form)["experience-0-program_id"][0]
    assert [line["text"] for line in form.error_lines()] == [
        "Experience 1: Several programs fit. Add the specialty, or type the code of the one you mean"
    ]
