"""Whether the chances of the current model were ever held against what happened."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from django.conf import settings

Status = Literal["aggregates-only", "outcomes"]
FILE = "validation.json"


def validation_path() -> Path:
    """Written by ``manage.py calibrate --outcomes … --write`` alone."""
    return Path(settings.FIXTURES_DIR) / FILE


def validation_status(model_version: str, applicant_type: str) -> Status:
    """``outcomes`` where known outcomes of enough graduates of this kind were measured against this very
    version of the model; any change of a parameter takes that back."""
    found = validation_of(model_version)
    return "outcomes" if found and applicant_type in found["kinds"] else "aggregates-only"


def validation_of(model_version: str) -> dict[str, Any] | None:
    """What was measured for this version: ``rows``, ``applicants``, ``seasons`` and, by kind of graduate,
    what was kept and the measures. None where nothing was."""
    found = _read(validation_path())
    return found if found and found["model_version"] == model_version else None


@lru_cache(maxsize=4)
def _read(path: Path) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document
