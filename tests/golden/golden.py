"""The answers to the sample applicants over the fixtures, short enough to read in a review."""

from pathlib import Path
from typing import Any

import orjson

from applicants.personas import Persona
from applicants.services import profile_validate
from matching.api.advice import advice_document
from matching.api.docs import EXAMPLES, example
from matching.catalogue import LoadedCatalogue
from matching.engine import answer_compute, answer_document, model_version
from matching.schema import MatchOptions
from matching.validation import validation_document

SEASON = "2027"
TOP = 25
DECIMALS = 6
RANGE_DECIMALS = 4
SCREENED = 10
EXAMPLE = EXAMPLES / "answer.json"
EXAMPLE_TIME = "2026-11-22T12:00:00Z"
ANSWERS = Path(__file__).parent / "answers"


def golden_path(slug: str) -> Path:
    return ANSWERS / f"{slug}.json"


def golden_bytes(persona: Persona, catalogue: LoadedCatalogue) -> bytes:
    """Summary and first rows without labels and sources, numbers rounded, one row a line."""
    answer = answer_compute(
        profile=profile_validate(persona.document, season=SEASON),
        options=MatchOptions(),
        catalogue=catalogue,
        season=SEASON,
    )
    document = answer_document(answer, catalogue, explain=TOP, top=TOP)
    closed = [f"{row['program']['id']} {row['saves_usd']}" for row in document["screened_out"]]
    parts = [
        b'"summary": ' + orjson.dumps(rounded(document["summary"]), option=orjson.OPT_INDENT_2),
        b'"screened_out": ' + orjson.dumps(closed[:SCREENED]),
        b'"list": [\n' + b",\n".join(orjson.dumps(rounded(_row(row))) for row in document["list"]) + b"\n]",
    ]
    return b"{\n" + b",\n".join(parts) + b"\n}\n"


def example_bytes(catalogue: LoadedCatalogue) -> bytes:
    """The documented answer: the documented request's, cut to three rows and one closed program."""
    request = example("request")
    options = MatchOptions.model_validate({**request["options"], "explain": 2})
    profile = profile_validate(request["profile"], season=SEASON)
    answer = answer_compute(profile=profile, options=options, catalogue=catalogue, season=SEASON)
    document = answer_document(answer, catalogue, explain=2, top=3)
    document["screened_out"] = document["screened_out"][:1]
    told = {"id": None, "model_version": model_version(), "data_version": catalogue.version}
    validation = validation_document(model_version(), profile.applicant_type)
    advice = advice_document(profile=profile, season=SEASON)
    dated = {**told, "created_at": EXAMPLE_TIME, "validation": validation, **document, "advice": advice}
    return orjson.dumps(dated, option=orjson.OPT_INDENT_2) + b"\n"


def _row(row: dict[str, Any]) -> dict[str, Any]:
    program = row["program"]
    return {
        "program": f"{program['id']} {program['name']}, {program['city']} {program['state']}",
        **{name: row[name] for name in ("tier", "selected", "fit", "confidence", "abstained", "base")},
        **row["interview"],
        "match_if_interviewed": row["match_if_interviewed"],
        "factors": {factor["factor"]: factor["contribution"] for factor in row["factors"]},
        "gates": {gate["gate"]: gate["verdict"] for gate in row["gates"]},
    }


def rounded(value: Any, decimals: int = DECIMALS) -> Any:
    """``value`` with every number rounded; no minus before a nought. Ranges are kept to ``RANGE_DECIMALS``:
    they come from single precision, whose last digits differ between processors."""
    if isinstance(value, float):
        return round(value, decimals) + 0.0
    if isinstance(value, dict):
        return {
            name: rounded(member, RANGE_DECIMALS if name in ("low", "high") else decimals)
            for name, member in value.items()
        }
    if isinstance(value, list):
        return [rounded(member, decimals) for member in value]
    return value
