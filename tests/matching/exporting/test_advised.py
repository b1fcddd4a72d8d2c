"""Moved tiers, kept programs and the approval in every file and behind every link, by the mode of each."""

import csv
import io

import pytest
from django.test import Client

from matching.models import ListLink
from matching.review.services import review_approve
from matching.services import list_remove
from tests.matching.factories import link_make
from tests.matching.lists import ids_of
from tests.matching.pages import text_of
from tests.matching.review.conftest import Desk, desk
from tests.matching.review.making import NOW
from tests.matching.review.proposing import other_tier, sent, settle
from tests.matching.shared import pdf_text, xlsx_text

__all__ = ["desk"]
APPROVED = "Approved by Advisor Hale (Harbor Advising), version 1, 23 November 2026"
MOVED, KEPT = "moved by the advisor", "agreed with the advisor to keep"


@pytest.fixture
def advised(desk: Desk) -> Desk:
    """The first moved, the second kept, all of it approved."""
    first, second = ids_of(desk.saved_list)[:2]
    settle(desk, sent(desk, "tier", first, tier=other_tier(desk, first), reason="knows"))
    settle(desk, sent(desk, "lock", second, reason="ties"))
    review_approve(review=desk.review, advisor=desk.advisor, now=NOW)
    return desk


def file_of(desk: Desk, extension: str, mode: str = "all") -> bytes:
    client = Client()
    client.force_login(desk.owner)
    response = client.get(f"/lists/{desk.saved_list.pk}/export.{extension}", {"mode": mode})
    assert response.status_code == 200
    return response.content


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _csv_text(content: bytes) -> str:
    return content.decode("utf-8-sig")


def link_text(desk: Desk, mode: str, part: str = "") -> str:
    link = link_make(desk.saved_list, mode=ListLink.Mode(mode), created_at=NOW)
    return text_of(Client().get(f"/l/{link.token}/{part}"))


def test_csv_holds_the_moved_tier_and_says_so(advised: Desk) -> None:
    rows = rows_of(file_of(advised, "csv"))
    ours = advised.saved_list.entries.get(position=1).tier
    assert rows[0]["Advisor"] == f"{MOVED}, ours is {ours}"
    assert rows[0]["Tier"] not in ("", ours)
    assert [row["Advisor"] for row in rows[1:]] == [KEPT, "", ""]


@pytest.mark.parametrize("extension", ["pdf", "xlsx"])
def test_pdf_and_workbook_say_who_approved(advised: Desk, extension: str) -> None:
    text = (pdf_text if extension == "pdf" else xlsx_text)(file_of(advised, extension))
    for said in (APPROVED, MOVED, KEPT):
        assert said.lower() in text.lower()


def test_link_to_everything_shows_it(advised: Desk) -> None:
    page = link_text(advised, "all")
    for said in (APPROVED, MOVED, KEPT.capitalize()):
        assert said in page
    assert f'"approval":"{APPROVED}"' in link_text(advised, "all", "list.json")


@pytest.mark.parametrize("mode", ["no_flags", "list"])
@pytest.mark.parametrize("extension", ["csv", "pdf", "xlsx"])
def test_other_modes_tell_of_no_advisor(advised: Desk, mode: str, extension: str) -> None:
    content = file_of(advised, extension, mode)
    read = {"pdf": pdf_text, "xlsx": xlsx_text, "csv": _csv_text}[extension]
    for text in (read(content), link_text(advised, mode), link_text(advised, mode, "list.json")):
        assert not [said for said in ("dvisor", "Hale", "pproved", "Harbor Advising") if said in text]


def test_mode_without_flags_has_the_tier_where_it_was_moved(advised: Desk) -> None:
    rows, ours = rows_of(file_of(advised, "csv", "no_flags")), advised.saved_list.entries.get(position=1).tier
    assert rows[0]["Tier"] not in ("", ours)
    assert "Tier" not in rows_of(file_of(advised, "csv", "list"))[0]


def test_file_of_an_approval_that_no_longer_fits_says_so(advised: Desk) -> None:
    list_remove(saved_list=advised.saved_list, programs=ids_of(advised.saved_list)[-1:])
    text = pdf_text(file_of(advised, "pdf"))
    assert f"{APPROVED}; no longer fits: 1 program taken off" in text


def test_file_of_a_list_in_no_review_names_nobody(desk: Desk) -> None:
    assert "pproved" not in pdf_text(file_of(desk, "pdf"))
