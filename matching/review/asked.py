"""A fact of the profile that an advisor asks for: what it is called, and where on the form it is told."""

from dataclasses import dataclass

from applicants.forms.members import INPUTS
from applicants.steps import ROWS, Step, step_of
from applicants.words import LABELS
from matching.presentation.unknown import ASKED as IN_A_SENTENCE

WORDS = dict(IN_A_SENTENCE) | {
    "applicant_type": "what kind of applicant you are",
    "medical_school.country": "the country of your medical school",
    "medical_school.name": "the name of your medical school",
    **{
        f"{exam}.taken": f"when you took {name}"
        for exam, name in (("step1", "Step 1"), ("step2ck", "Step 2 CK"), ("step3", "Step 3"))
    },
    "specialties": "the specialties you apply in",
    "wishes.ring": "where you would most like to train",
    "wishes.program_types": "the kinds of program you wish for",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """``field`` as a patch keeps it, ``step2ck.score``; ``anchor``: the place on the page of its step."""

    field: str
    words: str
    step: Step
    anchor: str


def asked_fact(field: str) -> Asked | None:
    """None where the form asks for no such thing: then the advisor's words alone must do."""
    path = tuple(field.split("."))
    if field in ROWS:
        return Asked(field, WORDS[field], step_of(f"{field}-rows"), field)
    name = INPUTS.get(path) or next((name for here, name in INPUTS.items() if here[:1] == path), None)
    if name is None:
        return None
    return Asked(field, WORDS.get(field) or _words(path), step_of(name), f"id_{name}")


def _words(path: tuple[str, ...]) -> str:
    """``your Step 2 CK score``"""
    label = LABELS.get(path) or " ".join(path).replace("_", " ")
    return f"your {label if label.startswith('Step') else label[:1].lower() + label[1:]}"


ASKABLE = tuple(
    found
    for field in (*(".".join(path) for path in INPUTS), *ROWS)
    if (found := asked_fact(field)) is not None
)
