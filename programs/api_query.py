"""Query parameters of the catalogue's API as a ProgramQuery; everything wrong with them is said at once."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

from django.http import QueryDict
from rest_framework.exceptions import ErrorDetail, ValidationError

from programs.choices import ListingStatus, ProgramType, Ring, Track
from programs.geography import STATES
from programs.models import Specialty
from programs.search import LONGEST_SEARCH
from programs.selectors import ProgramQuery

# Read by the paginator, not here.
PAGING = ("cursor", "page_size")
ORDERINGS = ("id", "name", "state", "updated_at")
VISAS = ("j1", "h1b")
# The extended forms only: Python also reads rarer ones, in which 1111… is a date.
MOMENT = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII)
BOOLEANS = {"true": True, "false": False}


class Parameters:
    """Typed readings of a query string. Each notes what is wrong and returns what means "not asked"."""

    def __init__(self, query: QueryDict) -> None:
        self.query = query
        self.read: set[str] = set(PAGING)
        self.faults: dict[str, list[ErrorDetail]] = {}

    def fault(self, name: str, code: str, detail: str) -> None:
        self.faults.setdefault(name, []).append(ErrorDetail(detail, code))

    def many(self, name: str, choices: tuple[str, ...]) -> tuple[str, ...]:
        """A repeatable parameter."""
        self.read.add(name)
        values = tuple(dict.fromkeys(self.query.getlist(name)))
        if not set(values) <= set(choices):
            self.fault(name, "choice", f"Must be one of {', '.join(choices)}; it may be repeated.")
            return ()
        return values

    def one(self, name: str) -> str | None:
        self.read.add(name)
        values = self.query.getlist(name)
        if len(values) > 1:
            self.fault(name, "repeated", "May be given once.")
        return values[0] if len(values) == 1 else None

    def boolean(self, name: str) -> bool | None:
        text = self.one(name)
        if text is None or text in BOOLEANS:
            return None if text is None else BOOLEANS[text]
        self.fault(name, "boolean", "Must be true or false.")
        return None

    def integer(self, name: str, low: int, high: int) -> int | None:
        text = self.one(name)
        if text is None:
            return None
        if re.fullmatch(r"\d{1,6}", text, re.ASCII) and low <= int(text) <= high:
            return int(text)
        self.fault(name, "range", f"Must be a whole number from {low} to {high}.")
        return None

    def text(self, name: str, longest: int) -> str:
        text = self.one(name) or ""
        if len(text) > longest:
            self.fault(name, "max_length", f"May have at most {longest} characters.")
        if "\0" in text:
            self.fault(name, "characters", "May not hold a NUL character.")
        return text

    def moment(self, name: str) -> datetime | None:
        """A date or a date with time; without a zone it is UTC."""
        text = self.one(name)
        if text is None:
            return None
        try:
            if MOMENT.fullmatch(text):
                moment = datetime.fromisoformat(text)
                return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        self.fault(
            name, "date", "Must be a date or time of ISO 8601, such as 2026-11-22 or 2026-11-22T09:30:00Z."
        )
        return None

    def unknown_refused(self) -> None:
        """A misspelt filter must not be ignored in silence."""
        known = f"known are {', '.join(sorted(self.read))}" if self.read else "none is taken here"
        for name in self.query:
            if name not in self.read:
                self.fault(name, "unknown", f"There is no parameter of this name; {known}.")

    def nothing_taken(self) -> None:
        self.read.clear()
        self.unknown_refused()


def query_read(parameters: Parameters) -> tuple[ProgramQuery, str]:
    """What is asked for and the ordering. Wrong parameters are noted, not raised: see ``faults_raise``."""
    slugs = tuple(Specialty.objects.order_by("slug").values_list("slug", flat=True))
    asked = parameters.one("ordering")
    ordering = "id" if asked is None else asked
    if ordering.removeprefix("-") not in ORDERINGS:
        parameters.fault(
            "ordering", "choice", f"Must be one of {', '.join(ORDERINGS)}, with - before it for descending."
        )
        ordering = "id"
    query = ProgramQuery(
        specialties=parameters.many("specialty", slugs),
        states=parameters.many("state", STATES),
        county=parameters.text("county", 80),
        rings=parameters.many("ring", tuple(Ring.values)),
        program_types=parameters.many("program_type", tuple(ProgramType.values)),
        safety_net=parameters.boolean("safety_net"),
        tracks=parameters.many("track", tuple(Track.values)),
        listing_statuses=parameters.many("listing_status", tuple(ListingStatus.values)),
        accepts_step2ck=parameters.integer("accepts_step2ck", 1, 300),
        accepts_img=parameters.boolean("accepts_img"),
        visas=parameters.many("visa", VISAS),
        code=parameters.text("code", 20),
        search=parameters.text("search", LONGEST_SEARCH),
        updated_since=parameters.moment("updated_since"),
    )
    parameters.unknown_refused()
    return query, ordering


def faults_raise(parameters: Parameters, *readings: Callable[[], object]) -> None:
    """Raises one ValidationError with everything noted and with what further readings of the query refuse."""
    faults: dict[str, Any] = dict(parameters.faults)
    for reading in readings:
        try:
            reading()
        except ValidationError as error:
            faults.update(cast("dict[str, Any]", error.detail))
    if faults:
        raise ValidationError(faults)
