from typing import Any

from matching.presentation.list_figures import beside_ours, list_figures

BALANCE: dict[str, Any] = {"grade": "B", "value_of_best": 0.9, "findings": []}
KEPT: dict[str, Any] = {
    "applications": 2,
    "cost_usd": 22,
    "interviews": {"expected": 1.24, "p10": 0, "p90": 3, "none": 0.31},
    "match": {"probability": 0.4, "low": 0.3, "high": 0.5},
    "p_los_angeles": 0.12,
    "balance": BALANCE,
    "stop_line": None,
    "ours": {
        "match_id": "m", "programs": ["sp00001", "sp00002"], "cost_usd": 33, "none": 0.2,
        "match": {"probability": 0.45, "low": 0.3, "high": 0.5},
    },
}  # fmt: skip


def test_list_figures_lead_with_the_sentence_and_the_worst() -> None:
    found = list_figures(KEPT, ["sp00001", "sp00009"])
    assert found is not None
    assert found.sentence == "2 programs for $22: about 31 in 100 seasons with this list bring no interview."
    assert [figure.value for figure in found.figures] == ["31 in 100", "30–50%", "1.2", "12 in 100", "$22"]
    assert found.balance is not None
    assert found.repairable


def test_list_figures_of_the_best_list_offer_no_repair() -> None:
    found = list_figures({**KEPT, "balance": {**BALANCE, "value_of_best": 1.0}}, [])
    assert found is not None
    assert not found.repairable


def test_list_figures_of_a_list_never_judged_and_of_an_empty_one() -> None:
    assert list_figures(None, []) is None
    empty = list_figures({**KEPT, "applications": 0, "balance": None}, [])
    assert empty is not None
    assert (empty.sentence, empty.figures, empty.balance, empty.beside_ours) == (
        "Nothing on it yet.", (), None, (),
    )  # fmt: skip


def test_list_figures_without_ranges_give_the_point() -> None:
    found = list_figures({**KEPT, "match": {"probability": 0.4, "low": None, "high": None}}, [])
    assert found is not None
    assert found.figures[1].value == "40%"


def test_beside_ours_says_what_differs_and_what_it_is_worth() -> None:
    assert beside_ours(KEPT, KEPT["ours"], ["sp00002", "sp00001"]) == ("It is the list we recommend.",)
    assert beside_ours(KEPT, KEPT["ours"], ["sp00001", "sp00009"]) == (
        "1 program of yours is not on the list we recommend; 1 of ours is not on yours.",
        "Yours brings a match in about 5 in 100 seasons fewer. It costs $11 less.",
    )
    dear = {**KEPT, "cost_usd": 33, "match": {"probability": 0.452}}
    assert beside_ours(dear, KEPT["ours"], ["sp00001"])[1] == (
        "The chance of a match is about the same. The fees are the same."
    )
