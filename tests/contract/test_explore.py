"""A sample of what `make deep` looks for at length: requests the API answers otherwise than it says.

The same requests every time; the small catalogue answers them fast.
"""

from collections import Counter

import pytest
from django.core.wsgi import get_wsgi_application
from pytest_django.fixtures import Settings

from matching.models.api_key import SCOPES
from tests.contract.explore import LIFTED, MANY_COHORTS, WRONG, Report, callers, explore

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("catalogue"),
]

SEED = 20261123
BRIEF = ("examples", "fuzzing", "stateful")


@pytest.fixture(autouse=True)
def no_limits(settings: Settings) -> None:
    settings.API_ANONYMOUS_RATES = dict.fromkeys(settings.API_ANONYMOUS_RATES, LIFTED)
    settings.API_RATE_WRONG_KEYS = LIFTED
    settings.COHORTS_AT_ONCE = MANY_COHORTS


def nothing_found(report: Report) -> None:
    assert not report.found, "\n\n".join(f"{words}\n{sample}" for words, sample in report.found.items())


def test_explore_nothing_found_by_any_caller(capsys: pytest.CaptureFixture[str]) -> None:
    asked: dict[str, Report] = {}
    for name, headers in callers():
        asked[name] = explore(get_wsgi_application(), headers=headers, examples=4, seed=SEED, phases=BRIEF)
        nothing_found(asked[name])
    statuses = {name: report.statuses for name, report in asked.items()}

    assert sum(report.cases for report in asked.values()) >= 300
    # The run is worth what it met: whole answers, refusals of every kind, nothing but refusals for the wrong.
    assert {200, 400, 404, 422} <= statuses["every scope"].keys()
    assert {200, 401} <= statuses["nobody"].keys()
    assert all(statuses[f"scope {scope}"][403] for scope in SCOPES)
    for name in WRONG:
        assert statuses[name][401] == asked[name].cases - _before_the_key(statuses[name])


def _before_the_key(statuses: Counter[int]) -> int:
    """Answered before anybody looks for a key: a NUL in the address, a path that is none."""
    return statuses[400] + statuses[404]
