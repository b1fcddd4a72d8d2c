"""What a shared calendar shows of the twelve applicants: nothing that is only hers."""

import re
from datetime import date
from typing import Any

import pytest

from applicants.schema import ProfileDocument
from matching.planning.asked import Asked
from matching.planning.document import PlanDocument
from matching.planning.feed import calendar_bytes
from matching.planning.neutral_words import BY_CODE, BY_PHASE, title_of
from matching.planning.reckon import plan_reckon
from matching.schema import MatchOptions
from tests.matching.planning.fed import plan_make, step
from tests.profiles import TWELVE, Someone
from tests.real_catalogue import real_catalogue_load

pytestmark = pytest.mark.django_db

AS_OF = date(2026, 11, 22)
TELLING = re.compile(
    r"fail|attempt|score|retak|repeat|again|concern|gap|red flag|visa|img\b|low|chance|odds|\$|%|step [123]",
    re.IGNORECASE,
)


def reckoned(someone: Someone) -> PlanDocument:
    asked = Asked(
        ProfileDocument.model_validate(someone.document),
        MatchOptions(),
        aim="2028",
        applied_before=someone.applied_before,
    )
    return plan_reckon(asked, real_catalogue_load(), season="2027", as_of=AS_OF)


@pytest.mark.parametrize("someone", TWELVE, ids=lambda someone: someone.slug)
def test_calendar_of_each_of_the_twelve_is_neutral(someone: Someone) -> None:
    document = reckoned(someone)
    titles = {title_of(each) for each in document.steps}
    assert titles
    assert not [title for title in titles if TELLING.search(title) or re.search(r"\d", title)]
    plan = plan_make()
    text = calendar_bytes(plan, document, today=AS_OF).decode().replace("\r\n ", "")
    said = [line for line in text.split("\r\n") if line.startswith(("SUMMARY", "DESCRIPTION", "LOCATION"))]
    assert len(said) > len(document.dates)
    known = {dated.label for dated in document.dates}
    for line in said:
        if not any(label in line for label in known):
            assert not TELLING.search(line), line
    for each in document.steps:
        if each.program:
            assert each.program.name not in text
        assert each.why not in text


def test_every_step_of_the_twelve_has_words_of_its_own() -> None:
    """A step that is new in plans is neutral all the same, but is worth a word here."""
    codes = {each.code for someone in TWELVE for each in reckoned(someone).steps}
    assert {code for code in codes if not code.startswith((*BY_CODE, "soap"))} == set()


@pytest.mark.parametrize("words", sorted({*BY_PHASE.values(), *BY_CODE.values()}))
def test_no_words_tell_anything(words: str) -> None:
    assert not TELLING.search(words)


@pytest.mark.parametrize("phase", sorted(BY_PHASE))
def test_step_that_is_not_known_is_called_by_its_phase(phase: Any) -> None:
    assert title_of(step("explain_the_failed_attempt", AS_OF, phase=phase)) == BY_PHASE[phase]
