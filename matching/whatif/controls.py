"""Every control there is for one applicant, in the order of the page and in which they take effect."""

from matching.plan import FIXED_WORDS
from matching.scoring.fixed_facts import cannot_change

from .control import Control
from .exam_controls import exam_controls
from .list_controls import list_controls
from .start import Start
from .story_controls import field_controls, story_controls
from .work_controls import letter_controls, work_controls

# What a control of its own says already, beside the exam it belongs to.
SAID_THERE = frozenset({"step1_score", "step2ck_score"})


def controls_of(start: Start) -> tuple[Control, ...]:
    return (
        *exam_controls(start),
        *work_controls(start),
        *letter_controls(start),
        *story_controls(start),
        *field_controls(start),
        *list_controls(start),
    )


def fixed_of(start: Start) -> tuple[str, ...]:
    """What stays as it is whatever she does, each in a sentence that says why."""
    codes = cannot_change(start.applicant, start.situation.application_year)
    return tuple(FIXED_WORDS[code] for code in codes if code not in SAID_THERE)
