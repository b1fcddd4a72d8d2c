"""Examples of the cohort operations: one small class, from the upload to its results."""

from pathlib import Path
from typing import Any

import orjson

FOLDER = Path(__file__).parents[1] / "examples"
COHORT_ID = "0b6f2c3e-5a1d-4c7e-9d52-8a3c1f4e7b60"
ADDRESS = f"/api/v1/cohorts/{COHORT_ID}/"


def text(name: str) -> str:
    """As it is sent or streamed, line ends and all."""
    return (FOLDER / name).read_bytes().decode()


def lines(name: str) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in text(name).splitlines()]


JSONL, LINES, CSV = text("cohort.jsonl"), lines("cohort.jsonl"), text("cohort.csv")
RESULTS, RESULTS_CSV = text("cohort_results.jsonl"), text("cohort_results.csv")
ERRORS, ERRORS_CSV = text("cohort_errors.jsonl"), text("cohort_errors.csv")
ERRORS_PAGE = {"next": None, "previous": None, "results": lines("cohort_errors.jsonl")}

DONE: dict[str, Any] = {
    "id": COHORT_ID,
    "state": "done",
    "total": 3,
    "scored": 2,
    "rejected": 1,
    "eta_seconds": 0,
    "reason": None,
    "created_at": "2026-09-20T12:00:00Z",
    "started_at": "2026-09-20T12:00:01Z",
    "finished_at": "2026-09-20T12:00:02Z",
    "erased_at": "2026-10-04T12:00:02Z",
    "model_version": "2027.3",
    "data_version": "9c1f0a7d2b34",
    "season": "2027",
    "results": f"{ADDRESS}results/",
    "errors": f"{ADDRESS}errors/",
}
OPEN = {"finished_at": None, "erased_at": None}
QUEUED = DONE | OPEN | {
    "state": "queued", "scored": 0, "rejected": 0, "eta_seconds": None, "started_at": None
}  # fmt: skip
RUNNING = DONE | OPEN | {
    "state": "running", "total": 50_000, "scored": 20_310, "rejected": 40, "eta_seconds": 22
}  # fmt: skip
FAILED = DONE | {
    "state": "failed",
    "total": 50_000,
    "scored": 20_310,
    "rejected": 40,
    "eta_seconds": None,
    "reason": "The scoring model changed while this cohort waited. Please send it again.",
}
CANCELLED = RUNNING | {
    "state": "cancelled",
    "eta_seconds": None,
    "finished_at": DONE["finished_at"],
    "erased_at": DONE["erased_at"],
    "results": None,
    "errors": None,
}
COHORTS = {"next": None, "previous": None, "results": [DONE]}
