"""The forecast reckoned from chances alone stands beside what the model says of the same list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.judging import Wanted, list_judge
from matching.reference import model_for
from matching.reporting.forecast import forecast_of
from matching.reporting.held import held_of, luck_words, sentence
from matching.services.list_judging import catalogue_of
from tests.matching.inputs import options_of, profile_of
from tests.matching.lists import ids_of, list_scored

chances = st.lists(st.floats(0.001, 0.95), min_size=1, max_size=90)


@given(chances)
def test_forecast_is_a_distribution_with_the_sum_of_the_chances_as_its_mean(found: list[float]) -> None:
    forecast = forecast_of(found, model_for("2027"))

    assert forecast is not None
    shares = forecast["histogram"]
    assert sum(shares) == pytest.approx(1, abs=1e-3)
    assert sum(count * share for count, share in enumerate(shares)) == pytest.approx(sum(found), abs=0.02)
    assert forecast["expected"] == pytest.approx(sum(found), abs=1e-5)
    assert 0 <= forecast["p10"] <= forecast["p90"] <= len(found)
    assert forecast["none"] == pytest.approx(shares[0], abs=1e-5)


def test_forecast_of_nothing_known_is_none() -> None:
    assert forecast_of([], model_for("2027")) is None
    assert forecast_of([0.0, 1.0], model_for("2027")) is None


@pytest.mark.django_db
@pytest.mark.usefixtures("small_catalogue")
def test_forecast_agrees_with_the_models_own() -> None:
    saved_list = list_scored(max_applications=10)
    catalogue = catalogue_of(saved_list.match.run)
    assert catalogue is not None
    wanted = [Wanted(entry.program_id) for entry in saved_list.entries.all()]
    judged = list_judge(
        profile=profile_of(), options=options_of(), wanted=wanted, catalogue=catalogue, season="2027"
    )
    told = [judged["rows"][name]["interview"]["probability"] for name in ids_of(saved_list)]

    forecast = forecast_of(told, model_for("2027"))

    own = judged["summary"]["interviews"]
    assert forecast is not None
    assert forecast["expected"] == pytest.approx(own["expected"], abs=0.01)
    assert forecast["none"] == pytest.approx(own["none"], abs=0.02)
    assert (forecast["p10"], forecast["p90"]) == (own["p10"], own["p90"])


def forecast_made(came: int) -> dict[str, object]:
    forecast = forecast_of([0.1] * 40, model_for("2027"))
    assert forecast is not None
    return {**forecast, "came": came}


def test_words_of_luck() -> None:
    usual = forecast_made(4)
    assert sentence(usual, over=True).startswith(
        "4 interviews from 40 applications. We expected 4.0, usually "
    )
    assert "within what we call usual" in luck_words(usual, over=True)
    assert luck_words(forecast_made(2), over=False) == "The season is not over, and more may come."
    many = luck_words(forecast_made(20), over=False)
    assert many.startswith("That is more than usual: about")
    assert "bring 20 or more" in many


def test_fewer_than_usual_says_how_many_seasons_are_so() -> None:
    forecast = forecast_of([0.5] * 60, model_for("2027"))
    assert forecast is not None

    words = luck_words({**forecast, "came": 1}, over=True)

    assert words.startswith("That is fewer than usual: about")
    assert "bring 1 or fewer" in words


@given(chances, st.integers(0, 120))
def test_mark_stays_on_the_figure(found: list[float], came: int) -> None:
    forecast = forecast_of(found, model_for("2027"))
    assert forecast is not None

    held = held_of({**forecast, "came": min(came, len(found))}, [], over=True, counted_rows=0)

    assert held is not None
    for marked in held.marked:
        assert 0 < marked.x < marked.drawing.width


def test_nothing_is_held_without_a_forecast() -> None:
    assert held_of(None, [], over=True, counted_rows=0) is None
