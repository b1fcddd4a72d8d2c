"""What is not known, said plainly: of the applicant, and of the programs on the list."""

from collections.abc import Mapping, Sequence
from typing import Any

# Members of a profile that move the answer, in the order they are asked.
ASKED = (
    ("graduation_year", "the year you graduated"),
    ("ecfmg_certified", "your ECFMG certificate"),
    ("visa_needed", "whether you need a visa"),
    ("experience", "your US clinical experience"),
    ("letters", "your letters"),
    ("research", "your research"),
    ("service", "your volunteer work"),
    ("languages", "your languages"),
    ("ties", "your ties to a place"),
    ("red_flags", "gaps or conduct notes"),
)
EXAMS = (("step1", "Step 1"), ("step2ck", "Step 2 CK"), ("step3", "Step 3"))


def exam_unknown(exam: Mapping[str, Any] | None, name: str) -> str:
    """What is open about one exam; a Step 1 without a score is no gap: it is pass or fail."""
    if not exam or exam.get("status") is None:
        return f"whether you have taken {name}" if name == "Step 3" else f"how {name} went"
    if exam["status"] == "pending":
        return f"your {name} result, which is pending"
    if name == "Step 2 CK" and exam["status"] in ("pass", "fail") and exam.get("score") is None:
        return f"your {name} score"
    return ""


def unknown_answers(profile: Mapping[str, Any]) -> list[str]:
    exams = [exam_unknown(profile.get(key), name) for key, name in EXAMS]
    us = profile.get("applicant_type") in ("us_md", "us_do")  # ECFMG certifies nobody of theirs
    rest = [
        words for key, words in ASKED if profile.get(key) is None and not (us and key == "ecfmg_certified")
    ]
    return [words for words in exams if words] + rest


def prior_only(rows: Sequence[Mapping[str, Any]]) -> int:
    return sum(1 for row in rows if row["confidence"] == "prior-only")
