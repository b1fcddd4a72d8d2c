"""News on the page of a list: what it says, taking the new data over with a receipt, and putting it away."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from matching.digests.judging import data_of
from matching.digests.services import digests_advance
from matching.models import DigestChoice, ListDigest, Receipt, SavedList
from programs.models import DataVersion
from programs.snapshot import version_current
from tests.matching.digests.made import NOW, rule_publish, rule_take_back
from tests.matching.lists import ids_of, list_scored
from tests.matching.pages import text_of
from tests.matching.people import account_make

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return account_make()


@pytest.fixture
def kept(small_catalogue: DataVersion, user: User, client: Client) -> SavedList:
    kept = list_scored()
    type(kept.match).objects.update(owner=user, visitor=None)
    SavedList.objects.update(owner=user, visitor=None)
    rule_publish(ids_of(kept)[0])
    digests_advance(now=NOW)
    client.force_login(user)
    return SavedList.objects.get()


def page(kept: SavedList) -> str:
    return reverse("matching:list", args=[kept.pk])


def test_the_list_says_what_changed_and_since_when(client: Client, kept: SavedList) -> None:
    text = text_of(client.get(page(kept)))
    assert "What changed since" in text
    assert "is closed to you now by a rule" in text


def test_taking_the_data_over_judges_the_list_and_gives_a_receipt(
    client: Client, kept: SavedList, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = kept.match
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("matching:digest_take", args=[kept.pk]))
    # In a test nothing is committed while the view waits: it is pressed again, as it says.
    response = client.post(reverse("matching:digest_take", args=[kept.pk]), follow=True)
    kept = SavedList.objects.get()
    assert data_of(kept) == DataVersion.objects.first().version  # type: ignore[union-attr]
    receipt = Receipt.objects.get()
    assert (receipt.before_id, receipt.after_id) == (before.run_id, kept.match.run_id)
    text = text_of(response)
    assert reverse("matching:receipt", args=[before.pk, kept.match_id]) in text
    assert "What changed since" not in text
    entry = kept.entries.get(program=ids_of(kept)[0])
    assert entry.shown["closed"]
    assert client.post(reverse("matching:digest_take", args=[kept.pk])).status_code == 404


def test_a_version_published_again_is_told_again(
    client: Client, kept: SavedList, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    """A rule is taken back, comes again and is taken back again: the first and the last version are one."""
    first, versions = ids_of(kept)[0], []
    for day in (1, 2, 3):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("matching:digest_take", args=[kept.pk]))
        client.post(reverse("matching:digest_take", args=[kept.pk]))
        if day % 2:
            rule_take_back(first)
        else:
            rule_publish(first)
        assert digests_advance(now=NOW + timedelta(days=day)) == 1
        words = "is open to you again" if day % 2 else "is closed to you now by a rule"
        assert words in text_of(client.get(page(kept)))
        assert digests_advance(now=NOW + timedelta(days=day)) == 0
        versions.append(version_current())
    assert versions[0] == versions[2]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.digests.taking.WAIT_SECONDS", 0.25)


def test_put_away_it_is_not_shown_again(client: Client, kept: SavedList) -> None:
    text = text_of(client.post(reverse("matching:digest_seen", args=[kept.pk]), follow=True))
    assert "What changed since" not in text
    assert ListDigest.objects.get().seen_at is not None


@pytest.mark.parametrize("name", ["digest_seen", "digest_take"])
def test_it_is_nobody_elses(kept: SavedList, name: str) -> None:
    address = reverse(f"matching:{name}", args=[kept.pk])
    stranger = Client()
    stranger.force_login(User.objects.create_user("other"))
    assert [Client().post(address).status_code, stranger.post(address).status_code] == [404, 404]
    assert stranger.get(address).status_code == 405
    assert stranger.post(reverse(f"matching:{name}", args=[uuid.uuid4()])).status_code == 404


def test_mail_is_asked_for_and_stopped_on_the_page(
    client: Client, kept: SavedList, settings: Settings
) -> None:
    settings.MAIL_WORKS, settings.SITE_URL = True, "https://smartpick.example.org"
    address = reverse("matching:digest_choose")
    assert "Write to me about changes" in text_of(client.get(page(kept)))
    response = client.post(address, {"mail": "1", "next": page(kept)})
    assert (response["Location"], DigestChoice.objects.count()) == (page(kept), 1)
    assert "Stop the mails about changes" in text_of(client.get(reverse("matching:me")))
    response = client.post(address, {"mail": "0", "next": "https://elsewhere.example/"})
    assert (response["Location"], DigestChoice.objects.count()) == (reverse("matching:me"), 0)


def test_mail_needs_a_login_and_a_site_that_sends(
    client: Client, kept: SavedList, settings: Settings
) -> None:
    assert Client().post(reverse("matching:digest_choose"), {"mail": "1"}).status_code == 302
    settings.MAIL_WORKS = False
    client.post(reverse("matching:digest_choose"), {"mail": "1"})
    assert not DigestChoice.objects.exists()


def test_a_link_that_was_never_given_stops_nothing(client: Client) -> None:
    response = client.post(reverse("matching:digest_stop", args=["nothing"]))
    assert response.status_code == 404
