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
        help_text="Many programs limit the years since graduation. A year still to come is fine.",
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

    step1_status = OneOfField(labels.EXAM_STATUSES, label="Result")
    step1_attempts = NumberField(example=1, label="Attempts")
    step1_taken = MonthField(label="Month")
    step1_score = NumberField(
        example=215,
        label="Score",
        help_text="Only if you took it before 26 January 2022. Since then Step 1 is pass or fail.",
    )
    step2ck_status = OneOfField(labels.EXAM_STATUSES, label="Result")
    step2ck_score = NumberField(example=224, label="Score")
    step2ck_attempts = NumberField(example=1, label="Attempts")
    step2ck_taken = MonthField(label="Month")
    step2ck_practice_score = NumberField(
        example=228,
        label="Latest practice score",
        help_text="It stands in for the result you wait for, with a wider range.",
    )
    step3_status = OneOfField(labels.EXAM_STATUSES, label="Result")
    step3_score = NumberField(example=215, label="Score")
    step3_attempts = NumberField(example=1, label="Attempts")
    step3_taken = MonthField(label="Month")

    experience_none = _none("I have no clinical or research experience in the US")
    research_projects = NumberField(example=2, label="Projects")
    research_publications = NumberField(example=1, label="Publications")
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
