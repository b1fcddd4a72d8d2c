import pytest

from matching.presentation.numbers import (
    average,
    counted,
    dollars,
    in_hundred,
    listed,
    percent,
    percent_range,
)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.0, "under 1%"),
        (0.0099, "under 1%"),
        (0.01, "1%"),
        (0.345, "34%"),
        (0.99, "99%"),
        (0.991, "over 99%"),
    ],
)
def test_percent_never_nothing_nor_all(value: float, words: str) -> None:
    assert percent(value) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.04, 0.12, "4–12%"),
        (0.001, 0.03, "up to 3%"),
        (0.001, 0.002, "under 1%"),
        (0.2, 0.204, "20%"),
        (0.9, 0.999, "90% or more"),
    ],
)
def test_percent_range_reads_as_one(low: float, high: float, words: str) -> None:
    assert percent_range(low, high) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0, "fewer than 1 in 100"), (0.03, "about 3 in 100"), (0.999, "more than 99 in 100")],
)
def test_in_hundred_counts_people(value: float, words: str) -> None:
    assert in_hundred(value) == words


def test_counted_one_and_many() -> None:
    assert counted(1, "program") == "1 program"
    assert counted(1200, "program") == "1,200 programs"
    assert counted(2, "entry", "entries") == "2 entries"


def test_listed_by_length() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_dollars_grouped() -> None:
    assert dollars(1830) == "$1,830"


@pytest.mark.parametrize(
    ("value", "words"), [(0.04, "0.0"), (2.34, "2.3"), (9.94, "9.9"), (9.96, "10"), (31.4, "31")]
)
def test_average_decimal_while_small(value: float, words: str) -> None:
    assert average(value) == words
