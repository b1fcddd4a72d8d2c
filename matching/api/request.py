"""From a parsed body to a question fit for the core, or every fault of it at once."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from applicants.faults import Fault, Location, ProfileInvalid, pointer_to
from applicants.schema import ProfileDocument
from applicants.services import profile_validate
from applicants.words import code_of
from matching.api.errors import RequestInvalid
from matching.api.words import detail_of
from matching.schema import MatchOptions, MatchRequest


class MatchQuestion(NamedTuple):
    """A valid request: what the core is asked, and whether the answer is kept."""

    profile: ProfileDocument
    options: MatchOptions
    store: bool
    advise: bool = False
    judge: tuple[str, ...] = ()


def question_read(
    data: object, *, season: str, specialties: Collection[str], programs: Mapping[str, str]
) -> MatchQuestion:
    """``programs``: the program key of every known track. Raises RequestInvalid with every fault."""
    faults: list[Fault] = []
    request: MatchRequest | None = None
    profile: ProfileDocument | None = None
    members = data if isinstance(data, dict) else {}
    try:
        request = MatchRequest.model_validate(data)
        options: MatchOptions | None = request.options
    except ValidationError as error:
        shape = error.errors(include_url=False, include_input=False)
        options = _options_of_the_rest(members.get("options"), [one["loc"] for one in shape])
        faults += [
            Fault(
                pointer_to(one["loc"]),
                code_of(one["type"]),
                detail_of(one["type"], one["loc"], one.get("ctx", {})),
            )
            for one in shape
        ]
    if options is not None:
        faults += option_faults(options, programs)
    if isinstance(members.get("profile"), dict):
        try:
            profile = profile_validate(
                members["profile"], season=season, specialties=specialties, program_ids=programs.keys()
            )
        except ProfileInvalid as invalid:
            faults += [Fault(f"/profile{one.pointer}", one.code, one.detail) for one in invalid.faults]
    if request is not None and request.store and request.advise:
        faults.append(Fault("/advise", "impossible", "A plan is not kept: ask for it without `store`."))
    if request is not None:
        faults += judge_faults(request, programs)
    if faults or request is None or profile is None:
        raise RequestInvalid(faults)
    return MatchQuestion(profile, request.options, request.store, request.advise, request.judge)


def judge_faults(request: MatchRequest, programs: Mapping[str, str]) -> Iterator[Fault]:
    """A list to be judged names each program once, by ids the catalogue knows, and is not kept."""
    if request.judge and request.store:
        yield Fault("/judge", "impossible", "A judged list is not kept: ask for it without `store`.")
    seen: set[str] = set()
    for place, track_id in enumerate(request.judge):
        if track_id not in programs:
            yield Fault(f"/judge/{place}", "invalid_choice", f"No program has the id {track_id}.")
        elif programs[track_id] in seen:
            yield Fault(f"/judge/{place}", "duplicate", f"The program of {track_id} is already in the list.")
        seen.add(programs.get(track_id, ""))


def option_faults(options: MatchOptions, programs: Mapping[str, str]) -> Iterator[Fault]:
    """What the options must not say together, and ids the catalogue does not know."""
    if options.explain > options.top:
        detail = f"No more rows than `top` ({options.top}) can be explained."
        yield Fault("/options/explain", "max_value", detail)
    for member in ("rings", "tracks", "must_include", "must_exclude"):
        yield from _duplicates(member, getattr(options, member))
    for member in ("must_include", "must_exclude"):
        for place, track_id in enumerate(getattr(options, member)):
            if track_id not in programs:
                detail = f"No program has the id {track_id}."
                yield Fault(f"/options/{member}/{place}", "invalid_choice", detail)
    count = len({programs.get(track_id, track_id) for track_id in options.must_include})
    if count > options.max_applications:
        counted = "1 program" if count == 1 else f"{count} programs"
        detail = f"{counted} must be on the list, but it may hold {options.max_applications}."
        yield Fault("/options/must_include", "too_long", detail)
    for place, track_id in enumerate(options.must_exclude):
        if track_id in options.must_include:
            detail = f"{track_id} is in must_include too: it cannot be both."
            yield Fault(f"/options/must_exclude/{place}", "impossible", detail)


def _duplicates(member: str, values: tuple[str, ...]) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, value in enumerate(values):
        if value in seen:
            yield Fault(f"/options/{member}/{place}", "duplicate", f'"{value}" is already in the list.')
        seen.add(value)


def _options_of_the_rest(data: Any, bad: list[Location]) -> MatchOptions | None:
    """What is left of the options once every misshapen member is taken out."""
    out = {where[1] for where in bad if len(where) > 1 and where[0] == "options"}
    if data is None or not isinstance(data, dict):
        return None
    try:
        return MatchOptions.model_validate({name: value for name, value in data.items() if name not in out})
    except ValidationError:
        return None
