"""What an advisor keeps for the desk, and what she has not sent, is on nothing the applicant can open."""

import io

import pytest
from django.test import Client

from matching.models import AdvisorMark, ListLink, ReviewPatch
from matching.review.services import patch_change, review_snooze
from tests.matching.factories import link_make
from tests.matching.lists import ids_of, off_list
from tests.matching.review.conftest import Desk
from tests.matching.review.making import NOW
from tests.matching.review.proposing import draft, other_tier, send
from tests.matching.shared import pdf_text, xlsx_text

SECRETS = ("Quillfeather", "Zorbmark", "Plumbago", "Snickersnee", "desk only", "Kept 2 changes")
MODES = ("all", "no_flags", "list")
PAGES = (
    "/lists/{}/",
    "/lists/{}/review/",
    "/lists/{}/versions/",
    "/lists/{}/links/",
    "/lists/",
    "/me/",
    "/me/export/",
)
FORMATS = ("csv", "xlsx", "pdf")


@pytest.fixture
def kept(desk: Desk) -> Desk:
    """A private move and a private note that hold, a draft that was changed, a list put off with a note."""
    first, second = ids_of(desk.saved_list)[:2]
    tier = other_tier(desk, first)
    draft(desk, "tier", first, tier=tier, reason="knows", text="Quillfeather", private=True)
    draft(desk, "note", text="Zorbmark", private=True)
    draft(desk, "lock", second, reason="ties", text="Your uncle")
    send(desk)
    patch = draft(desk, "add", off_list(desk.saved_list)[0], reason="other", text="Plumbago at first")
    patch_change(
        patch=patch, advisor=desk.advisor, now=NOW, program=patch.program, reason="other", text="Plumbago"
    )
    review_snooze(review=desk.review, advisor=desk.advisor, until=None, note="Snickersnee", now=NOW)
    assert AdvisorMark.objects.filter(private=True).exists()
    return desk


def words_of(extension: str, content: bytes) -> str:
    if extension == "pdf":
        return pdf_text(content)
    if extension == "xlsx":
        return xlsx_text(content)
    return content.decode("utf-8-sig")


def check(text: str) -> None:
    assert not [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize("path", PAGES)
def test_pages_hold_nothing_that_is_for_the_desk(client: Client, kept: Desk, path: str) -> None:
    client.force_login(kept.owner)
    response = client.get(path.format(kept.saved_list.pk))
    assert response.status_code == 200
    check(response.content.decode())


def test_page_answered_on_still_holds_nothing(client: Client, kept: Desk) -> None:
    client.force_login(kept.owner)
    patch = ReviewPatch.objects.get(kind="lock")
    path = f"/lists/{kept.saved_list.pk}/review/answer/{patch.pk}/"
    check(client.post(path, {"accept": "yes", "words": "w" * 600}).content.decode())
    check(client.post(path, {"accept": "yes"}, follow=True).content.decode())
    check(client.get(f"/lists/{kept.saved_list.pk}/", headers={"HX-Request": "true"}).content.decode())


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize("mode", MODES)
def test_files_and_links_hold_nothing_that_is_for_the_desk(
    client: Client, kept: Desk, mode: str, extension: str
) -> None:
    client.force_login(kept.owner)
    own = client.get(f"/lists/{kept.saved_list.pk}/export.{extension}", {"mode": mode})
    link = link_make(kept.saved_list, mode=ListLink.Mode(mode), created_at=NOW)
    shared = Client().get(f"/l/{link.token}/list.{extension}")
    for response in (own, shared):
        assert response.status_code == 200
        check(words_of(extension, response.content))
    for part in ("", "list.json"):
        check(Client().get(f"/l/{link.token}/{part}").content.decode())


def test_private_move_changes_no_tier_that_she_sees(client: Client, kept: Desk) -> None:
    client.force_login(kept.owner)
    page = client.get(f"/lists/{kept.saved_list.pk}/").content.decode()
    assert "Moved by your advisor" not in page
    response = client.get(f"/lists/{kept.saved_list.pk}/export.csv")
    assert "moved by the advisor" not in response.content.decode("utf-8-sig")
    assert io.BytesIO(response.content).read().startswith(b"\xef\xbb\xbf")


def test_private_change_is_answered_by_nobody(client: Client, kept: Desk) -> None:
    client.force_login(kept.owner)
    for patch in ReviewPatch.objects.exclude(kind="lock"):
        path = f"/lists/{kept.saved_list.pk}/review/answer/{patch.pk}/"
        assert client.post(path, {"accept": "yes"}).status_code == 404


def test_own_copy_holds_what_she_may_read(client: Client, kept: Desk) -> None:
    client.force_login(kept.owner)
    (review,) = client.get("/me/export/").json()["reviews"]
    assert review["organisation"] == "Harbor Advising"
    assert [change["text"] for change in review["changes"]] == ["Your uncle"]
    assert review["history"][0]["words"] == "Sent the list to Harbor Advising"
