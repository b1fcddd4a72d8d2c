"""The single answers of the page, each with the reason it is asked for."""

from typing import Any

from django import forms

from applicants import labels
from applicants.codes import COUNTRIES, LANGUAGES
from applicants.forms.fields import (
    UNKNOWN,
    DraftForm,
    MonthField,
    NumberField,
    OneOfField,
    SomeOfField,
    TextField,
    YesNoField,
)
from applicants.forms.widgets import LongSelect

NONE_OF_THESE = "none"


def _countries() -> list[Any]:
    common = [(code, COUNTRIES[code]) for code in labels.COMMON_COUNTRIES]
    rest = [(code, name) for code, name in sorted(COUNTRIES.items(), key=lambda item: item[1])]
    return [
        ("", UNKNOWN),
        ("Often chosen", sorted(common, key=lambda item: item[1])),
        ("All others", [item for item in rest if item[0] not in labels.COMMON_COUNTRIES]),
    ]


def _none(words: str) -> forms.BooleanField:
    return forms.BooleanField(required=False, label=words)


def _result(label: str, why: str) -> OneOfField:
    return OneOfField(
        labels.EXAM_STATUSES, radio=True, empty="Don't know, or rather not say", label=label, help_text=why
    )


def _attempts(exam: str) -> NumberField:
    return NumberField(
        example=1, label=f"{exam} attempts", help_text="1 to 6. Count every sitting, the latest too."
    )


def _month(exam: str) -> MonthField:
    return MonthField(
        label=f"{exam} month", help_text="Such as 2023-08. It lets us check a score against that day's rules."
    )


class AnswersForm(DraftForm):
    """What is asked once. Every answer may stay empty: empty is not known, never none."""

    applicant_type = OneOfField(
        labels.APPLICANT_TYPES,
        radio=True,
        label="Which of these are you?",
        help_text="Programs differ most in this. With a green card, choose not a US citizen.",
    )
    school_country = forms.ChoiceField(
        choices=_countries,
        widget=LongSelect(),
        required=False,
        label="Country of your medical school",
        help_text="It tells an IMG from a US graduate. Name the country of the campus that gives the degree.",
    )
    school_name = TextField(
        label="Medical school", help_text="For your own records and your advisor. It changes no number."
    )
    graduation_year = NumberField(
        example=2025,
        label="Year of graduation",
        help_text="Many programs limit the years since. Four digits; a year up to two ahead is fine.",
    )
    ecfmg_certified = YesNoField(
        no="Not yet",
        label="Are you ECFMG certified?",
        help_text="Some programs ask for the certificate before they interview. US graduates can skip this.",
    )
    visa_needed = OneOfField(
        labels.VISA_NEEDS,
        label="Do you need a visa to train?",
        help_text="Many programs sponsor none. US citizens and permanent residents need none.",
    )
    military_service = YesNoField(
        label="Do you serve in the US armed forces, or owe them service?",
        help_text="Military programs take only those who do.",
    )

    step1_status = _result("Step 1 result", "Most programs ask for a pass before they read on.")
    step1_attempts = _attempts("Step 1")
    step1_taken = _month("Step 1")
    step1_score = NumberField(
        example=215,
        label="Step 1 score",
        help_text="1 to 300. Only if you took it before 26 January 2022: since then it is pass or fail.",
    )
    step2ck_status = _result("Step 2 CK result", "Programs sort by it first, now that Step 1 has no score.")
    step2ck_score = NumberField(
        example=224, label="Step 2 CK score", help_text="1 to 300. The score of the latest attempt."
    )
    step2ck_attempts = _attempts("Step 2 CK")
    step2ck_taken = _month("Step 2 CK")
    step2ck_practice_score = NumberField(
        example=228,
        label="Latest practice score",
        help_text="1 to 300, NBME or UWSA. It stands in for the result, with a wider range. "
        "Leave it empty if you have none.",
    )
    step3_status = _result("Step 3 result", "A pass helps a little, and some programs ask it for an H-1B.")
    step3_score = NumberField(example=215, label="Step 3 score", help_text="1 to 300.")
    step3_attempts = _attempts("Step 3")
    step3_taken = _month("Step 3")

    experience_none = _none("I have no clinical or research experience in the US")
    research_projects = NumberField(
        example=2, label="Projects", help_text="0 to 200. 0 is none; empty is not known."
    )
    research_publications = NumberField(
        example=1, label="Publications", help_text="0 to 500, abstracts and posters too."
    )
    service_none = _none("I have done no such service")
    letters_none = _none("I have no letters yet")
    ties_none = _none("I have no ties to any place in the US")
    red_flags = SomeOfField(
        {**labels.RED_FLAGS, NONE_OF_THESE: "None of these"},
        label="Is there anything programs will ask about?",
        help_text="It is better planned for than found. Leave all empty if you would rather not say.",
    )
    languages = SomeOfField(
        {code: LANGUAGES[code] for code in labels.COMMON_LANGUAGES},
        label="Languages you can speak with patients",
        help_text="Clinics that serve their speakers value it, above all in Los Angeles.",
    )

    # The choices come from the catalogue, with the form.
    specialties = SomeOfField(
        {},
        label="Specialties you apply to",
        help_text="Only their programs are listed. Leave all empty to see every specialty.",
    )
    wish_ring = OneOfField(
        labels.WISHED_RINGS,
        empty="No wish",
        radio=True,
        label="Where would you most like to train?",
        help_text="It shapes the order of your list, never the odds.",
    )
    wish_types = SomeOfField(
        labels.PROGRAM_TYPES, label="Kinds of program you would like", help_text="Any, if you leave it empty."
    )

    def clean_school_country(self) -> str | None:
        return self.cleaned_data["school_country"] or None
