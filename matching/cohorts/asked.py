"""A line as a question for the core, by the validation a single match goes through; defaults are cohorts'."""

from typing import TYPE_CHECKING, Any, NamedTuple

from applicants.faults import Fault
from applicants.schema import ProfileDocument
from matching.api.answering import question_of
from matching.api.errors import RequestInvalid
from matching.cohorts.line import BadLine, Line, bad_line, reference_told
from matching.schema import MatchOptions
from matching.strict_json import NotJSON, json_strict

if TYPE_CHECKING:
    from matching.catalogue import LoadedCatalogue

DEFAULTS: dict[str, Any] = {"max_applications": 0, "ranges": False, "explain": 0}
ELSEWHERE = "A cohort does not answer this: ask POST matches/ for {} of one applicant."
NOT_HERE = {
    "store": "a stored answer",
    "advise": "the plan",
    "judge": "the grade of a list",
}


class Asked(NamedTuple):
    """A line with nothing wrong with it."""

    number: int
    reference: str
    profile: ProfileDocument
    options: MatchOptions


def line_read(line: Line | BadLine, *, season: str, catalogue: "LoadedCatalogue") -> Asked | BadLine:
    """Every fault of the line at once, by the pointers and codes that a match would name them by."""
    if isinstance(line, BadLine):
        return line
    try:
        told = json_strict(line.raw, what="The line")
    except NotJSON as error:
        reference = reference_told(line.raw)
        return bad_line(line.number, "invalid_json", str(error), reference=reference)
    reference = told.pop("reference")  # looked at when the line came in, as was that it is an object
    faults, body = _elsewhere(told), _with_defaults(told)
    try:
        question = question_of(body, season=season, catalogue=catalogue)
    except RequestInvalid as invalid:
        return BadLine(line.number, reference, (*faults, *(Fault(**one) for one in invalid.errors)))
    faults += _without_list(question.options)
    if faults:
        return BadLine(line.number, reference, tuple(faults))
    return Asked(line.number, reference, question.profile, question.options)


def _elsewhere(told: dict[str, Any]) -> list[Fault]:
    """What only one applicant alone may ask for, taken out of ``told``."""
    faults = [
        Fault(f"/{member}", "not_in_cohorts", ELSEWHERE.format(what))
        for member, what in NOT_HERE.items()
        if told.pop(member, None)
    ]
    options = told.get("options")
    asked = options if isinstance(options, dict) else {}
    if asked.get("ranges") is True:
        faults.append(Fault("/options/ranges", "not_in_cohorts", ELSEWHERE.format("the ranges")))
    if type(asked.get("explain")) is int and asked["explain"] > 0:
        faults.append(Fault("/options/explain", "not_in_cohorts", ELSEWHERE.format("the explanation")))
    return faults


def _with_defaults(told: dict[str, Any]) -> dict[str, Any]:
    options = told.get("options", {})
    return {**told, "options": {**DEFAULTS, **options}} if isinstance(options, dict) else told


def _without_list(options: MatchOptions) -> list[Fault]:
    """Limits of a list where none is asked for: they would be ignored in silence."""
    if options.max_applications or options.max_usd is None:
        return []
    detail = "There is no list to spend it on: ask for `max_applications` as well, or leave it out."
    return [Fault("/options/max_usd", "impossible", detail)]
