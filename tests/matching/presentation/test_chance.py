from matching.presentation.chance import (
    MARGIN,
    WIDTH,
    cause_sentence,
    chance_figure,
    chance_scale,
    chance_scale_words,
    match_cause_sentence,
)
from tests.matching.presentation.samples import row_of


def test_chance_scale_covers_the_highest_range() -> None:
    rows = [row_of(1, probability=0.05), row_of(2, probability=0.16), row_of(3, probability=None)]
    assert chance_scale(rows) == 0.4
    assert chance_scale([]) == 0.1
    assert chance_scale([row_of(1, probability=0.9)]) == 1.0


def test_chance_scale_exact_tenth_is_not_rounded_up() -> None:
    assert chance_scale([row_of(1, probability=0.15)]) == 0.3


def test_chance_scale_words_name_the_interview() -> None:
    assert chance_scale_words(0.3) == "Each line runs from 0 to 30% interview."
    assert chance_scale_words(1.0) == "Each line runs from 0 to 100% interview."


def test_chance_figure_orders_low_point_high_inside_the_picture() -> None:
    figure = chance_figure({"probability": 0.1, "low": 0.05, "high": 0.2}, 0.2)
    assert figure is not None
    assert figure.words == "5\N{EN DASH}20%"
    assert MARGIN <= figure.x_low < figure.x_point < figure.x_high == WIDTH - MARGIN


def test_chance_figure_abstained_has_no_number() -> None:
    assert chance_figure({"probability": None, "low": None, "high": None}, 0.2) is None


def test_cause_sentence_names_the_cause_without_a_number() -> None:
    cause = {"code": "program", "detail": "its share of IMGs is not known", "share": 0.77}
    assert cause_sentence({"cause": cause}) == "Wide mostly because its share of IMGs is not known."
    assert cause_sentence({"cause": None}) == ""


def test_match_cause_sentence() -> None:
    cause = {"code": "base", "detail": "the level is not settled", "share": 0.4}
    sentence = match_cause_sentence({"cause": cause})
    assert sentence == "The range of the match is wide mostly because the level is not settled."
    assert match_cause_sentence({}) == ""
