"""What the sandbox answers: a sample applicant's list over the frozen catalogue."""

from typing import Any

from django.conf import settings

from applicants.faults import Fault
from applicants.personas import PERSONAS, Persona
from applicants.services import profile_validate
from matching.api.answering import answer_now, question_of
from matching.api.errors import RequestInvalid


def personas_listed() -> list[dict[str, Any]]:
    return [
        {
            "slug": persona.slug,
            "title": persona.title,
            "story": persona.story,
            "profile": persona.document,
        }
        for persona in PERSONAS
    ]


def sandbox_answer(data: object, persona: Persona) -> dict[str, Any]:
    """The answer to a body that may leave the profile out. A profile sent is held against the same rules as
    always and then set aside: no real person is scored here. Raises RequestInvalid."""
    from matching.api.sandbox.frozen import frozen_catalogue  # noqa: PLC0415  (numpy comes with it)

    frozen, season = frozen_catalogue(), settings.SEASON
    asked = {"profile": persona.document, **data} if isinstance(data, dict) else data
    question = question_of(asked, season=season, catalogue=frozen.catalogue)
    if question.store:
        detail = "Answers of the sandbox are not kept: ask without `store`, or without X-Sandbox."
        raise RequestInvalid([Fault("/store", "impossible", detail)])
    profile = profile_validate(persona.document, season=season)
    return answer_now(
        question._replace(profile=profile), season=season, catalogue=frozen.catalogue, now=frozen.at
    )
