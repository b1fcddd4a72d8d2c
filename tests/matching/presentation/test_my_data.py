from datetime import UTC, datetime

from matching.my_data import Kept
from matching.presentation.my_data import WORDS, kept_lines

SINCE = datetime(2026, 9, 20, tzinfo=UTC)


def test_kept_lines_counts_in_words_and_leaves_out_what_is_not() -> None:
    lines = kept_lines([Kept("lists", 1, SINCE), Kept("links", 0, None), Kept("answers", 3, SINCE)])
    assert [(line.what, line.since) for line in lines] == [("1 list", SINCE), ("3 answers", SINCE)]


def test_kept_lines_has_words_for_every_kind() -> None:
    assert all(kept_lines([Kept(kind, 2, SINCE)])[0].why for kind in WORDS)
