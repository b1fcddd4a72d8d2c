"""The limits in force on this site, from the settings and the code that holds them."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from rest_framework.settings import api_settings

from matching.api.key_rules import OVERLAP_MOST, rate_parse
from matching.api.keys import DEFAULT_RATE
from matching.models.api_key import SCOPES
from matching.schema import MAX_APPLICATIONS, MAX_EXPLAIN, MAX_TOP

PERIODS = {1: "a second", 60: "a minute", 3600: "an hour", 86400: "a day"}
SCOPE_WORDS = {
    "programs:read": "programs, specialties, rings",
    "match": "single matches, stored or not",
    "cohorts": "many applicants at once",
    "lists:read": "a list that was shared by private link",
}


@dataclass(frozen=True, slots=True)
class Scope:
    """``without_key``: the rate for callers without a key, in words; empty where a key is needed."""

    name: str
    opens: str
    without_key: str


@dataclass(frozen=True, slots=True)
class LimitsTold:
    scopes: tuple[Scope, ...]
    key_rate: str
    wrong_keys: str
    body_kb: int
    page_size: int
    page_size_most: int
    top_most: int
    explain_most: int
    applications_most: int
    cohort_applicants: int
    cohort_mb: int
    cohorts_at_once: int
    overlap_days: int


def limits_told() -> LimitsTold:
    paginator: Any = api_settings.DEFAULT_PAGINATION_CLASS
    return LimitsTold(
        scopes=tuple(
            Scope(name, SCOPE_WORDS[name], rate_words(settings.API_ANONYMOUS_RATES.get(name, "")))
            for name in SCOPES
        ),
        key_rate=rate_words(DEFAULT_RATE),
        wrong_keys=rate_words(settings.API_RATE_WRONG_KEYS),
        body_kb=settings.API_MAX_BODY_BYTES // 1024,
        page_size=paginator.page_size,
        page_size_most=paginator.max_page_size,
        top_most=MAX_TOP,
        explain_most=MAX_EXPLAIN,
        applications_most=MAX_APPLICATIONS,
        cohort_applicants=settings.COHORT_MAX_APPLICANTS,
        cohort_mb=settings.COHORT_MAX_MB,
        cohorts_at_once=settings.COHORTS_AT_ONCE,
        overlap_days=OVERLAP_MOST.days,
    )


def rate_words(rate: str) -> str:
    """``120/min`` as people say it."""
    if not rate:
        return ""
    limit, seconds = rate_parse(rate)
    return f"{limit:,} {PERIODS[seconds]}"
