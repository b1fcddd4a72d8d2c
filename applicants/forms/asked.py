"""What the page asks once an answer is known: what it no longer asks is kept as typed, and not said."""

from collections.abc import Mapping
from typing import Any

EXAMS = ("step1", "step2ck", "step3")


def as_asked(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """The answers without those that another answer makes idle, and with the one it implies.

    An exam that waits for its result has no score; one not taken has neither attempts nor a month. Somebody
    who changes "passed" to "waiting" is not told off for the score that is still in its box.
    """
    said = dict(cleaned)
    for exam in EXAMS:
        status = said.get(f"{exam}_status")
        if status in ("pending", "not_taken"):
            said[f"{exam}_score"] = None
        if status == "not_taken":
            said[f"{exam}_taken"] = None
            said[f"{exam}_attempts"] = 0 if said.get(f"{exam}_attempts") == 0 else None
    if said.get("applicant_type") == "us_img" and said.get("visa_needed") is None:
        said["visa_needed"] = "none"  # a US citizen needs none, and is not asked
    return said
