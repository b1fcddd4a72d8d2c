"""California's training licence in words: each rule held of it, with its date and public source."""

from functools import lru_cache
from typing import Any

from programs.reference import Row, reference_rows

Document = dict[str, Any]
EXAMS, SCHOOL = "exams_for_training_licence", "school_must_be_recognised"

# What each rule is about; only the first two are held against an applicant, the rest is for her to know.
LABELS = {
    EXAMS: "Exams before training in California",
    SCHOOL: "Medical school recognised by the state",
    "postgraduate_training_licence_within": "Time to get the training licence",
    "postgraduate_training_licence_valid": "How long the training licence lasts",
    "postgraduate_training_licence_valid_elsewhere": "How long it lasts by another page of the board",
    "training_for_full_licence": "Training before a full licence",
    "ptal_required": "Authorization letter for IMGs (PTAL)",
}


@lru_cache(maxsize=1)
def licence_rules() -> tuple[Document, ...]:
    """Every rule, those held against an applicant first."""
    rows = {row["rule"]: row for row in reference_rows("california_licence")}
    return tuple(_rule(rows[name], label) for name, label in LABELS.items())


def _rule(row: Row, label: str) -> Document:
    return {
        "rule": row["rule"],
        "label": label,
        "binds": row["rule"] in (EXAMS, SCHOOL),
        "value": row["value"],
        "unit": row["unit"] or None,
        "note": row["note"] or None,
        "source": row["source"],
        "source_kind": "government" if "mbc.ca.gov" in row["source"] else "hospital_gme_page",
        "url": row["url"] or None,
        "page_year": int(row["observed"]) if row["observed"] else None,
    }


@lru_cache(maxsize=8)
def licence_fact(rule: str) -> Document:
    """A rule of the state as the fact a verdict rests on. Raises KeyError for no such rule."""
    found = {entry["rule"]: entry for entry in licence_rules()}[rule]
    return {
        "id": None,
        "field": rule,
        "value": found["value"],
        "as_stated": found["note"] or found["value"],
        "strictness": "strict",
        "url": found["url"],
        "source": found["source"],
        "source_kind": found["source_kind"],
        "page_year": found["page_year"],
        "observed_on": None,
        "confidence": "high" if found["source_kind"] == "government" else "medium",
        "conflicts": 0,
    }
