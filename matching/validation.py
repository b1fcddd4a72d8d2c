"""What an answer says of its own standing: whether its chances were ever checked, and where that is told."""

from functools import lru_cache
from typing import Any

from django.urls import reverse

from matching.outcomes.status import validation_status


def validation_document(model_version: str, applicant_type: str | None) -> dict[str, Any]:
    """The ``validation`` of an answer by this version of the model for this kind of graduate."""
    return {
        "status": validation_status(model_version, applicant_type or ""),
        "report": _report(),
    }


@lru_cache(maxsize=1)
def _report() -> str:
    return reverse("matching:report_card")
