import pytest

from matching.list_state import Edit
from matching.models import ListEntry, SavedList
from matching.presentation.list_desk import list_desk
from matching.presentation.select_options import select_options
from matching.reference import model_for
from matching.selectors import list_entries
from programs.models import DataVersion
from tests.matching.lists import ids_of, list_scored

pytestmark = pytest.mark.django_db
MODEL = model_for("2027")


@pytest.fixture
def saved_list(small_catalogue: DataVersion) -> SavedList:
    return list_scored()


def test_list_desk_has_a_row_a_program_with_what_she_set(saved_list: SavedList) -> None:
    first = ids_of(saved_list)[0]
    saved_list.entries.filter(program=first).update(status="applied", note="Ask", signal="gold")
    desk = list_desk(list(list_entries(saved_list)), kept=saved_list.figures, model=MODEL)
    pick = desk.picks[0]
    assert (pick.id, pick.position, pick.place, pick.note) == (first, 1, "1", "Ask")
    assert pick.address == f"/programs/{first}/"
    assert '<option value="applied" selected>' in pick.statuses
    assert '<option value="gold" selected>' in pick.signals
    assert desk.picks[-1].total == desk.cost == "$44"
    assert desk.status_counts == (("plan to apply", 3), ("applied", 1))
    assert desk.signals[0].levels[0].placed >= 1


@pytest.mark.parametrize(
    ("set_by_her", "said"),
    [
        ({"signal": "", "note": ""}, "plan to apply · add a note"),
        ({"signal": "gold", "status": "applied", "note": "Ask"}, "gold signal · applied · Ask"),
        ({"signal": "", "note": "x" * 30}, f"plan to apply · {'x' * 24}…"),
    ],
)
def test_list_desk_says_in_few_words_what_is_set(
    saved_list: SavedList, set_by_her: dict[str, str], said: str
) -> None:
    saved_list.entries.filter(position=1).update(**set_by_her)
    desk = list_desk(list(list_entries(saved_list)), kept=saved_list.figures, model=MODEL)
    assert desk.picks[0].said == said


def test_list_desk_shows_the_rule_that_closes_a_program(saved_list: SavedList) -> None:
    gate = {"gate": "min_step2ck", "label": "Lowest Step 2 CK", "verdict": "fail", "strictness": "strict",
            "required": 240, "yours": 224}  # fmt: skip
    ListEntry.objects.filter(saved_list=saved_list, position=1).update(
        tier="", probability=None, low=None, high=None, shown={"closed": True, "gates": [gate]}
    )
    desk = list_desk(list(list_entries(saved_list)), kept=None, model=MODEL)
    assert desk.picks[0].closed == ("Lowest Step 2 CK: asks 240, you have 224",)
    assert desk.picks[0].chance is None
    assert desk.figures is None


def test_list_desk_shows_what_was_typed_where_it_was_wrong(saved_list: SavedList) -> None:
    first = ids_of(saved_list)[0]
    desk = list_desk(
        list(list_entries(saved_list)),
        kept=saved_list.figures,
        model=MODEL,
        typed={first: Edit(place=3, status="invited", note="typed")},
        errors={first: "Wrong."},
    )
    pick = desk.picks[0]
    assert (pick.place, pick.note, pick.error) == ("3", "typed", "Wrong.")
    assert '<option value="invited" selected>' in pick.statuses


def test_list_desk_says_how_far_over_the_budget(saved_list: SavedList) -> None:
    desk = list_desk(list(list_entries(saved_list)), kept=saved_list.figures, model=MODEL, max_usd=30)
    assert desk.over_budget == "$14"
    assert desk.picks[2].marks == ("Your budget of $30 ends here.",)


def test_list_desk_of_an_empty_list(saved_list: SavedList) -> None:
    desk = list_desk([], kept=None, model=MODEL)
    assert (desk.count, desk.picks, desk.signals, desk.cost) == (0, (), (), "$0")


def test_select_options_escape_what_they_show() -> None:
    assert select_options((("a", "<b>"), ('"', "c")), '"') == (
        '<option value="a">&lt;b&gt;</option><option value="&quot;" selected>c</option>'
    )
