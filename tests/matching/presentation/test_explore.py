import pytest

from matching.catalogue import LoadedCatalogue
from matching.exploring import STANDINGS, Asked, Found, Odds, explore
from matching.presentation.explore import explore_page
from matching.presentation.explore_rows import (
    explore_rows,
    gain_words,
)
from programs.services.publishing import data_version_publish
from programs.snapshot import snapshot_get
from tests.matching.presentation.test_explore_map import odds_for
from tests.programs.factories import make_fact, make_program

pytestmark = pytest.mark.django_db


def found_of(odds: Odds | None = None, **asked: object) -> Found:
    catalogue = LoadedCatalogue(snapshot_get(data_version_publish().version))
    return explore(catalogue, Asked(**asked), odds)  # type: ignore[arg-type]


def page_of(found: Found, **chosen: str):  # type: ignore[no-untyped-def]  # noqa: ANN201
    chosen = {"ring": "", "tier": "", "state": "", "county": "", "base": "/programs/", **chosen}
    return explore_page(found, **chosen)


@pytest.mark.parametrize(
    ("standings", "sentence", "second"),
    [
        (
            ["reach", "reach", "target", "closed", "none"],
            "Of 5 program tracks, 1 is a target and 2 are reaches. None is safe.",
            "1 track is closed to you by a stated rule. "
            "1 without a number: the listing is old, or too little is known.",
        ),
        (["safety", "target", "target"], "Of 3 program tracks, 1 is safe for you and 2 are targets.", ""),
        (["reach", "reach"], "All 2 program tracks are reaches. None is safe.", ""),
        (["safety"], "The one program track found is safe for you.", ""),
        (
            ["closed", "closed"],
            "2 program tracks, and none with odds for you.",
            "2 tracks are closed to you by a stated rule.",
        ),
    ],
)
def test_page_says_first_what_the_maps_show(standings: list[str], sentence: str, second: str) -> None:
    for _ in standings:
        make_program()
    page = page_of(found_of(odds_for(standings)))
    assert (page.sentence, page.second) == (sentence, second)
    assert [(choice.value, choice.count) for choice in page.tiers][1:] == [
        (name, standings.count(name)) for name in STANDINGS
    ]


def test_page_of_nothing_says_so() -> None:
    make_program()
    page = page_of(found_of(state="NY"))
    assert page.sentence == "No program fits all of this."
    assert page.map_words == "The map is empty."
    assert page.count_words == "0 program tracks"


def test_page_without_odds_has_no_tiers() -> None:
    make_program()
    page = page_of(found_of())
    assert page.tiers == ()
    assert page.sentence == "1 program track, each where it is."
    assert page.map_words.startswith("All stand in California.")


def test_page_names_what_a_filter_leaves_out_unasked() -> None:
    make_program()
    make_program()
    assert page_of(found_of(img_share=0.1)).share_note.startswith("For 2 more tracks that fit otherwise")
    assert page_of(found_of(odds_for(["closed", "reach"]), open_only=True)).closed_note == (
        "1 track that a rule closes to you left out."
    )


def test_page_counts_rings_with_the_chosen_one_marked() -> None:
    make_program()
    make_program(state="NY", county="Kings", city="Brooklyn")
    rings = page_of(found_of(), ring="california").rings
    assert [(choice.title, choice.count) for choice in rings] == [
        ("Los Angeles", 1), ("California", 1), ("West Coast", 1), ("Whole nation", 2),
    ]  # fmt: skip
    assert [choice.current for choice in rings] == [False, True, False, False]
    assert page_of(found_of()).rings[3].current


def test_row_says_what_is_known_and_what_is_not() -> None:
    known = make_program(name="Harbor Program", latitude=33.84, longitude=-118.32)
    make_fact(known, "program_type", "community", page_year=2024)
    make_fact(known, "residents_total", "20")
    make_fact(known, "residents_img", "11")
    bare = make_program(city="", county="", state="TX", last_listed_year=None, listing_status="old")
    found = found_of(odds_for(["target", "none"]))
    first, second = explore_rows(
        found,
        [0, 1],
        specialties={"internal-medicine": "Internal medicine"},
        on_list=frozenset({bare.pk}),
        ticked=[known.pk],
    )
    assert (first.name, first.standing, first.chance, first.fit) == ("Harbor", "target", "about 12%", "50")
    assert first.facts == ("Community", "55% of residents are IMGs", "Listed 2026, its page of 2024")
    assert (first.place, first.distance) == ("Torrance, Los Angeles County, CA", "about 15 miles")
    assert (first.listed, first.ticked, first.warning) == (False, True, "")
    assert (second.chance, second.gain, second.standing) == ("", "", "none")
    assert second.facts == ("No page of its own read", "Not known: type and IMG share")
    assert (second.place, second.distance) == ("TX, city not known", "distance not known")
    assert (second.listed, second.warning) == (True, "It may be closed: check it still exists")


def test_row_without_odds_says_nothing_of_them() -> None:
    make_program()
    (row,) = explore_rows(found_of(), [0], specialties={}, on_list=frozenset(), ticked=())
    assert (row.standing, row.chance, row.fit, row.gain) == ("", "", "", "")


def test_gain_words_are_points_for_a_fee() -> None:
    assert gain_words(0.0123, 30) == "+1.2 for $30"
    assert gain_words(0.0001, 11) == "under +0.1 for $11"
