"""The three short steps of the form, and which input is asked on which."""

import re
from dataclasses import dataclass

# Rows of several members, each list with a "none" of its own.
ROWS = ("experience", "letters", "service", "ties")
EXAM_MEMBERS = ("status", "score", "attempts", "taken")
ROW_INPUT = re.compile(r"(?P<rows>[a-z]+)-(?:rows|[0-9]{1,2}-[a-z_]+)")


@dataclass(frozen=True, slots=True)
class Step:
    """``fields`` are asked once, ``rows`` repeat."""

    slug: str
    title: str
    short: str
    fields: frozenset[str]
    rows: tuple[str, ...] = ()

    def asks(self, name: str) -> bool:
        """Whether the input of this name stands on this step."""
        row = ROW_INPUT.fullmatch(name)
        return name in self.fields or (row is not None and row["rows"] in self.rows)


STEPS = (
    Step(
        "you",
        "You and your exams",
        "You and exams",
        frozenset(
            (
                "applicant_type",
                "school_country",
                "school_name",
                "graduation_year",
                "ecfmg_certified",
                "visa_needed",
                "military_service",
                *(f"{exam}_{member}" for exam in ("step1", "step2ck", "step3") for member in EXAM_MEMBERS),
                "step2ck_practice_score",
            )
        ),
    ),
    Step(
        "training",
        "Experience, letters, ties",
        "Experience and ties",
        frozenset(
            (
                *(f"{name}_none" for name in ROWS),
                "research_projects",
                "research_publications",
                "languages",
                "red_flags",
            )
        ),
        (*ROWS, "languages"),
    ),
    Step(
        "wishes",
        "What you want and will spend",
        "Wishes and costs",
        frozenset(("specialties", "wish_ring", "wish_types", "max_applications", "max_usd")),
        ("states",),
    ),
)
FIRST, LAST = STEPS[0], STEPS[-1]


def step_get(slug: str) -> Step | None:
    return next((step for step in STEPS if step.slug == slug), None)


def step_of(name: str) -> Step:
    """The step that asks for this input; what belongs to no input is told on the first."""
    return next((step for step in STEPS if step.asks(name)), FIRST)


def step_next(step: Step) -> Step:
    """The step after this one; the last has none after it and stays."""
    return STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]


def step_before(step: Step) -> Step:
    return STEPS[max(STEPS.index(step) - 1, 0)]
