import pytest

from matching.presentation.choices import Choices, choices_of, explore_query, ring_links, rows_chosen
from tests.matching.presentation.samples import row_of

ROWS = [
    row_of(1, ring="national", probability=0.3),
    row_of(2, ring="los-angeles", probability=0.05),
    row_of(3, ring="california", probability=0.2),
    row_of(4, ring="los-angeles", probability=0.1),
    row_of(5, ring="los-angeles", probability=None),
]


def test_choices_of_address() -> None:
    assert choices_of({"all": "reach", "ring": "california", "order": "odds"}) == Choices(
        "reach", "california", "odds"
    )


@pytest.mark.parametrize("query", [{}, {"all": "<script>"}, {"ring": "moon"}, {"order": "chance"}])
def test_choices_of_unknown_words_are_not_heard(query: dict[str, str]) -> None:
    assert choices_of(query) == Choices()


def test_rows_chosen_wish_first_then_odds_then_unknown() -> None:
    assert [row["rank"] for row in rows_chosen(ROWS, Choices(), wished="los-angeles")] == [4, 2, 5, 1, 3]


def test_rows_chosen_rings_nest() -> None:
    assert [row["rank"] for row in rows_chosen(ROWS, Choices(), wished="california")] == [3, 4, 2, 5, 1]


@pytest.mark.parametrize(
    ("choices", "wished"),
    [(Choices(order="odds"), "los-angeles"), (Choices(), None), (Choices(), "national")],
)
def test_rows_chosen_by_odds_alone(choices: Choices, wished: str | None) -> None:
    assert [row["rank"] for row in rows_chosen(ROWS, choices, wished=wished)] == [1, 3, 4, 2, 5]


def test_rows_chosen_one_ring() -> None:
    assert [row["rank"] for row in rows_chosen(ROWS, Choices(ring="california"), wished=None)] == [3]


def test_ring_links_innermost_first_with_counts() -> None:
    links = ring_links(ROWS)
    assert [(link.title, link.count) for link in links] == [
        ("Los Angeles", 3),
        ("rest of California", 1),
        ("rest of the nation", 1),
    ]


@pytest.mark.parametrize(
    ("profile", "query"),
    [
        ({"wishes": {"ring": "los-angeles"}}, "ring=los-angeles&open=on"),
        ({"wishes": {"ring": "national"}}, "open=on"),
        ({"wishes": None}, "open=on"),
    ],
)
def test_explore_query_is_her_own_filters(profile: dict[str, object], query: str) -> None:
    assert explore_query(profile) == query
