"""Waiting in words: what is being done, what comes before, and whether anybody is there to do it."""

from dataclasses import dataclass
from datetime import datetime

from matching.models import MatchRun
from matching.queue import Standing

STEPS = (
    "Waiting its turn",
    "Loading every program we hold",
    "Comparing you with each, and choosing your list",
)
WORDS = ("Yours is next.", "This takes a few seconds, longer right after an update.", "Almost there.")


@dataclass(frozen=True, slots=True)
class Step:
    words: str
    state: str  # done, now, later


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """``key`` is the same as long as there is nothing new to show."""

    words: str
    steps: tuple[Step, ...]
    nobody: bool
    silent_since: datetime | None
    key: str

    @property
    def done(self) -> int:
        return sum(step.state == "done" for step in self.steps)


def waiting_page(standing: Standing) -> WaitingPage:
    now = 0 if standing.state == MatchRun.State.QUEUED else 1 + min(standing.step, len(STEPS) - 2)
    steps = tuple(
        Step(words, "done" if place < now else "now" if place == now else "later")
        for place, words in enumerate(STEPS)
    )
    return WaitingPage(
        words=_words(now, standing),
        steps=steps,
        nobody=standing.nobody,
        silent_since=standing.silent_since,
        key=f"{now}.{standing.before}.{int(standing.nobody)}",
    )


def _words(now: int, standing: Standing) -> str:
    if standing.nobody:
        return "Scoring is not running just now. Your answers are kept."
    if now == 0 and standing.before:
        one = standing.before == 1
        return f"{standing.before} {'answer is' if one else 'answers are'} worked out before yours."
    return WORDS[now]
