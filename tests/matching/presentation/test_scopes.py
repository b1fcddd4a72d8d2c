from matching.presentation.scopes import ScopeRow, given_up, lost_hundredths, places_sentence, scope_table
from tests.matching.presentation.samples import scope_of


def test_scope_table_says_price_and_chances_circle_by_circle() -> None:
    table = scope_table([scope_of("los-angeles"), scope_of("national", match_lost=0.0)])
    assert table.heads == ("Los Angeles", "Whole nation")
    assert table.rows == (
        ScopeRow("Match, whole list", ("29\N{EN DASH}52%", "29\N{EN DASH}52%")),
        ScopeRow("Match given up", ("10 in 100", "none")),
        ScopeRow("Interviews expected", ("2.3", "2.3")),
        ScopeRow("No interview", ("18%", "18%")),
        ScopeRow("Applications", ("40", "40")),
        ScopeRow("Fees", ("$1,630", "$1,630")),
        ScopeRow("Interviews per $100", ("0.14", "0.14")),
    )


def test_scope_table_empty_circle_promises_nothing() -> None:
    table = scope_table([scope_of("california", applications=0, cost_usd=0), scope_of("national")])
    assert [row.values[0] for row in table.rows if row.name == "Applications"] == ["none"]
    assert {row.values[0] for row in table.rows if row.name != "Applications"} == {"\N{EN DASH}"}


def test_places_sentence_innermost_first_without_empty_rings() -> None:
    by_ring = {"national": 33, "california": 12, "los-angeles": 31, "west-coast": 0}
    assert places_sentence(by_ring) == (
        "Of 76 programs, 31 are in the Los Angeles area, 12 elsewhere in California "
        "and 33 in the rest of the nation."
    )
    assert places_sentence({"west-coast": 1, "national": 78}) == (
        "Of 79 programs, 1 is on the West Coast and 78 in the rest of the nation."
    )
    assert places_sentence({"los-angeles": 1}) == "It is in the Los Angeles area."
    assert places_sentence({"national": 80}) == "All 80 are in the nation, none of them on the West Coast."
    assert places_sentence({"los-angeles": 0}) == ""


def test_given_up_is_never_less_than_nothing() -> None:
    assert (given_up(0.0), given_up(0.004), given_up(0.006)) == ("none", "none", "1 in 100")
    assert lost_hundredths(-0.02) == 0
