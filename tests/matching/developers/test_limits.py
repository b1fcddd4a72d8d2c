import pytest
from pytest_django import Settings

from matching.developers.keeping import kept_of_partners
from matching.developers.limits import limits_told, rate_words
from matching.models.api_key import SCOPES


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        ("120/min", "120 a minute"),
        ("1000/h", "1,000 an hour"),
        ("5/day", "5 a day"),
        ("2/s", "2 a second"),
        ("", ""),
    ],
)
def test_rates_are_said_in_words(rate: str, words: str) -> None:
    assert rate_words(rate) == words


def test_limits_are_those_in_force(settings: Settings) -> None:
    settings.API_ANONYMOUS_RATES = {"match": "7/hour"}
    settings.COHORT_MAX_MB = 3

    told = limits_told()

    assert {scope.name: scope.without_key for scope in told.scopes} == {
        **dict.fromkeys(SCOPES, ""),
        "match": "7 an hour",
    }
    assert told.cohort_mb == 3
    assert (told.page_size, told.page_size_most) == (25, 200)


def test_keeping_is_what_the_registry_says_of_partners() -> None:
    days = dict.fromkeys(("visitor", "account", "notice", "unproven", "link", "desk"), 0)

    kept = kept_of_partners({**days, "partner": 101, "request": 102, "cohort": 103, "delivery": 104})

    assert len(kept) == 2
    words = " ".join(entry.until for entry in kept)
    assert all(f"{count} days" in words for count in (101, 102, 103, 104))
