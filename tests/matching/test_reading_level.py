"""Pages of advice are read by tired people: their words keep to a ninth-grade level."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from matching.models import Organisation, Review, SavedList
from matching.review.services import patch_add, patch_settle, patches_send, review_approve, review_claim
from matching.services import list_remove
from programs.services.loading import catalogue_load
from tests.matching.factories import NOW
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


@pytest.mark.thorough
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
    graded |= _of_a_review(django_capture_on_commit_callbacks)
    assert len(graded) == len(OPEN) + len(OWN) * len(PERSONAS) + 3 + 4
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


def _of_a_review(capture: Capture) -> dict[str, str]:
    """Asking an advisor, what she proposes, and an approval that no longer fits."""
    client, organisation = Client(), Organisation.objects.create(name="Harbor Advising")
    owner, advisor = (User.objects.create_user(name) for name in ("owner", "advisor"))
    client.force_login(owner)
    match = persona_match(client, capture, PERSONAS[0])
    _post(client, f"/matches/{match.pk}/save/", name="List")
    saved_list = SavedList.objects.get(owner=owner)
    path = f"/lists/{saved_list.pk}/review/"
    graded = {"asking for a review": prose(_page(client, path))}
    _post(client, f"{path}send/", organisation=str(organisation.pk))
    graded["a review that waits"] = prose(_page(client, path))
    review = review_claim(review=Review.objects.get(), advisor=advisor, now=NOW)
    first, second = (entry.program for entry in saved_list.entries.select_related("program")[:2])
    for kind, program in (("lock", first), ("remove", second)):
        patch_add(review=review, advisor=advisor, kind=kind, program=program, reason="fit", now=NOW)
    patch_add(review=review, advisor=advisor, kind="ask", text="Where is your sister?", now=NOW)
    patches_send(review=review, advisor=advisor, now=NOW)
    graded["a review that is answered"] = prose(_page(client, path))
    for patch in review.patches.all():
        patch_settle(patch=patch, accept=True, words="Yes", actor=owner, now=NOW)
    review_approve(review=review, advisor=advisor, now=NOW)
    list_remove(saved_list=saved_list, programs=[first.pk], though_locked=True)
    graded["a review no longer fitting"] = prose(_page(client, path))
    return graded


def _post(client: Client, path: str, **values: str) -> None:
    assert client.post(path, values).status_code == 302, path


def _page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()
