from matching.presentation.scopes import Line, MatchLine, places_sentence, scope_card
from tests.matching.presentation.samples import scope_of


def test_scope_card_says_price_and_chances_in_words() -> None:
    card = scope_card(scope_of("los-angeles"))
    assert card.title == "Los Angeles"
    assert [(line.name, line.value) for line in card.lines] == [
        ("Applications", "40"),
        ("Cost", "$1,630"),
        ("Interviews expected", "2.3"),
        ("Interviews per $100", "0.14"),
        ("No interview", "18%"),
        ("Match given up", "10 in 100"),
    ]
    assert card.match == MatchLine("29\N{EN DASH}52%", 29.0, 52.0)


def test_scope_card_empty_scope_promises_nothing() -> None:
    card = scope_card(scope_of("california", applications=0, cost_usd=0))
    assert [(line.name, line.value) for line in card.lines] == [("Applications", "none to make")]
    assert card.match is None


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


def test_the_widest_circle_gives_nothing_up() -> None:
    card = scope_card(scope_of("national", match_lost=0.0))
    assert card.lines[-1] == Line("Match given up", "none")
