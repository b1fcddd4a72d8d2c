"""The one registry: which fact of a program feeds which gate or factor, and which parameters each uses.

Scorer, explanation, documents, API schema and the method page all read it. Order here is the order of every
contribution vector and of every sum.
"""

from dataclasses import dataclass

Fields = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Factor:
    """One additive term of the log-odds. ``parameters`` may end in ``*``: all that begin so."""

    name: str
    title: str
    parameters: Fields
    fact_fields: Fields = ()
    members: Fields = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """One rule of a program. ``waivable``: an inside connection may open it again. ``prose_fields``: what
    speaks of the rule in words alone, where no field of its own does."""

    name: str
    title: str
    fact_fields: Fields
    members: Fields
    waivable: bool = False
    prose_fields: Fields = ()


FACTORS: tuple[Factor, ...] = (
    Factor(
        "openness",
        "Openness to graduates like you",
        ("openness_signs.*", "state_openness.*", "openness.prior_n", "us_img_share.*", "non_us_img_share.*"),
        (
            "residents_total",
            "residents_img",
            "residents_us_img",
            "residents_non_us_img",
            "accepts_img",
            "min_step2ck",
            "holistic_review",
            "us_citizen_or_pr_only",
        ),
        ("applicant_type",),
    ),
    Factor(
        "step2ck",
        "Step 2 CK score",
        (
            "step2ck.per_10*",
            "step2ck.reference.us_img",
            "step2ck.flat_beyond_sd",
            "step2ck.practice_sd",
            "step2ck.pass_mark.*",
            "population.step2ck.us_img.*",
        ),
        ("avg_step2ck",),
        ("step2ck",),
    ),
    Factor(
        "step1",
        "Step 1",
        (
            "step1.fail",
            "step1.score_per_10",
            "step1.reference.us_img",
            "extra_attempt*",
            "population.step1_fail.us_img",
        ),
        (),
        ("step1",),
    ),
    Factor(
        "step2ck_attempts",
        "Step 2 CK attempts",
        ("step2ck.fail", "extra_attempt*", "population.step2ck_fail.us_img"),
        (),
        ("step2ck",),
    ),
    Factor(
        "score_trend", "Improvement from Step 1 to Step 2 CK", ("score_trend.*",), (), ("step1", "step2ck")
    ),
    Factor("step3", "Step 3", ("step3.passed", "population.step3_passed.us_img"), (), ("step3",)),
    Factor(
        "graduation",
        "Years since graduation",
        (
            "graduation.per_year",
            "reference.years_since_graduation",
            "population.years_since_graduation.us_img",
        ),
        (),
        ("graduation_year",),
    ),
    Factor(
        "usce", "Hands-on US clinical experience", ("usce.*", "reference.usce_weeks"), (), ("experience",)
    ),
    Factor("letters", "Letters of recommendation", ("letters.*", "reference.letters_us"), (), ("letters",)),
    Factor(
        "usce_local", "Clinical experience in the area", ("usce.local", "local_overlap"), (), ("experience",)
    ),
    Factor("letter_local", "Letter from the area", ("letter.local", "local_overlap"), (), ("letters",)),
    Factor("geography", "Ties to the area", ("geography.*", "local_overlap"), (), ("ties",)),
    Factor(
        "mission",
        "Service that fits the mission",
        ("mission.*", "local_overlap"),
        ("safety_net", "mission", "program_type"),
        ("service", "languages"),
    ),
    Factor("rotation_here", "Rotation at this program", ("rotation_here",), (), ("experience",)),
    Factor("letter_here", "Letter from this program", ("letter_here",), (), ("letters",)),
    Factor(
        "research",
        "Publications",
        ("research.*", "population.publications.us_img"),
        ("program_type",),
        ("research",),
    ),
    Factor(
        "specialty_commitment",
        "Commitment to the specialty",
        ("specialty_commitment*", "reference.specialty_commitment"),
        (),
        ("experience", "letters"),
    ),
    Factor("visa", "Visa", ("visa_needed", "population.visa_needed.*"), (), ("visa_needed",)),
    Factor("signal", "Your signal", ("signal.*",)),
    Factor("program_type", "Kind of program", ("program_type.*",), ("program_type",), ("applicant_type",)),
    Factor(
        "academic_size",
        "Size of the teaching hospital",
        ("academic_size.*",),
        ("hospital_resident_fte",),
        ("applicant_type",),
    ),
    Factor("competition", "Demand for the area", ("competition.*",)),
    Factor("red_flags", "Gaps and conduct", ("red_flag.*", "population.red_flag.*"), (), ("red_flags",)),
    Factor(
        "gates",
        "The program's own rules",
        ("gate.*",),
        ("max_attempts_step1", "max_attempts_step2ck", "max_years_since_graduation"),
        ("step1", "step2ck", "graduation_year"),
    ),
    Factor(
        "averaging", "What is not known about the program", ("openness_sd", "openness.prior_n", "luck.sigma")
    ),
)
FACTOR_INDEX: dict[str, int] = {factor.name: index for index, factor in enumerate(FACTORS)}
LOCAL: tuple[str, ...] = ("usce_local", "letter_local", "geography", "mission")

GATES: tuple[Gate, ...] = (
    Gate("step1_passed", "Step 1 passed", ("step1_passed",), ("step1",)),
    Gate("min_step2ck", "Lowest Step 2 CK", ("min_step2ck",), ("step2ck",), waivable=True),
    Gate("min_step1", "Lowest Step 1", ("min_step1",), ("step1",), waivable=True),
    Gate(
        "max_attempts_step1",
        "Attempts at Step 1",
        ("max_attempts_step1",),
        ("step1",),
        waivable=True,
        prose_fields=("failed_attempt_policy",),
    ),
    Gate(
        "max_attempts_step2ck",
        "Attempts at Step 2 CK",
        ("max_attempts_step2ck",),
        ("step2ck",),
        waivable=True,
        prose_fields=("failed_attempt_policy",),
    ),
    Gate(
        "max_years_since_graduation",
        "Years since graduation",
        ("max_years_since_graduation",),
        ("graduation_year",),
        waivable=True,
    ),
    Gate(
        "usce_months_required",
        "US clinical experience",
        ("usce_months_required",),
        ("experience",),
        waivable=True,
        prose_fields=("usce_policy",),
    ),
    Gate("ecfmg_required_at", "ECFMG certificate", ("ecfmg_required_at",), ("ecfmg_certified",)),
    Gate("visa", "Visa", ("visa_j1", "visa_h1b"), ("visa_needed",)),
    Gate(
        "us_citizen_or_pr_only", "US citizens or residents only", ("us_citizen_or_pr_only",), ("visa_needed",)
    ),
    Gate("accepts_img", "Takes IMGs", ("accepts_img",), ("applicant_type",)),
    Gate(
        "california_licence",
        "California training licence",
        (),
        ("step1", "step2ck", "ecfmg_certified", "applicant_type"),
    ),
    Gate("step3_for_h1b", "Step 3 for an H-1B visa", ("step3_for_h1b",), ("step3", "visa_needed")),
    Gate("military_service", "Military service", ("military_service",), ("military_service",)),
)
GATE_INDEX: dict[str, int] = {gate.name: index for index, gate in enumerate(GATES)}

# Words of a stated mission that speak of the people a safety net serves.
MISSION_WORDS: Fields = (
    "underserved",
    "under-served",
    "medically vulnerable",
    "most vulnerable",
    "safety-net",
    "safety net",
    "indigent",
    "uninsured",
    "equity",
    "marginalized",
    "latino",
    "spanish",
    "shortage",
)
