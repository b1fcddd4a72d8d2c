"""An answer as bytes for the run that keeps it: compressed JSON, arrays as lists, codes by name.

Factors and gates are written by name, so that an answer stays readable when the registry grows.
"""

import dataclasses
import math
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
import orjson

from matching.scoring.actions import ACTION_INDEX, ALL_ACTIONS
from matching.scoring.answer import (
    Answer,
    Asks,
    Flips,
    Interviews,
    Range,
    Rows,
    ScopeAnswer,
    Screened,
    SignalUse,
    Verdicts,
)
from matching.scoring.applicant import (
    Applicant,
    Exam,
    Experience,
    Letter,
    Service,
    Tie,
    Wishes,
)
from matching.scoring.balance import Balance, Finding
from matching.scoring.causes import CAUSES, NOT_NAMED
from matching.scoring.registry import FACTOR_INDEX, FACTORS, GATE_INDEX, GATES

FORMAT = 2  # raised when answers kept before can no longer be read
APART = "whole"  # kept beside the answer: few pages read it


class AnswerOutdated(ValueError):
    """Bytes of another format: the answer has to be worked out anew."""


def answer_pack(answer: Answer) -> bytes:
    """The whole answer; the same answer gives the same bytes."""
    document = {
        "format": FORMAT,
        "factors": [factor.name for factor in FACTORS],
        "gates": [gate.name for gate in GATES],
        "causes": CAUSES,
        "actions": [action.name for action in ALL_ACTIONS],
        "answer": {
            field.name: getattr(answer, field.name)
            for field in dataclasses.fields(answer)
            if field.name != APART
        },
    }
    return zlib.compress(orjson.dumps(document, option=orjson.OPT_SERIALIZE_NUMPY), 6)


def answer_unpack(blob: bytes) -> Answer:
    """The answer again. Raises AnswerOutdated for bytes of another format."""
    document = orjson.loads(zlib.decompress(blob))
    if document["format"] != FORMAT:
        raise AnswerOutdated(f"answer format {document['format']} is not readable")
    kept: dict[str, Any] = document["answer"]
    kept["applicant"] = _applicant(kept["applicant"])
    kept["scopes"] = tuple(_scope(scope) for scope in kept["scopes"])
    kept["interviews"] = Interviews(**{**kept["interviews"], "pmf": _floats(kept["interviews"]["pmf"])})
    kept["rows"] = _rows(kept["rows"], document["factors"], document["causes"])
    kept["verdicts"] = _verdicts(kept["verdicts"], document["gates"])
    kept["screened_by"] = _screened(kept["screened_by"], document["gates"])
    kept["flips"] = _flips(kept["flips"], document["actions"])
    kept["asks"] = _asks(kept["asks"])
    kept["match_cause"] = int(_causes(document["causes"])([kept["match_cause"]])[0])
    kept["match_cause_share"] = float(_floats([kept["match_cause_share"]])[0])
    kept["balance"] = _balance(kept["balance"]) if kept["balance"] else None
    kept["signals"] = tuple(_signal_use(use) for use in kept["signals"])
    for name in ("screened", "screened_usd", "waived"):
        kept[name] = _ints(kept[name])
    return Answer(**{**kept, "tiers_all": tuple(kept["tiers_all"]), "unknown": tuple(kept["unknown"])})


def _balance(kept: dict[str, Any]) -> Balance:
    return Balance(**{**kept, "findings": tuple(Finding(**finding) for finding in kept["findings"])})


def _signal_use(kept: dict[str, Any]) -> SignalUse:
    return SignalUse(**{**kept, "available": tuple(kept["available"]), "placed": tuple(kept["placed"])})


def _floats(values: list[Any]) -> Any:
    return np.array(values, dtype=np.float64)


def _ints(values: list[int]) -> Any:
    return np.array(values, dtype=np.int64)


def _flags(values: list[bool]) -> Any:
    return np.array(values, dtype=bool)


def _scope(kept: dict[str, Any]) -> ScopeAnswer:
    arrays = {name: _ints(kept[name]) for name in ("rows", "signals")}
    return ScopeAnswer(**{**kept, **arrays, "match": _range(kept["match"])})


def _range(kept: dict[str, Any]) -> Range:
    """A figure; NaN was written as null."""
    return Range(*(math.nan if kept[name] is None else kept[name] for name in ("value", "low", "high")))


def _rows(kept: dict[str, Any], factors: list[str], causes: list[str]) -> Rows:
    contributions = np.zeros((len(kept["row"]), len(FACTORS)))
    columns = [FACTOR_INDEX[name] for name in factors]
    contributions[:, columns] = _floats(kept["contributions"]).reshape(len(kept["row"]), len(factors))
    read: dict[str, Callable[[list[Any]], Any]] = {
        "row": _ints,
        "tier": _ints,
        "signal": _ints,
        "confidence": _ints,
        "cause": _causes(causes),
        "selected": _flags,
        "abstained": _flags,
    }
    arrays = {name: read.get(name, _floats)(values) for name, values in kept.items()}
    return Rows(**{**arrays, "contributions": contributions})


def _causes(names: list[str]) -> Callable[[list[int]], Any]:
    """Reads codes into ``names`` as today's; a cause there is no more is not named."""
    codes = [CAUSES.index(name) if name in CAUSES else NOT_NAMED for name in names]
    return lambda values: _ints([codes[value] if value >= 0 else NOT_NAMED for value in values])


def _screened(kept: dict[str, Any], gates: list[str]) -> Screened:
    gate = _ints([GATE_INDEX[gates[code]] for code in kept["gate"]])
    return Screened(gate, _ints(kept["count"]), _ints(kept["usd"]))


def _verdicts(kept: dict[str, Any], gates: list[str]) -> Verdicts:
    codes = np.array([GATE_INDEX[name] for name in gates], dtype=np.int64)
    return Verdicts(
        row=_ints(kept["row"]),
        gate=codes[_ints(kept["gate"])],
        verdict=np.array(kept["verdict"], dtype=np.int8),
        strict=_flags(kept["strict"]),
        fact=_ints(kept["fact"]),
    )


def _flips(kept: dict[str, Any], actions: list[str]) -> Flips:
    """Flips whose action the registry no longer has are left out."""
    codes = np.array([ACTION_INDEX.get(name, -1) for name in actions], dtype=np.int64)
    action = codes[_ints(kept["action"])]
    here = action >= 0
    row, tier, p = _ints(kept["row"]), _ints(kept["tier"]), _floats(kept["p"])
    return Flips(kept["asked"], row[here], action[here], tier[here], p[here])


def _asks(kept: dict[str, Any]) -> Asks:
    return Asks(_ints(kept["row"]), tuple(kept["field"]), _floats(kept["gain"]))


def _applicant(kept: dict[str, Any]) -> Applicant:
    for name in ("step1", "step2ck", "step3"):
        kept[name] = Exam(**kept[name])
    for name, kind in (("experience", Experience), ("letters", Letter), ("service", Service), ("ties", Tie)):
        if kept[name] is not None:
            kept[name] = tuple(kind(**item) for item in kept[name])
    for name in ("languages", "red_flags"):
        if kept[name] is not None:
            kept[name] = tuple(kept[name])
    wishes = kept["wishes"]
    kept["wishes"] = Wishes(wishes["ring"], tuple(wishes["states"]), tuple(wishes["program_types"]))
    return Applicant(**{**kept, "specialties": tuple(kept["specialties"])})
