"""What became of a list, and what was kept from before, as its owner takes it away."""

from typing import Any

from matching.models import ChanceBefore, OutcomeReport, SavedList


def report_export(saved_list: SavedList) -> dict[str, Any] | None:
    """None where nothing was told and nothing kept. Asks nothing of rows fetched beforehand."""
    report: OutcomeReport | None = getattr(saved_list, "outcome_report", None)
    kept = [_chance(row) for row in saved_list.chances_before.all()]
    if report is None:
        return {"told": None, "chances_before": kept} if kept else None
    told = {
        "code": report.code,
        "season": report.season,
        "applicant_type": report.applicant_type,
        "step2ck_band": report.step2ck_band,
        "ending": report.ending,
        "evidence": report.evidence,
        "seen": report.seen_at,
        "consent_given": report.consented_at,
        "made": report.created_at,
        "changed": report.updated_at,
        "forecast": report.forecast,
        "outcomes": [{"program": row.program_id, "result": row.result} for row in report.outcomes.all()],
    }
    return {"told": told, "chances_before": kept}


def _chance(row: ChanceBefore) -> dict[str, Any]:
    fields = ("program_id", "season", "tier", "probability", "low", "high", "model_version", "data_version",
              "made_at", "kept_at", "known_at")  # fmt: skip
    return {name.removesuffix("_id"): getattr(row, name) for name in fields}
