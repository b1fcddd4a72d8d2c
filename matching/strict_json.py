"""JSON by the letter of RFC 8259, wherever it comes in: no repeated member, NaN or lone surrogate."""

import json
from collections import Counter
from typing import Any

import orjson

MAX_DEPTH = 32


class NotJSON(ValueError):
    """Bytes that are not one JSON text. Its words say where, and may be shown."""


def json_strict(raw: bytes, *, what: str = "The body") -> Any:
    """Parse UTF-8 ``raw``. Raises NotJSON, which speaks of it as ``what``."""
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise NotJSON(f"{what} is not JSON: {error}.") from None
    # Counting brackets bounds the depth from above; only a text with many of them is walked.
    if raw.count(b"[") + raw.count(b"{") > MAX_DEPTH and _deeper_than(value, MAX_DEPTH):
        raise NotJSON(f"{what} is nested more than {MAX_DEPTH} deep.")
    _UNIQUE.decode(raw.decode())  # valid JSON by now: read again only to see the members orjson drops
    return value


def _deeper_than(value: Any, limit: int) -> bool:
    level = [value]
    for _ in range(limit):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
    return bool(level)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        counts = Counter(name for name, _ in pairs)
        repeated = next(name for name, count in counts.items() if count > 1)
        raise NotJSON(f"The member {repeated[:80]!r} comes twice in one object.")
    return members


_UNIQUE = json.JSONDecoder(object_pairs_hook=_unique)
