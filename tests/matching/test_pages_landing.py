import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.asserts import assertRedirects

from applicants.personas import PERSONAS
from programs.models import DataVersion
from tests.matching.pages import persona_match, text_of, visitor_of


def test_landing_says_what_it_is_and_what_it_is_not(client: Client, small_catalogue: DataVersion) -> None:
    text = text_of(client.get("/"))
    assert "You are a US-citizen IMG with a low Step score, and you want Los Angeles." in text
    assert "It is not a prediction of the Match." in text
    assert "not affiliated with ERAS, NRMP, AAMC or ECFMG" in text
    assert "We do not sell or share your data." in text
    assert 'href="/profile/"' in text


def test_landing_shows_counts_and_a_live_sample(client: Client, small_catalogue: DataVersion) -> None:
    response = client.get("/")
    assert response.context["held_rings"] == (
        ("Los Angeles", 4),
        ("California", 6),
        ("West Coast", 8),
        ("Whole nation", 12),
    )
    assert response.context["sample"].headline in text_of(response)


def test_landing_offers_every_persona_by_post(client: Client, small_catalogue: DataVersion) -> None:
    text = text_of(client.get("/"))
    for persona in PERSONAS:
        assert f'<form method="post" action="/personas/{persona.slug}/">' in text


def test_landing_before_anything_is_loaded(client: Client, db: None) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert "Programs we hold" not in text_of(response)


def test_landing_makes_no_session(client: Client, small_catalogue: DataVersion) -> None:
    assert "sessionid" not in client.get("/").cookies


@pytest.mark.parametrize("slug", [persona.slug for persona in PERSONAS])
def test_persona_starts_a_match_of_the_visitor(
    client: Client,
    small_catalogue: DataVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    slug: str,
) -> None:
    match = persona_match(client, django_capture_on_commit_callbacks, slug)
    assert match.run.state == "done"
    assert (match.visitor, match.owner_id) == (visitor_of(client), None)


def test_persona_of_an_account_belongs_to_the_account(
    admin_client: Client,
    small_catalogue: DataVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    match = persona_match(admin_client, django_capture_on_commit_callbacks)
    assert match.owner is not None
    assert match.visitor is None


def test_persona_nobody_knows_is_not_found(client: Client, small_catalogue: DataVersion) -> None:
    assert client.post("/personas/nobody/").status_code == 404


def test_persona_by_get_is_refused(client: Client, db: None) -> None:
    assert client.get(f"/personas/{PERSONAS[0].slug}/").status_code == 405


def test_persona_before_anything_is_loaded_says_so(client: Client, db: None) -> None:
    response = client.post(f"/personas/{PERSONAS[0].slug}/", follow=True)
    assert "The programs are being loaded." in text_of(response)


def test_latest_leads_to_the_newest_programs(
    client: Client,
    small_catalogue: DataVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    persona_match(client, django_capture_on_commit_callbacks, PERSONAS[1].slug)
    newest = persona_match(client, django_capture_on_commit_callbacks, PERSONAS[0].slug)
    assertRedirects(client.get("/matches/latest/"), f"/matches/{newest.pk}/")


def test_latest_before_there_is_one_leads_to_the_profile(client: Client, db: None) -> None:
    response = client.get("/matches/latest/", follow=True)
    assert response.redirect_chain == [("/profile/", 302)]
    assert "Your programs will be here." in text_of(response)


def test_latest_does_not_show_another_visitors(
    client: Client,
    small_catalogue: DataVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    persona_match(client, django_capture_on_commit_callbacks)
    assertRedirects(Client().get("/matches/latest/"), "/profile/")
