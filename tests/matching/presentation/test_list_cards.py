import pytest

from matching.list_selectors import lists_by_use
from matching.presentation.list_cards import list_cards
from programs.models import DataVersion
from tests.matching.factories import list_make, match_make
from tests.matching.lists import list_scored

pytestmark = pytest.mark.django_db


def test_list_cards_tell_count_cost_and_balance(small_catalogue: DataVersion) -> None:
    saved_list = list_scored()
    (card,) = list_cards(lists_by_use(visitor=saved_list.visitor))
    assert (card.name, card.programs, card.cost, card.current) == ("My list", "4 programs", "$44", True)
    assert card.grade in set("ABCDF")
    assert card.none.startswith("about ")


def test_list_cards_of_a_list_never_judged_leave_figures_out() -> None:
    match = match_make()
    list_make(match=match, name="Older")
    older = list_make(match=match, name="Chosen")
    cards = list_cards(lists_by_use(visitor=match.visitor, chosen=str(older.pk)))
    assert [(card.name, card.cost, card.grade, card.current) for card in cards] == [
        ("Chosen", "", "", True),
        ("Older", "", "", False),
    ]
