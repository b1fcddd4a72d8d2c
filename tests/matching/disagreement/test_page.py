"""The report's words, its drawing and its file."""

from hypothesis import given
from hypothesis import strategies as st

from matching.disagreement.chart import Bar, drawings, scale
from matching.disagreement.counting import Counted, Group, counted, wilson
from matching.disagreement.page import NOTHING_YET, page_of
from matching.disagreement.table import COLUMNS, table_of
from matching.exporting.csv import csv_bytes

from .test_counting import looks, move


def found(number: int = 60) -> Counted:
    return counted(looks(number), [move("a"), move("b", end="reach"), move("c", private=True)])


def test_page_of_nothing_says_so() -> None:
    page = page_of(counted({}, []))
    assert (page.sentence, page.parts) == (NOTHING_YET, ())


def test_page_of_no_move_says_so() -> None:
    page = page_of(counted(looks(12), []))
    assert page.sentence == "Advisors looked at 12 programs and moved none of them to another tier."
    assert page.parts == ()


def test_page_begins_with_the_sentence() -> None:
    page = page_of(found())
    assert page.sentence == (
        "Advisors moved 3 of 60 programs they looked at (5%): 2 to a likelier tier, 1 to a less likely one."
    )
    assert page.notes == ("The moves are on 1 list. 1 of them are for the desk alone.",)
    assert [part.title for part in page.parts] == [
        "By specialty", "By ring", "By kind of program", "By Step 2 CK score",
    ]  # fmt: skip
    assert [part.lines[0].name for part in page.parts] == [
        "Internal medicine", "Los Angeles", "Community", "220–229",
    ]  # fmt: skip


def test_line_tells_counts_share_range_and_reason() -> None:
    line = page_of(found()).parts[0].lines[0]
    assert (line.looked_at, line.up, line.down, line.share, line.few) == ("60", "2", "1", "5%", False)
    assert line.range == "2–14%"
    assert line.mostly == "I know how this program selects (3)"


def test_small_groups_are_marked_on_page_drawing_and_in_the_file() -> None:
    small = found(9)
    part = page_of(small).parts[0]
    assert part.lines[0].few
    assert part.drawings[0].rows[0].label == "Internal medicine, 9 (few)"
    assert "fewer than 30 programs" in csv_bytes(table_of(small)).decode()


def test_known_groups_keep_their_order_and_others_follow_by_size() -> None:
    groups = {
        "specialty": {"Pathology": 3, "Surgery": 9},
        "ring": {"national": 1, "los-angeles": 1},
        "kind": {"none": 5, "university": 1},
        "band": {"none": 1, "below-220": 1},
    }
    page = page_of(counted(groups, [move()]))
    names = {part.facet: [line.name for line in part.lines] for part in page.parts}
    assert names["specialty"][:2] == ["Surgery", "Pathology"]
    assert names["ring"] == ["Los Angeles", "Rest of the nation"]
    assert names["kind"] == ["University", "Community", "Kind not known"]
    assert names["band"] == ["Below 220", "220–229", "No score yet"]


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int, int]:
    """Looked at, moved up and moved down."""
    of = draw(st.integers(1, 500))
    moved = draw(st.integers(1, of))
    up = draw(st.integers(0, moved))
    return of, up, moved - up


@given(st.lists(counts(), min_size=1, max_size=6))
def test_everything_drawn_lies_within_its_drawing(given: list[tuple[int, int, int]]) -> None:
    bars = [
        Bar(f"G{at}", of, up, down, wilson(up, of), wilson(down, of), few=False)
        for at, (of, up, down) in enumerate(given)
    ]
    assert scale(bars) >= max(max(up, down) / of for of, up, down in given)
    for drawing in drawings(bars):
        for row in drawing.rows:
            for side in filter(None, (row.up, row.down)):
                ends = (side.x, side.x + side.width, side.low, side.high)
                assert all(0 <= end <= drawing.width for end in ends)
            assert row.y < drawing.floor
        assert drawing.floor < drawing.height


def test_nothing_to_draw_is_not_drawn() -> None:
    assert drawings([]) == ()


def test_file_has_a_row_for_every_group_with_all_its_columns() -> None:
    table = table_of(found())
    assert [row[:2] for row in table.rows] == [
        ("All", "All"),
        ("By specialty", "Internal medicine"),
        ("By ring", "Los Angeles"),
        ("By kind of program", "Community"),
        ("By Step 2 CK score", "220–229"),
        ("By reason", "I know how this program selects"),
    ]
    assert {len(row) for row in table.rows} == {len(COLUMNS)}
    assert table.rows[0][2:7] == (60, 2, 1, 1, 0.05)


def test_file_runs_nothing() -> None:
    name = "=cmd|' /C calc'!A0"
    groups = {facet: {name: Group(name, 1, up=1)} for facet in ("specialty", "ring", "kind", "band")}
    odd = Counted(Group("all", 1, up=1), groups, {}, found().paths, 0)
    assert "\"'=cmd" in csv_bytes(table_of(odd)).decode()
