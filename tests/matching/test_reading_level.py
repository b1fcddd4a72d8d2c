"""Pages of advice are read by tired people: their words keep to a ninth-grade level."""

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from programs.services.loading import catalogue_load
from tests.matching.pages import persona_match
from tests.reading import HARDEST, grade, hardest, prose

PERSONAS = ("los-angeles-224", "repeat-218", "pending-step2ck")
OPEN = ("/", "/profile/", "/profile/training/", "/profile/wishes/")
OWN = ("/matches/{match}/", "/matches/{match}/what-if/")


@pytest.mark.django_db
def test_pages_of_advice_keep_to_the_ninth_grade(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    catalogue_load(folder=settings.FIXTURES_DIR)
    graded = {path: prose(_page(client, path)) for path in OPEN}
    for slug in PERSONAS:
        match = persona_match(client, django_capture_on_commit_callbacks, slug)
        for path in OWN:
            graded[f"{path} of {slug}"] = prose(_page(client, path.format(match=match.pk)))
    assert len(graded) == len(OPEN) + len(OWN) * len(PERSONAS)
    hard = [
        f"{name}: grade {grade(text):.1f}; " + " | ".join(one for _, one in hardest(text))
        for name, text in graded.items()
        if grade(text) > HARDEST
    ]
    assert not hard, "\n".join(hard)


def _page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()
