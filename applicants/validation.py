"""The shape of a profile, then what its members say together; faults of both are listed at once."""

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import ValidationError

from applicants.faults import Fault, Finding, Location, ProfileInvalid, pointer_to
from applicants.schema import ProfileDocument
from applicants.words import code_of, detail_of

# Enough to mend a profile by; an answer must not be a hundred times the size of what was sent.
MAX_FAULTS = 100

# Members a row must have, so that a fault of theirs takes the whole row out.
ROW_NEEDS = frozenset({"kind", "author", "focus"})

Rules = Callable[[ProfileDocument], Iterator[Finding]]


def document_validate(data: object, *, rules: Rules) -> ProfileDocument:
    """The document ``data`` describes. Raises ProfileInvalid with every fault of shape and rule."""
    try:
        profile = ProfileDocument.model_validate(data)
    except ValidationError as error:
        raise ProfileInvalid(_faults_of(error, data, rules)[:MAX_FAULTS]) from None
    found = tuple(Fault(pointer_to(where), code, detail) for where, code, detail in rules(profile))
    if found:
        raise ProfileInvalid(found[:MAX_FAULTS])
    return profile


def _faults_of(error: ValidationError, data: object, rules: Rules) -> tuple[Fault, ...]:
    shape: list[Fault] = []
    bad: set[Location] = set()
    entries = error.errors(include_url=False, include_input=False)
    lists_with_faults = {entry["loc"][:-1] for entry in entries}
    for entry in entries:
        kind, where = entry["type"], entry["loc"]
        if kind == "too_short" and where in lists_with_faults:
            continue  # it has entries, all of them faulty: they are what is wrong
        shape.append(Fault(pointer_to(where), code_of(kind), detail_of(kind, where, entry.get("ctx", {}))))
        in_row = len(where) > 1 and isinstance(where[-2], int)
        bad.add(where[:-1] if in_row and where[-1] in ROW_NEEDS else where)
    return (*shape, *_rules_on_the_rest(data, bad, rules))


def _rules_on_the_rest(data: object, bad: set[Location], rules: Rules) -> Iterator[Fault]:
    """The rules' faults on what is left once every misshapen member is taken out."""
    kept: dict[Location, list[int]] = {}
    try:
        profile = ProfileDocument.model_validate(_without(data, bad, (), kept))
    except ValidationError:
        return  # nothing of it can be read as a profile
    for where, code, detail in rules(profile):
        yield Fault(pointer_to(_original(where, kept)), code, detail)


def _without(value: Any, bad: set[Location], where: Location, kept: dict[Location, list[int]]) -> Any:
    # A profile is three deep; deeper lies only what is taken out, so this cannot run away.
    if isinstance(value, dict):
        return {
            key: _without(member, bad, (*where, key), kept)
            for key, member in value.items()
            if (*where, key) not in bad
        }
    if isinstance(value, list):
        kept[where] = [index for index in range(len(value)) if (*where, index) not in bad]
        left = [_without(value[index], bad, (*where, index), kept) for index in kept[where]]
        return left if left or not value else None
    return value


def _original(where: Location, kept: dict[Location, list[int]]) -> Location:
    place: Location = ()
    for part in where:
        place = (*place, kept[place][part] if isinstance(part, int) else part)
    return place
