from datetime import UTC, datetime

import pytest

from matching.presentation.waiting import waiting_page
from matching.queue import Standing

SINCE = datetime(2026, 9, 20, 12, 0, tzinfo=UTC)


def standing(state: str = "queued", step: int = 0, before: int = 0, *, nobody: bool = False) -> Standing:
    return Standing(state, step, before, nobody, SINCE if nobody else None)


@pytest.mark.parametrize(
    ("at", "states", "words"),
    [
        (standing(), ["now", "later", "later"], "Yours is next."),
        (standing(before=1), ["now", "later", "later"], "1 answer is worked out before yours."),
        (standing(before=3), ["now", "later", "later"], "3 answers are worked out before yours."),
        (
            standing("running"),
            ["done", "now", "later"],
            "This takes a few seconds, longer right after an update.",
        ),
        (standing("running", 1), ["done", "done", "now"], "Almost there."),
        (standing("running", 9), ["done", "done", "now"], "Almost there."),
    ],
)
def test_waiting_page_says_what_is_being_done(at: Standing, states: list[str], words: str) -> None:
    page = waiting_page(at)
    assert [step.state for step in page.steps] == states
    assert (page.words, page.done) == (words, states.count("done"))


def test_waiting_page_says_that_nobody_scores_and_since_when() -> None:
    page = waiting_page(standing(before=3, nobody=True))
    assert page.words == "Scoring is not running just now. Your answers are kept."
    assert page.silent_since == SINCE


def test_waiting_page_key_changes_with_what_is_shown_alone() -> None:
    shown = [
        standing(),
        standing(before=1),
        standing("running"),
        standing("running", 1),
        standing(nobody=True),
    ]
    keys = [waiting_page(each).key for each in shown]
    assert len(set(keys)) == len(keys)
    assert waiting_page(standing()).key == keys[0]
