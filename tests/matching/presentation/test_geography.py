from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.presentation.geography import CAPTION, LOST_CAPTION, geography, match_scale, price_sentence
from tests.matching.presentation.samples import scope_of

RINGS = ("los-angeles", "california", "west-coast", "national")


def scopes_of(*lost: float) -> list[dict[str, Any]]:
    """The circles from the innermost, each giving up so much, the widest nothing."""
    names = [*RINGS[: len(lost)], "national"]
    return [
        scope_of(name, match_lost=part, match={"probability": 0.5 - part, "low": 0.3 - part, "high": 0.62})
        for name, part in zip(names, (*lost, 0.0), strict=True)
    ]


def test_geography_one_scale_for_all_circles() -> None:
    figure = geography(scopes_of(0.1, 0.02))
    for drawing in figure.drawings:
        first, middle, widest = drawing.columns
        assert widest.y_point == drawing.level < middle.y_point < first.y_point
        assert first.y_high == middle.y_high == widest.y_high
        assert all(
            column.y_high < column.y_point < column.y_low <= drawing.floor for column in drawing.columns
        )


def test_geography_draws_what_is_lost_only_where_something_is() -> None:
    figure = geography(scopes_of(0.1, 0.001))
    drawing = figure.drawings[0]
    assert [bool(column.drop) for column in drawing.columns] == [True, False, False]
    assert [text.words for text in drawing.texts if text.kind == "lost"] == ["\N{MINUS SIGN}10"]
    assert figure.caption == LOST_CAPTION
    assert geography(scopes_of(0.0)).caption == CAPTION


def test_geography_text_and_table_say_the_same_numbers() -> None:
    figure = geography(scopes_of(0.1))
    assert figure.text == (
        "Los Angeles: 20\N{EN DASH}62% match, 2.3 interviews expected from 40 applications for $1,630, "
        "match given up 10 in 100. "
        "Whole nation: 30\N{EN DASH}62% match, 2.3 interviews expected from 40 applications for $1,630, "
        "match given up none."
    )
    said = {row.name: row.values for row in figure.table.rows}
    assert all(value in figure.text for name in ("Match, whole list", "Fees") for value in said[name])


def test_geography_of_one_circle_has_nothing_to_compare() -> None:
    figure = geography([scope_of("national"), scope_of("california", applications=0)])
    assert (figure.drawings, figure.sentence) == ((), "")
    assert "California: no application to make." in figure.text


@pytest.mark.parametrize(
    ("lost", "sentence"),
    [
        (
            (0.09, 0.01),
            "Keeping to Los Angeles costs 9 matches in 100 seasons like yours. "
            "Keeping to California costs 1.",
        ),
        (
            (0.01, 0.0),
            "Keeping to Los Angeles costs 1 match in 100 seasons like yours. "
            "All of California costs next to none.",
        ),
        ((0.05,), "Keeping to Los Angeles costs 5 matches in 100 seasons like yours."),
        (
            (0.0,),
            "Keeping to Los Angeles costs you nothing: nowhere else within your limits adds to a match.",
        ),
    ],
)
def test_price_sentence(lost: tuple[float, ...], sentence: str) -> None:
    assert price_sentence(scopes_of(*lost)) == sentence


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=4))
def test_geography_stays_inside_its_frame(matches: list[tuple[float, float, float]]) -> None:
    scopes = []
    for ring, parts in zip(RINGS, matches, strict=False):
        low, point, high = sorted(parts)
        scopes.append(scope_of(ring, match={"probability": point, "low": low, "high": max(high, 0.001)}))
    assert 0 < match_scale(scopes) <= 1
    for drawing in geography(scopes).drawings:
        assert all(0 <= column.y_high <= column.y_low <= drawing.floor for column in drawing.columns)
        assert all(0 <= text.x <= drawing.width for text in drawing.texts)
        assert all(0 < text.y <= drawing.height for text in drawing.texts)
