"""The rules, one file a section or two; importing them fills the registry, in the order they are said in."""

from matching.brief.rules import (  # noqa: F401 — each registers its rules
    calm,
    emails,
    experiences,
    experiences_more,
    interview,
    interview_more,
    interview_person,
    language,
    letters,
    letters_more,
    los_angeles,
    los_angeles_more,
    programs,
    soap,
    statement,
    statement_more,
)
