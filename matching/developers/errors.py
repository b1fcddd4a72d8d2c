"""The catalogue of errors: the problems the OpenAPI document describes, and the codes of single faults."""

from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings
from django.utils.module_loading import import_string

# A test holds these against every code that is written in the sources.
FAULT_CODES: dict[str, str] = {
    "boolean": "Query: true or false is taken.",
    "characters": "Query: a character that is never in our texts.",
    "choice": "Query: not one of the values listed in detail.",
    "cursor": "Query: not a cursor of this list; take it from next or previous.",
    "date": "Query: not a date or time in ISO 8601.",
    "duplicate": "Named before: in this list, or, for a reference, on an earlier line.",
    "extra_cell": "CSV: a value beyond the columns of the header, or in a column without a name.",
    "impossible": "Members that contradict each other, or that cannot be met together.",
    "invalid_characters": "A control character, or text that is not valid Unicode.",
    "invalid_choice": "Not one of the values taken, or a program or specialty we do not know.",
    "invalid_format": "Text of another form than the one asked for, such as YYYY-MM.",
    "invalid_type": "Of another type: a number in quotes, a list for an object.",
    "invalid_url": "A webhook address that cannot be one; detail says why.",
    "max_length": "Query: too many characters.",
    "max_value": "Above the highest value taken.",
    "min_value": "Below the lowest value taken.",
    "missing_scope": "The key lacks the scope that this event needs.",
    "not_in_cohorts": "Cohorts do not do this; POST matches/ does, for one applicant.",
    "not_scored": "Valid, but scoring this line failed again and again. Send it alone.",
    "page_size": "Query: a page size out of range.",
    "range": "Query: a whole number out of range.",
    "repeated": "Query: may be given once.",
    "required": "Missing.",
    "too_long": "Too many characters or entries.",
    "too_many": "The key has as many of these as one may have.",
    "too_short": "Empty, where something is needed.",
    "unknown": "Query: there is no parameter of this name.",
    "unknown_member": "There is no member of this name; detail names the nearest.",
}


@dataclass(frozen=True, slots=True)
class ProblemTold:
    """``example`` is JSON as it is answered, spread over lines."""

    status: int
    title: str
    description: str
    headers: tuple[str, ...]
    example: str


def problems_listed() -> tuple[ProblemTold, ...]:
    problems: dict[int, Any] = import_string(settings.API_PROBLEMS)
    return tuple(
        ProblemTold(
            status,
            problem.example["title"],
            problem.description,
            tuple(problem.headers),
            orjson.dumps(problem.example, option=orjson.OPT_INDENT_2).decode(),
        )
        for status, problem in sorted(problems.items())
    )
