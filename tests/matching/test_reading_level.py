"""Pages of advice are read by tired people: their words keep to a ninth-grade level."""

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from matching.models import SavedList
from programs.services.loading import catalogue_load
from tests.matching.pages import Capture, persona_match
from tests.reading import HARDEST, grade, hardest, prose

PERSONAS = ("los-angeles-224", "repeat-218", "pending-step2ck")
OPEN = (
    "/",
    "/profile/",
    "/profile/training/",
    "/profile/wishes/",
    "/programs/sp01402/",
    "/method/",
    "/method/parameters/",
    "/method/data/",
    "/method/report-card/",
    "/method/simulation/",
    "/method/limits/",
    "/method/changes/",
    "/privacy/",
)
OWN = (
    "/matches/{match}/",
    "/matches/{match}/what-if/",
    "/matches/{match}/brief/?all=1",
    "/plan/",
    "/programs/sp01402/",
)


@pytest.mark.django_db
def test_pages_of_advice_keep_to_the_ninth_grade(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    catalogue_load(folder=settings.FIXTURES_DIR)
    graded = {path: prose(_page(client, path)) for path in OPEN}
    for slug in PERSONAS:
        person = Client()
        match = persona_match(person, django_capture_on_commit_callbacks, slug)
        _post(person, "/plan/start/", match=str(match.pk))
        for path in OWN:
            graded[f"{path} of {slug}"] = prose(_page(person, path.format(match=match.pk)))
    graded |= _of_two_answers(client, django_capture_on_commit_callbacks)
    assert len(graded) == len(OPEN) + len(OWN) * len(PERSONAS) + 3
    hard = [
        f"{name}: grade {grade(text):.1f}; " + " | ".join(one for _, one in hardest(text))
        for name, text in graded.items()
        if grade(text) > HARDEST
    ]
    assert not hard, "\n".join(hard)


def _of_two_answers(client: Client, capture: Capture) -> dict[str, str]:
    """Why one answer differs from another, and what came of a list."""
    first, second = (persona_match(client, capture, slug) for slug in PERSONAS[:2])
    receipt = f"/matches/{first.pk}/to/{second.pk}/"
    _post(client, receipt)
    _post(client, f"/matches/{second.pk}/save/", name="List")
    outcomes = f"/lists/{SavedList.objects.get().pk}/outcomes/"
    return {path: prose(_page(client, path)) for path in ("/matches/", receipt, outcomes)}


def _post(client: Client, path: str, **values: str) -> None:
    assert client.post(path, values).status_code == 302, path


def _page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()
