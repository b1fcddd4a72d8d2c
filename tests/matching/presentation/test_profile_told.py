"""What an open answer costs is what the model does with it."""

from applicants.portrait import portrait
from matching.presentation.profile_told import OTHERS, RULED, RULES, WIDER, told_of
from matching.scoring.causes import MEMBERS
from tests.applicants.documents import EXAMPLE, valid

# What the summary calls a member the model draws for where it is not said.
DRAWN = {
    "applicant_type": "Applicant",
    "graduation_year": "Graduation year",
    "visa_needed": "Visa",
    "step1": "Step 1",
    "step2ck": "Step 2 CK",
    "step3": "Step 3",
    "experience": "US experience",
    "letters": "Letters",
    "research": "Research",
    "service": "Service",
    "ties": "Ties",
    "red_flags": "Red flags",
}


def test_told_widens_by_what_the_model_draws_and_by_nothing_else() -> None:
    told = told_of(valid({}), specialties={})
    assert told is not None
    costs = {left.costs: left.labels for left in told.left}
    drawn = {DRAWN[member.split(".")[0]] for member in MEMBERS}
    assert set(costs[WIDER]) == drawn
    assert costs[RULES] == RULED
    assert {label for words in OTHERS.values() for label in costs[words]} == set(OTHERS)
    assert told.said == ()


def test_told_names_every_line_once() -> None:
    told = told_of(valid(EXAMPLE), specialties={})
    assert told is not None
    labels = [line.label for line in told.said] + [label for left in told.left for label in left.labels]
    assert sorted(labels) == sorted(line.label for line in portrait(EXAMPLE, specialties={}))
    assert [left.costs for left in told.left] == [RULES]


def test_told_is_silent_where_nothing_can_be_read() -> None:
    assert told_of(None, specialties={}) is None
