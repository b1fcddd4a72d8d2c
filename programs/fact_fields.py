"""The vocabulary of facts: what can be known about a program, and how to ask for what is not.

A field's value is a number, a code, or prose (only ``value_as_stated``, never read by the scorer). A number
field may also take a code: ``none`` (no minimum, no limit) or ``pass`` (a pass is enough). A value left out
means that the statement could not be typed: it is shown as stated and counts as unknown.
"""

from dataclasses import dataclass
from typing import Literal

FactKind = Literal["number", "code", "prose"]
Topic = Literal["exams", "graduates", "visa", "experience", "letters", "program", "numbers", "hospital"]

YES_NO = ("yes", "no")
YES_NO_LIMITED = ("yes", "no", "limited")


@dataclass(frozen=True, slots=True)
class FactField:
    """One entry of the vocabulary. ``low`` and ``high`` bound a number; ``question`` goes to a program."""

    field: str
    kind: FactKind
    topic: Topic
    label: str
    question: str
    codes: tuple[str, ...] = ()
    unit: str = ""
    low: float = 0
    high: float = 0


_ALL = (
    FactField("min_step2ck", "number", "exams", "Lowest Step 2 CK score",
              "Do you have a minimum Step 2 CK score, and is it a firm cutoff?",
              codes=("none", "pass"), low=1, high=300),
    FactField("min_step1", "number", "exams", "Lowest Step 1 score (where scored)",
              "For applicants with a scored Step 1, do you have a minimum score?",
              codes=("none", "pass"), low=1, high=300),
    FactField("avg_step2ck", "number", "exams", "Step 2 CK of residents, mean",
              "What is the mean Step 2 CK score of your recent residents?", low=1, high=300),
    FactField("step1_passed", "code", "exams", "Step 1 must be passed",
              "Must Step 1 be passed before an applicant is considered?", codes=YES_NO),
    FactField("max_attempts_step1", "number", "exams", "Step 1 attempts allowed",
              "How many attempts at Step 1 do you allow?", codes=("none",), unit="attempts", low=1, high=6),
    FactField("max_attempts_step2ck", "number", "exams", "Step 2 CK attempts allowed",
              "How many attempts at Step 2 CK do you allow?", codes=("none",),
              unit="attempts", low=1, high=6),
    FactField("failed_attempt_policy", "prose", "exams", "How failed attempts are seen",
              "How do you look at a failed attempt at a licensing exam?"),
    FactField("max_years_since_graduation", "number", "graduates", "Years since graduation allowed",
              "How many years after graduation may an applicant be?",
              codes=("none",), unit="years", low=0, high=40),
    FactField("accepts_img", "code", "graduates", "Considers international graduates",
              "Do you consider US-citizen graduates of international medical schools?", codes=YES_NO_LIMITED),
    FactField("ecfmg_required_at", "code", "graduates", "ECFMG certificate needed by",
              "By when must an international graduate hold the ECFMG certificate?",
              codes=("application", "interview", "rank_list", "start")),
    FactField("us_citizen_or_pr_only", "code", "visa", "Citizens and permanent residents only",
              "Do you consider only US citizens and permanent residents?", codes=YES_NO),
    FactField("visa_j1", "code", "visa", "J-1 visa", "Do you accept residents on a J-1 visa?",
              codes=YES_NO_LIMITED),
    FactField("visa_h1b", "code", "visa", "H-1B visa", "Do you sponsor H-1B visas?", codes=YES_NO_LIMITED),
    FactField("step3_for_h1b", "code", "visa", "Step 3 needed for an H-1B",
              "Must Step 3 be passed before you sponsor an H-1B, and by when?", codes=YES_NO),
    FactField("military_service", "code", "graduates", "Military service required",
              "Is your program open only to applicants in military service?", codes=YES_NO),
    FactField("usce_months_required", "number", "experience", "US clinical experience required",
              "How many months of hands-on US clinical experience do you require?",
              codes=("none",), unit="months", low=0, high=60),
    FactField("usce_policy", "prose", "experience", "What US clinical experience counts",
              "Which US clinical experience counts for you: electives, sub-internships, externships?"),
    FactField("letters_required", "number", "letters", "Letters required",
              "How many letters of recommendation do you require?", unit="letters", low=0, high=10),
    FactField("letters_policy", "prose", "letters", "Who letters should come from",
              "Who should the letters of recommendation come from?"),
    FactField("program_type", "code", "program", "Program type",
              "Is your program university-based, university-affiliated, community or military?",
              codes=("university", "university-affiliated", "community", "safety-net", "military")),
    FactField("safety_net", "code", "program", "Safety-net hospital",
              "Is your main hospital a safety-net or county hospital?", codes=YES_NO),
    FactField("holistic_review", "code", "program", "Holistic review",
              "Is every application read as a whole, without score filters?", codes=YES_NO),
    FactField("mission", "prose", "program", "Mission in the program's words",
              "Whom does your program mainly serve, and what do you look for because of it?"),
    FactField("positions_pgy1", "number", "numbers", "First-year positions",
              "How many first-year positions do you offer?", unit="positions", low=0, high=400),
    FactField("residents_total", "number", "numbers", "Residents",
              "How many residents are in your program?", unit="residents", low=0, high=1000),
    FactField("residents_img", "number", "numbers", "Residents who are international graduates",
              "How many of your residents are international medical graduates?",
              unit="residents", low=0, high=1000),
    FactField("residents_us_img", "number", "numbers", "Residents who are US-citizen international graduates",
              "How many of your residents are US-citizen international medical graduates?",
              unit="residents", low=0, high=1000),
    FactField("residents_non_us_img", "number", "numbers",
              "Residents who are non-US international graduates",
              "How many of your residents are non-US international medical graduates?",
              unit="residents", low=0, high=1000),
    FactField("applications_received", "number", "numbers", "Applications received in a season",
              "How many applications did you receive last season?", unit="applications", low=0, high=20000),
    FactField("interviews_offered", "number", "numbers", "Interviews offered in a season",
              "How many applicants did you interview last season?", unit="interviews", low=0, high=5000),
    FactField("main_hospital", "prose", "hospital", "Main hospital",
              "Which hospital do your residents spend most of their time in?"),
    FactField("hospital_ownership", "code", "hospital", "Owner of the main hospital",
              "Who owns your main hospital?",
              codes=("nonprofit", "nonprofit-church", "for-profit", "state", "county", "city", "city-county",
                     "hospital-district", "other-government")),
    FactField("hospital_beds", "number", "hospital", "Beds of the main hospital",
              "How many beds does your main hospital have?", unit="beds", low=0, high=10000),
    FactField("hospital_resident_fte", "number", "hospital", "Residents at the main hospital, full-time",
              "How many residents of all specialties train at your main hospital?",
              unit="full-time residents", low=0, high=10000),
    FactField("hospital_rural", "code", "hospital", "Main hospital in a rural county",
              "Is your main hospital in a rural county?", codes=YES_NO),
)  # fmt: skip

FACT_FIELDS: dict[str, FactField] = {entry.field: entry for entry in _ALL}

TOPICS: dict[Topic, str] = {
    "exams": "Exams",
    "graduates": "Graduates",
    "visa": "Citizenship and visa",
    "experience": "Clinical experience",
    "letters": "Letters",
    "program": "The program",
    "numbers": "Numbers",
    "hospital": "Main hospital",
}

CODE_LABELS: dict[str, str] = {
    "none": "no limit",
    "pass": "a pass is enough",
    "yes": "yes",
    "no": "no",
    "limited": "limited",
    "application": "application",
    "interview": "interview",
    "rank_list": "rank list",
    "start": "start of training",
    "university": "university",
    "university-affiliated": "university-affiliated",
    "community": "community",
    "safety-net": "safety net",
    "military": "military",
    "nonprofit": "nonprofit",
    "nonprofit-church": "nonprofit (church)",
    "for-profit": "for profit",
    "state": "state",
    "county": "county",
    "city": "city",
    "city-county": "city and county",
    "hospital-district": "hospital district",
    "other-government": "other government",
}


def value_fault(field: str, text: str) -> str | None:
    """Why ``text`` is no typed value of the field; None where it is one, or is empty (not typed)."""
    entry = FACT_FIELDS.get(field)
    if entry is None:
        return "is no known fact field"
    if not text or text in entry.codes:
        return None
    if entry.kind == "prose":
        return "must be empty: the field is prose and keeps only value_as_stated"
    if entry.kind == "code":
        return f"must be one of {', '.join(entry.codes)}"
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not entry.low <= number <= entry.high:
        codes = f" or one of {', '.join(entry.codes)}" if entry.codes else ""
        return f"must be a number from {entry.low:g} to {entry.high:g}{codes}"
    return None


def value_typed(field: str, text: str) -> tuple[float | None, str]:
    """A checked text as (number, code): at most one of them is given."""
    entry = FACT_FIELDS[field]
    if entry.kind == "number" and text and text not in entry.codes:
        return float(text), ""
    return None, text
