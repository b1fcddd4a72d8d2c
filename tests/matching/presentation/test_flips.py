from matching.presentation.flips import Flip, flip_lines
from tests.matching.presentation.samples import row_of


def test_flips_say_the_tier_and_keep_the_percent_beside_the_word_interview() -> None:
    flips = [
        {"action": "letter_here", "label": "A letter from this program", "tier": "target", "interview": 0.17}
    ]
    assert flip_lines(row_of(flips=flips)) == (Flip("A letter from this program", "target", "interview 17%"),)


def test_a_row_that_nothing_lifts_has_none() -> None:
    assert flip_lines(row_of()) == flip_lines(row_of(flips=[])) == ()
