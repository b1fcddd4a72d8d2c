"""Answer documents in the fewest words a test needs."""

from typing import Any

HISTOGRAM = [0.1, 0.2, 0.3, 0.2, 0.12, 0.06, 0.02]


def interviews_of(**values: Any) -> dict[str, Any]:
    return {"expected": 2.3, "p10": 1, "p50": 2, "p90": 4, "none": 0.1, "histogram": HISTOGRAM, **values}


def scope_of(scope: str, **values: Any) -> dict[str, Any]:
    return {
        "scope": scope,
        "applications": 40,
        "cost_usd": 1630,
        "interviews": {"expected": 2.34, "none": 0.18},
        "match": {"probability": 0.4, "low": 0.29, "high": 0.52},
        "interviews_per_100_usd": 0.144,
        "match_lost": 0.1,
        **values,
    }


def summary_of(**values: Any) -> dict[str, Any]:
    return {
        "interviews": interviews_of(),
        "match": {"probability": 0.5, "low": 0.44, "high": 0.7},
        "tiers": {"safety": 0, "target": 1, "reach": 2},
        "no_true_safety": True,
        "scopes": [scope_of("los-angeles"), scope_of("national", interviews={"expected": 6.1, "none": 0.02})],
        "list_by_ring": {"los-angeles": 1, "california": 0, "west-coast": 0, "national": 2},
        "p_los_angeles": 0.31,
        "applications": 3,
        "cost_usd": 1830,
        "screened_out": {"count": 0, "saves_usd": 0},
        **values,
    }


def program_of(number: int = 1, **values: Any) -> dict[str, Any]:
    return {
        "id": f"sp{number:05d}",
        "acgme_id": None,
        "nrmp_code": None,
        "listing_status": "current",
        "last_listed_year": 2026,
        "name": f"Hospital {number} Program",
        "specialty": "internal-medicine",
        "specialty_name": "Internal medicine",
        "track": "categorical",
        "institution": f"Hospital {number}",
        "city": "Los Angeles",
        "state": "CA",
        "ring": "los-angeles",
        "in_los_angeles_county": True,
        **values,
    }


def gate_of(gate: str = "min_step2ck", verdict: str = "pass", **values: Any) -> dict[str, Any]:
    return {
        "gate": gate,
        "label": "Lowest Step 2 CK",
        "verdict": verdict,
        "strictness": "strict",
        "waived": False,
        "required": 220.0,
        "yours": 224,
        "fact": {"url": "https://example.org/faq", "source_kind": "program_faq", "page_year": 2025},
        **values,
    }


def row_of(
    number: int = 1, *, probability: float | None = 0.1, ring: str = "los-angeles", **values: Any
) -> dict[str, Any]:
    """A row without factors; ``probability`` None is a row whose number may not be shown."""
    low, high = (None, None) if probability is None else (probability / 2, min(probability * 2, 1.0))
    return {
        "rank": number,
        "program": program_of(number, ring=ring),
        "tier": "reach",
        "selected": True,
        "interview": {"probability": probability, "low": low, "high": high},
        "base": -3.0,
        "fit": 71,
        "confidence": "prior-only",
        "abstained": probability is None,
        **values,
    }


def document_of(rows: list[dict[str, Any]], **values: Any) -> dict[str, Any]:
    return {"summary": summary_of(), "list": rows, "screened_out": [], **values}
