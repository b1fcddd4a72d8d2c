from typing import Any

import numpy as np
import pytest

from matching.scoring.applicant import Options, Tie
from matching.scoring.choice import best_tracks, contenders, listable, required_of, scope_of
from matching.scoring.list_rules import ListInfeasible, ProgramsBarred
from tests.scoring.made_catalogue import columns_of, plain_applicant, track_make

LOS_ANGELES = ("CA", "Los Angeles")


def asked(*tracks: Any, specialties: tuple[str, ...] = (), **options: Any) -> list[bool]:
    columns = columns_of(*tracks)
    found: list[bool] = scope_of(
        columns, plain_applicant(specialties=specialties), Options(**options)
    ).asked.tolist()
    return found


def test_scope_by_specialty_and_all_where_none_is_named() -> None:
    tracks = (track_make(1), track_make(2, specialty="psychiatry"))
    assert asked(*tracks, specialties=("psychiatry",)) == [False, True]
    assert asked(*tracks) == [True, True]


def test_scope_by_track_shows_unknown_ones_with_the_categorical() -> None:
    kinds = ("categorical", "unknown", "primary-care", "preliminary", "advanced")
    tracks = [track_make(number, track=kind) for number, kind in enumerate(kinds, start=1)]
    assert asked(*tracks) == [True, True, True, False, False]
    assert asked(*tracks, tracks=("preliminary",)) == [False, False, False, True, False]
    assert asked(*tracks, tracks=("unknown",)) == [False, True, False, False, False]


def test_scope_by_the_widest_ring_asked_for() -> None:
    tracks = (track_make(1, LOS_ANGELES), track_make(2, ("CA", "Fresno")), track_make(3))
    assert asked(*tracks, rings=("california", "los-angeles")) == [True, True, False]
    columns = columns_of(*tracks)
    assert scope_of(columns, plain_applicant(), Options(rings=("california", "los-angeles"))).rings == (0, 1)


@pytest.mark.parametrize(
    ("members", "allowed"),
    [({}, False), ({"languages": ("en", "es")}, True), ({"ties": (Tie("family", "PR"),)}, True)],
)
def test_puerto_rico_only_with_spanish_or_a_tie(members: dict[str, Any], allowed: bool) -> None:
    columns = columns_of(track_make(1, ("PR", "San Juan")), track_make(2))
    assert listable(columns, plain_applicant(**members), Options()).tolist() == [allowed, True]


def test_old_listings_and_every_track_of_an_excluded_program_are_not_listed() -> None:
    columns = columns_of(
        track_make(1, listing_status="old"),
        track_make(2, program_key="a"),
        track_make(3, program_key="a"),
        track_make(4, listing_status="unconfirmed"),
    )
    options = Options(must_exclude=("sp00003", "sp09999"))
    assert listable(columns, plain_applicant(), options).tolist() == [False, False, False, True]


def test_a_specialty_without_a_base_is_listed_where_it_is_named_or_must_be() -> None:
    columns = columns_of(
        track_make(1), track_make(2, specialty="diagnostic-radiology"), track_make(3, specialty="neurology")
    )
    no_base = [name == "diagnostic-radiology" for name in columns.specialties]
    anything = plain_applicant(specialties=())
    must = Options(must_include=("sp00002",))
    assert listable(columns, anything, Options(), no_base).tolist() == [True, False, True]
    assert listable(columns, anything, must, no_base).tolist() == [True, True, True]
    named = plain_applicant(specialties=("diagnostic-radiology",))
    assert listable(columns, named, Options(), no_base).tolist() == [True, True, True]


def test_best_tracks_takes_one_a_program_by_odds_then_id() -> None:
    columns = columns_of(
        track_make(1, program_key="a"),
        track_make(2, program_key="a"),
        track_make(3, program_key="b"),
        track_make(4, program_key="b"),
        track_make(5),
    )
    log_odds = np.array([-2.0, -1.0, -3.0, -3.0 + 1e-12, -9.0])
    assert best_tracks(columns, np.arange(5), log_odds).tolist() == [1, 2, 4]
    assert best_tracks(columns, np.array([0, 4]), log_odds).tolist() == [0, 4]
    assert best_tracks(columns, np.array([], dtype=int), log_odds).tolist() == []


def test_best_tracks_prefers_a_track_that_matches_for_good() -> None:
    columns = columns_of(track_make(1, program_key="a", track="preliminary"), track_make(2, program_key="a"))
    assert best_tracks(columns, np.arange(2), np.array([0.0, -5.0])).tolist() == [1]
    assert best_tracks(columns, np.array([0]), np.array([0.0, -5.0])).tolist() == [0]


def test_contenders_keep_the_first_of_each_group_and_all_of_another_width() -> None:
    columns = columns_of(
        *(track_make(number, LOS_ANGELES) for number in range(1, 5)),
        *(track_make(number) for number in range(5, 9)),
        *(track_make(number, track="preliminary") for number in range(9, 11)),
    )
    p = np.array([0.4, 0.3, 0.2, 0.1, 0.04, 0.03, 0.03, 0.01, 0.9, 0.8])
    usual = np.ones(10, dtype=bool)
    assert contenders(columns, np.arange(10), p, usual, 2).tolist() == [0, 1, 4, 5, 6, 8, 9]
    usual[3] = False
    assert contenders(columns, np.arange(10), p, usual, 1).tolist() == [0, 3, 4, 8]
    assert contenders(columns, np.array([], dtype=int), p, usual, 2).tolist() == []


def test_what_must_be_in_and_cannot_be_is_refused_by_row() -> None:
    columns = columns_of(*(track_make(number) for number in range(1, 5)))
    programs = np.array([0, 1, 2])
    assert required_of(columns, programs, Options(must_include=("sp00002",))).tolist() == [1]
    assert required_of(columns, programs, Options()).tolist() == []
    with pytest.raises(ProgramsBarred) as barred:
        required_of(columns, programs, Options(must_include=("sp00002", "sp00004")))
    assert barred.value.rows == (3,)
    with pytest.raises(ListInfeasible, match="sp99999"):
        required_of(columns, programs, Options(must_include=("sp99999",)))
