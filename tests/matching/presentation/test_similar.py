from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.presentation.similar import ENOUGH, MOST, Kin, kin_groups, likeness, similar
from tests.matching.made_snapshot import row_make

ME = Kin(
    id="sp00001",
    key="k1",
    name="Harbor",
    specialty="internal-medicine",
    track="categorical",
    place="Torrance, CA",
    city="Torrance",
    state="CA",
    in_los_angeles=True,
    old=False,
    town=3,
    kind="community",
    safety_net=True,
    signs=frozenset({"says it considers IMGs"}),
    cutoff=220.0,
    trainees=100.0,
)
BARE = replace(
    ME,
    city="",
    state="NY",
    in_los_angeles=False,
    town=0,
    kind="",
    safety_net=False,
    signs=frozenset(),
    cutoff=None,
    trainees=None,
)


def other(number: int, base: Kin = ME, **members: Any) -> Kin:
    return replace(base, id=f"sp{number:05d}", key=f"k{number}", **members)


def test_likeness_tells_every_point_in_words() -> None:
    points, words = likeness(ME, other(2, cutoff=223.0, trainees=120.0), {})
    assert points == pytest.approx(3 + 2 + 1.5 + 1 + 1 + 0.75)
    assert words == (
        "Torrance",
        "a community program",
        "a safety-net hospital",
        "says it considers IMGs",
        "a lowest Step 2 CK near 223",
        "a hospital that trains about as many residents",
    )


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"city": "Irvine"}, "greater Los Angeles"),
        ({"city": "Fresno", "in_los_angeles": False}, "California"),
        ({"city": "Portland", "state": "OR", "in_los_angeles": False}, "the same part of the country"),
        ({"city": "Irvine", "town": 6}, "a city with about as many residencies"),
    ],
)
def test_likeness_of_places(members: dict[str, Any], words: str) -> None:
    assert words in likeness(ME, other(2, **members), {})[1]


def test_likeness_of_what_is_not_known_is_none() -> None:
    assert likeness(BARE, other(2, BARE, state="CA"), {}) == (0, ())
    assert likeness(replace(BARE, state="PR"), other(2, BARE, state="CA"), {}) == (0, ())


@pytest.mark.parametrize(
    ("mine", "theirs", "told"),
    [
        (0.1, 0.1, True),
        (0.1, 0.14, True),
        (0.1, 0.3, False),
        (0.1, float("nan"), False),
        (float("nan"), 0.1, False),
    ],
)
def test_likeness_counts_her_odds_where_both_are_told(mine: float, theirs: float, told: bool) -> None:
    odds = {ME.id: mine, "sp00002": theirs}
    assert ("about the same odds for you" in likeness(ME, other(2), odds)[1]) is told


def test_similar_leaves_out_itself_other_kinds_old_listings_and_what_is_closed() -> None:
    left_out = [
        ME,
        replace(ME, id="sp00002"),
        other(3, track="preliminary"),
        other(4, old=True),
        other(5),
        other(6, BARE),
    ]
    assert similar(ME, left_out, closed=frozenset({"sp00005"})) == ()


def test_similar_names_a_program_once() -> None:
    twice = replace(other(3), key="k2")
    assert [each.id for each in similar(ME, [twice, other(2)])] == ["sp00003"]


@given(st.permutations(range(2, 12)))
def test_similar_are_the_likest_in_whatever_order_they_come(order: list[int]) -> None:
    everyone = [other(n, trainees=100.0 * n, cutoff=220.0 + n, safety_net=n % 2 == 0) for n in order]
    found = similar(ME, everyone)
    assert len(found) == MOST
    assert found == similar(ME, sorted(everyone, key=lambda kin: kin.id))
    points = {kin.id: likeness(ME, kin, {})[0] for kin in everyone}
    assert min(points[each.id] for each in found) >= ENOUGH
    assert [points[each.id] for each in found] == sorted(points.values(), reverse=True)[:MOST]


def test_kin_groups_by_specialty_and_same_program_listed_twice() -> None:
    facts = {"program_type": "community", "safety_net": "yes", "min_step2ck": "none", "accepts_img": "yes"}
    one = row_make(1, program_key="a", facts=facts)
    two = row_make(2, program_key="b", same_as="sp00001", facts={"min_step2ck": 220.0})
    three = row_make(3, specialty="surgery")
    groups = kin_groups([one, two, three])
    assert {slug: [kin.key for kin in kins] for slug, kins in groups.items()} == {
        one.specialty: ["a", "a"],
        "surgery": [three.program_key],
    }
    first, second = groups["internal-medicine"]
    assert (first.kind, first.safety_net, first.town, first.cutoff) == ("community", True, 3, None)
    assert first.signs == {"no lowest Step 2 CK", "says it considers IMGs"}
    assert (second.kind, second.cutoff, second.signs) == ("", 220.0, frozenset())
