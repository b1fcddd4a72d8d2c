from datetime import datetime, timedelta
from typing import Any

import pytest

from matching.models import ListLink
from matching.presentation.share_panel import end_words, left_words, link_open, share_panel
from tests.matching.factories import NOW


def link(**values: Any) -> ListLink:
    return ListLink(**{"pk": 1, "mode": "list", "created_at": NOW - timedelta(days=3), **values})


@pytest.mark.parametrize(
    ("values", "is_open", "words"),
    [
        ({}, True, "works until you revoke it"),
        ({"expires_at": NOW + timedelta(days=7)}, True, "ends in 7 days, on 27 September 2026, 12:00 UTC"),
        ({"expires_at": NOW}, False, "ended on 20 September 2026, 12:00 UTC"),
        ({"revoked_at": NOW}, False, "revoked on 20 September 2026, 12:00 UTC"),
    ],
)
def test_link_says_how_it_stands(values: dict[str, datetime], is_open: bool, words: str) -> None:
    assert link_open(link(**values), NOW) == is_open
    assert end_words(link(**values), NOW) == words


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=30), "30 days"),
        (timedelta(days=1, hours=2), "1 day"),
        (timedelta(hours=23), "23 hours"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(minutes=5), "less than an hour"),
    ],
)
def test_left_words(left: timedelta, words: str) -> None:
    assert left_words(left) == words


def test_share_panel_shows_no_address_of_a_link_that_ended() -> None:
    links = [link(pk=2, created_at=NOW), link(pk=1, revoked_at=NOW)]
    panel = share_panel(links, form=None, now=NOW, address_of=lambda each: f"https://x/l/{each.pk}/")
    assert [(line.id, line.address, line.fresh) for line in panel.open] == [(2, "https://x/l/2/", True)]
    assert [(line.id, line.address, line.fresh) for line in panel.ended] == [(1, "", False)]
    assert panel.ended[0].mode == "the programs only"


def test_share_panel_keeps_ten_that_ended() -> None:
    links = [link(pk=at, revoked_at=NOW) for at in range(1, 15)]
    assert len(share_panel(links, form=None, now=NOW, address_of=str).ended) == 10
