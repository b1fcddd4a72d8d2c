"""The sandbox's answers as hashes: partners hold tests against them, so that no change may go unseen."""

import hashlib
from pathlib import Path
from typing import Any

import orjson

from applicants.personas import PERSONAS
from matching.api.sandbox.answering import sandbox_answer
from tests.golden.golden import rounded

HASHES = Path(__file__).parent / "sandbox.json"
# The last digits of ranges differ between processors, as they come from single precision: they are left out.
# tests/golden/answers/ has some to four decimals, and one machine answers the same bytes.
RANGES = ("low", "high")


def answer_hash(answer: dict[str, Any]) -> str:
    """Of all it says, in order, numbers to six decimals."""
    return hashlib.sha256(orjson.dumps(rounded(_without(answer, RANGES)))).hexdigest()


def hashes() -> dict[str, Any]:
    answers = {persona.slug: sandbox_answer({}, persona) for persona in PERSONAS}
    versions = {(answer["model_version"], answer["data_version"]) for answer in answers.values()}
    ((model, data),) = versions
    return {
        "model_version": model,
        "data_version": data,
        "sha256": {slug: answer_hash(answer) for slug, answer in answers.items()},
    }


def hashes_kept() -> dict[str, Any]:
    kept: dict[str, Any] = orjson.loads(HASHES.read_bytes())
    return kept


def _without(value: Any, names: tuple[str, ...]) -> Any:
    if isinstance(value, dict):
        return {name: _without(inner, names) for name, inner in value.items() if name not in names}
    if isinstance(value, list):
        return [_without(inner, names) for inner in value]
    return value
