"""The eight answers a list needs most. Each may be "don't know": that is an answer too."""

from dataclasses import dataclass

from applicants.forms.fields import DONT_KNOW
from applicants.typed import Typed

UNSAT = ("not_taken", DONT_KNOW)


@dataclass(frozen=True, slots=True)
class Needed:
    """``name`` of the input; settled without an answer where ``other`` says one of ``values``."""

    name: str
    label: str
    other: str = ""
    values: tuple[str, ...] = ()


NEEDED = (
    Needed("applicant_type", "Which applicant you are"),
    Needed("graduation_year", "Year of graduation"),
    Needed("ecfmg_certified", "ECFMG certificate", "applicant_type", ("us_md", "us_do")),
    Needed("step1_status", "Step 1 result"),
    Needed("step1_attempts", "Step 1 attempts", "step1_status", UNSAT),
    Needed("step2ck_status", "Step 2 CK result"),
    Needed("step2ck_score", "Step 2 CK score", "step2ck_status", (*UNSAT, "pending")),
    Needed("step2ck_attempts", "Step 2 CK attempts", "step2ck_status", UNSAT),
)


def needed_open(typed: Typed) -> list[Needed]:
    """Those of the eight that nothing was said about yet."""

    def said(name: str) -> str:
        return next((value.strip() for value in typed.get(name, ())), "")

    return [
        need
        for need in NEEDED
        if not said(need.name) and not (need.other and said(need.other) in need.values)
    ]
