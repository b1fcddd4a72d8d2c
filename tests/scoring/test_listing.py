from dataclasses import replace
from typing import Any

import pytest

from matching.scoring.answer import Answer
from matching.scoring.applicant import Options, Wishes
from matching.scoring.list_rules import ListInfeasible
from matching.scoring.listing import la_weight, step_prices
from matching.scoring.score import score
from tests.scoring.made_catalogue import MadeTrack, columns_of, model_now, plain_applicant, track_make
from tests.scoring.made_terms import value

LOS_ANGELES = ("CA", "Los Angeles")
MIXED = (
    *(track_make(number, LOS_ANGELES) for number in range(1, 5)),
    *(track_make(number, ("OR", "Lane")) for number in range(5, 8)),
    *(track_make(number, specialty="family-medicine") for number in range(8, 12)),
)


def answer(*tracks: MadeTrack, applicant: Any = None, **options: Any) -> Answer:
    asked = replace(Options(max_applications=5), **options)
    return score(applicant or plain_applicant(), asked, columns_of(*tracks), model_now())


@pytest.mark.parametrize(
    ("ring", "asked", "expected"),
    [("los-angeles", None, "default"), ("california", None, 0.0), (None, None, 0.0), (None, 0.4, 0.4)],
)
def test_la_weight_is_as_asked_else_by_the_wish(ring: Any, asked: float | None, expected: Any) -> None:
    default = value("list.la_weight_default_if_stated")
    found = la_weight(plain_applicant(wishes=Wishes(ring=ring)), Options(la_weight=asked), default)
    assert found == (default if expected == "default" else expected)


def test_scopes_hold_programs_of_their_ring_within_the_same_limits() -> None:
    found = answer(*MIXED)
    columns = columns_of(*MIXED)
    assert [scope.ring for scope in found.scopes] == [0, 1, 2, 3]
    for scope in found.scopes:
        assert (columns.ring[scope.rows] <= scope.ring).all()
        assert len(scope.rows) == min(5, int((columns.ring <= scope.ring).sum()))
        assert scope.stop_line <= len(scope.rows)
    chances = [scope.match.value for scope in found.scopes]
    assert chances[0] == chances[1] < chances[3]
    assert found.scopes[0].p_los_angeles == pytest.approx(found.scopes[0].match.value)


def test_what_a_list_costs_is_the_fee_of_its_counts() -> None:
    columns, model = columns_of(*MIXED), model_now()
    for scope in answer(*MIXED).scopes:
        names = [columns.specialties[code] for code in columns.specialty[scope.rows]]
        counts = {name: names.count(name) for name in set(names)}
        assert scope.cost_usd == model.fees.cost(counts, dict(model.services))


def test_max_usd_is_kept() -> None:
    first = int(step_prices(columns_of(*MIXED), model_now())[0, 0])
    found = answer(*MIXED, max_usd=first)
    assert found.widest.cost_usd <= first
    assert 1 <= len(found.widest.rows) < 5


def test_must_include_is_in_and_must_exclude_is_out() -> None:
    columns = columns_of(*MIXED)
    free = [columns.ids[row] for row in answer(*MIXED, max_applications=2).widest.rows]
    last = next(name for name in reversed(columns.ids) if name not in free)
    found = answer(*MIXED, max_applications=2, must_include=(last,), must_exclude=(free[0],))
    listed = [columns.ids[row] for row in found.widest.rows]
    assert last in listed
    assert free[0] not in listed
    with pytest.raises(ListInfeasible):
        answer(*MIXED, max_applications=1, must_include=columns.ids[8:10])


def test_one_year_tracks_come_after_those_that_match_for_good_and_are_no_match() -> None:
    tracks = (
        *(track_make(number, track="preliminary") for number in (1, 2, 3)),
        *(track_make(number, facts={"program_type": "university"}) for number in (4, 5)),
    )
    found = answer(*tracks, tracks=("categorical", "preliminary"), max_applications=4)
    columns = columns_of(*tracks)
    assert [columns.year_only[row] for row in found.widest.rows] == [False, False, True, True]
    without = answer(*tracks, max_applications=4)
    assert found.widest.match.value == pytest.approx(without.widest.match.value)
    assert found.widest.stop_line <= 2
    only = answer(*tracks[:3], tracks=("preliminary",))
    assert len(only.widest.rows) == 3
    assert only.widest.match.value == 0
    assert only.widest.expected > 0


def test_match_if_interviewed_adds_up_in_her_order() -> None:
    applicant = plain_applicant(wishes=Wishes(ring="los-angeles"))
    found = answer(*MIXED, applicant=applicant, max_applications=9)
    rows = found.rows
    chosen = rows.selected
    assert (rows.match_if[chosen] * rows.p[chosen]).sum() == pytest.approx(found.widest.match.value)
    in_la = columns_of(*MIXED).ring[rows.row[chosen]] == 0
    first, rest = rows.match_if[chosen][in_la], rows.match_if[chosen][~in_la]
    assert first.max() > rest.max()


def test_los_angeles_first_counts_its_programs_alone() -> None:
    options: dict[str, Any] = {"la_weight": 0.0, "max_applications": 9}
    wishing = answer(*MIXED, applicant=plain_applicant(wishes=Wishes(ring="los-angeles")), **options)
    plain = answer(*MIXED, **options)
    assert wishing.widest.rows.tolist() == plain.widest.rows.tolist()
    assert wishing.widest.p_los_angeles > plain.widest.p_los_angeles > 0


def test_programs_closed_are_told_with_the_fee_saved_alone_and_together() -> None:
    closed = [track_make(number, facts={"min_step2ck": 270.0}) for number in (21, 22)]
    found = answer(*MIXED, *closed, max_applications=2)
    model = model_now()
    columns = columns_of(*MIXED, *closed)
    assert [columns.ids[row] for row in found.screened] == ["sp00021", "sp00022"]
    listed = [columns.specialties[code] for code in columns.specialty[found.widest.rows]]
    before = listed.count("internal-medicine")
    services = dict(model.services)
    paid = [model.fees.cost({"internal-medicine": before + more}, services) for more in (0, 1, 2)]
    assert found.screened_usd.tolist() == [paid[1] - paid[0]] * 2
    assert found.screened_total_usd == paid[2] - paid[0]


def test_no_program_left_is_an_answer_too() -> None:
    found = answer(track_make(1, facts={"min_step2ck": 270.0}))
    assert len(found.rows.row) == 0
    assert found.widest.match.value == 0
    assert found.interviews.none == 1
    assert found.interviews.pmf.tolist() == [1.0]
    assert found.tiers_all == (0, 0, 0)
