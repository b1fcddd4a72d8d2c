"""The facts of webhooks, from the code that sends them."""

from dataclasses import dataclass

from matching.webhooks.claim import ATTEMPTS, FIRST, LONGEST, TIMES, VERIFICATION_ATTEMPTS
from matching.webhooks.events import EVENT_SCOPES
from matching.webhooks.sending import LIMITS
from matching.webhooks.services import OVERLAP, WEBHOOKS_MOST
from matching.webhooks.signing import WINDOW_SECONDS
from matching.webhooks.turns import FAILING_MOST

EVENT_WORDS = {
    "cohort.finished": "A cohort of yours is done, has failed or was cancelled.",
    "run.finished": "A stored match that waited has its answer, or has failed.",
    "catalogue.changed": "A new data version was published.",
}


@dataclass(frozen=True, slots=True)
class Event:
    name: str
    when: str
    scope: str


@dataclass(frozen=True, slots=True)
class Telling:
    events: tuple[Event, ...]
    attempts: int
    verification_attempts: int
    waits: tuple[str, ...]
    seconds: float
    window_minutes: int
    overlap_hours: int
    failing_days: int
    most: int


def telling() -> Telling:
    return Telling(
        events=tuple(Event(name, EVENT_WORDS[name], scope) for name, scope in EVENT_SCOPES.items()),
        attempts=ATTEMPTS,
        verification_attempts=VERIFICATION_ATTEMPTS,
        waits=tuple(_wait_words(min(FIRST * TIMES**turn, LONGEST)) for turn in range(ATTEMPTS - 1)),
        seconds=LIMITS.whole,
        window_minutes=WINDOW_SECONDS // 60,
        overlap_hours=int(OVERLAP.total_seconds() // 3600),
        failing_days=FAILING_MOST.days,
        most=WEBHOOKS_MOST,
    )


def _wait_words(seconds: float) -> str:
    for size, unit in ((3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
