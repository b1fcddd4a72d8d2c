import pytest

from matching.presentation.ahead import ahead_words


@pytest.mark.parametrize(
    ("year", "said"), [(None, False), (2026, False), (2027, False), (2028, True), (2029, True)]
)
def test_only_a_degree_after_the_season_is_spoken_of(year: int | None, said: bool) -> None:
    words = ahead_words({"graduation_year": year}, season="2027")
    assert bool(words) is said
    assert words.startswith(f"You graduate in {year}, and") is said
