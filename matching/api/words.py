"""Plain words for a member of a request that has the wrong shape."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from applicants.faults import MAX_TOKEN, Location
from applicants.words import TYPES
from matching.schema import MatchOptions, MatchRequest

TYPES_HERE = {
    **TYPES,
    "float_type": "a number",
    "finite_number": "a finite number",
    "dict_type": "an object with named members",
}
SENTENCES = {
    "missing": "{name} is missing.",
    "literal_error": "{name} must be one of {expected}.",
    "greater_than_equal": "{name} must be {ge} or more.",
    "less_than_equal": "{name} must be {le} or less.",
    "too_long": "{name} takes at most {max_length} entries.",
    "too_short": "{name} must not be empty; leave it out for the default.",
    "string_pattern_mismatch": "{name} holds program ids such as sp01402.",
}


def detail_of(kind: str, location: Location, context: Mapping[str, Any]) -> str:
    """One sentence: what is wrong with the member at ``location``, a place in the whole body."""
    names = [part for part in location if isinstance(part, str)]
    name = f"`{names[-1][:MAX_TOKEN]}`" if names else "The body"
    if kind in ("extra_forbidden", "invalid_key"):
        return _unknown(location)
    if sentence := SENTENCES.get(kind):
        return sentence.format(name=name, **context)
    return f"{name} must be {TYPES_HERE.get(kind, 'of another type')}."


def _unknown(location: Location) -> str:
    name = str(location[-1])[:MAX_TOKEN]
    model = MatchOptions if location[0] == "options" and len(location) > 1 else MatchRequest
    near = get_close_matches(name, model.model_fields, n=1)
    return f'There is no member "{name}". ' + (
        f'Did you mean "{near[0]}"?' if near else "Check its spelling, or take it out."
    )
