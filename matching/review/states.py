"""What may be done to a review in each of its states, and where that leads: one table, no database."""

from collections.abc import Mapping
from types import MappingProxyType

from .faults import StepNotPossible

SUBMITTED, IN_REVIEW, CHANGES_ASKED = "submitted", "in_review", "changes_asked"
APPROVED, WITHDRAWN = "approved", "withdrawn"
STATES = (SUBMITTED, IN_REVIEW, CHANGES_ASKED, APPROVED, WITHDRAWN)
OPEN = (SUBMITTED, IN_REVIEW, CHANGES_ASKED, APPROVED)

# Action to (state before: state after). What is not here is not possible. A review that nobody has claimed
# goes to "submitted" instead of "in review": ``step`` knows.
TABLE: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "claim": {
            SUBMITTED: IN_REVIEW, IN_REVIEW: IN_REVIEW, CHANGES_ASKED: CHANGES_ASKED, APPROVED: APPROVED,
        },
        "release": {IN_REVIEW: SUBMITTED, CHANGES_ASKED: CHANGES_ASKED},
        "hand_over": {
            SUBMITTED: IN_REVIEW, IN_REVIEW: IN_REVIEW, CHANGES_ASKED: CHANGES_ASKED, APPROVED: APPROVED,
        },
        "snooze": {
            SUBMITTED: SUBMITTED, IN_REVIEW: IN_REVIEW, CHANGES_ASKED: CHANGES_ASKED, APPROVED: APPROVED,
        },
        "propose": {IN_REVIEW: IN_REVIEW, CHANGES_ASKED: CHANGES_ASKED},
        "take_back": {
            SUBMITTED: SUBMITTED, IN_REVIEW: IN_REVIEW, CHANGES_ASKED: CHANGES_ASKED, APPROVED: APPROVED,
        },
        "send": {IN_REVIEW: CHANGES_ASKED, CHANGES_ASKED: CHANGES_ASKED},
        "ask": {IN_REVIEW: CHANGES_ASKED, CHANGES_ASKED: CHANGES_ASKED},
        "settle": {SUBMITTED: SUBMITTED, IN_REVIEW: IN_REVIEW, CHANGES_ASKED: CHANGES_ASKED},
        "resubmit": {CHANGES_ASKED: IN_REVIEW, APPROVED: IN_REVIEW},
        "approve": {IN_REVIEW: APPROVED, CHANGES_ASKED: APPROVED},
        "reopen": {APPROVED: IN_REVIEW},
        "withdraw": dict.fromkeys(OPEN, WITHDRAWN),
    }
)  # fmt: skip
ACTIONS = tuple(TABLE)

_DOING = {
    "claim": "be claimed",
    "release": "be given back",
    "hand_over": "be handed over",
    "snooze": "be put off",
    "propose": "be changed by its advisor",
    "take_back": "have a change taken back",
    "send": "be sent back with changes",
    "ask": "be asked about",
    "settle": "have its changes answered",
    "resubmit": "be sent again",
    "approve": "be approved",
    "reopen": "be opened again",
    "withdraw": "be withdrawn",
}
_STANDS = {
    SUBMITTED: "is waiting for an advisor",
    IN_REVIEW: "is with its advisor",
    CHANGES_ASKED: "is back with the applicant",
    APPROVED: "is approved",
    WITHDRAWN: "was withdrawn",
}


def step(state: str, action: str, *, claimed: bool = True) -> str:
    """The state after ``action``; ``claimed``: whether an advisor has the review then.

    Raises StepNotPossible, with words.
    """
    after = TABLE[action].get(state)
    if after is None:
        raise StepNotPossible(f"This review {_STANDS[state]}, so it cannot {_DOING[action]} now.")
    return SUBMITTED if after == IN_REVIEW and not claimed else after


def may(state: str, action: str) -> bool:
    """Whether ``action`` is possible: what a page offers."""
    return state in TABLE[action]
