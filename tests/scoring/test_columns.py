import numpy as np
import pytest

from matching.scoring.track_facts import FEATURE_INDEX, Fade, has_mission
from tests.scoring.made_catalogue import MadeFact, columns_of, model_now, track_make

LOS_ANGELES = ("CA", "Los Angeles")


def test_columns_are_in_order_of_id_whatever_the_order_given() -> None:
    tracks = [track_make(3), track_make(1, LOS_ANGELES), track_make(2)]
    columns = columns_of(*tracks)
    assert columns.ids == ("sp00001", "sp00002", "sp00003")
    assert columns.row_of == {"sp00001": 0, "sp00002": 1, "sp00003": 2}
    assert columns.ring.tolist() == [0, 3, 3]
    assert len(columns) == 3


def test_empty_catalogue_has_columns_of_no_rows() -> None:
    columns = columns_of()
    assert len(columns) == 0
    assert columns.features.shape[0] == 0


def test_tracks_of_one_program_and_of_one_listed_twice_share_a_number() -> None:
    columns = columns_of(
        track_make(1, program_key="a"),
        track_make(2, program_key="a", track="preliminary"),
        track_make(3, program_key="b"),
        track_make(4, program_key="c", same_as="sp00003"),
    )
    assert columns.program[0] == columns.program[1]
    assert columns.program[2] == columns.program[3]
    assert columns.program[0] != columns.program[2]
    assert columns.rows_of_program[int(columns.program[2])] == (2, 3)
    assert columns.siblings.all()
    assert columns.year_only.tolist() == [False, True, False, False]


@pytest.mark.parametrize(
    ("age", "weight"), [(2026, 1.0), (2022, 0.5), (2018, 0.25), (None, 0.5), (2030, 1.0)]
)
def test_a_fact_says_half_as_much_after_a_half_life(age: int | None, weight: float) -> None:
    fade = Fade(2026, model_now().parameters)
    assert fade.parameters.values["fact.half_life"] == fade.parameters.values["fact.unknown_age"] == 4
    assert fade.weight(MadeFact(1.0, page_year=age)) == pytest.approx(weight)


def test_features_are_signs_faded_with_age() -> None:
    columns = columns_of(
        track_make(
            1,
            facts={
                "accepts_img": "yes",
                "holistic_review": MadeFact("yes", page_year=2022),
                "min_step2ck": "none",
                "program_type": "university",
            },
        ),
        track_make(2, facts={"accepts_img": "no", "min_step2ck": 220.0}),
    )
    row = columns.features[0]
    assert row[FEATURE_INDEX["accepts_img"]] == 1.0
    assert row[FEATURE_INDEX["holistic"]] == pytest.approx(0.5)
    assert row[FEATURE_INDEX["no_minimum"]] == 1.0
    assert row[FEATURE_INDEX["university"]] == row[FEATURE_INDEX["university_research"]] == 1.0
    assert not columns.features[1].any()
    assert columns.type_known.tolist() == [True, False]


def test_size_of_the_hospital_speaks_only_while_the_type_is_unknown() -> None:
    columns = columns_of(
        track_make(1, facts={"hospital_resident_fte": 400.0}),
        track_make(2, facts={"hospital_resident_fte": 400.0, "program_type": "community"}),
        track_make(3, facts={"hospital_resident_fte": 2.0}),
        track_make(4, facts={"hospital_resident_fte": None}),
    )
    size = columns.features[:, FEATURE_INDEX["academic_size"]]
    assert size[0] == pytest.approx(np.log(400 / 50))
    assert not size[1:].any()


def test_counts_need_a_total_that_holds_them() -> None:
    columns = columns_of(
        track_make(1, facts={"residents_us_img": 5.0, "residents_img": 9.0, "residents_total": 30.0}),
        track_make(2, facts={"residents_img": 9.0, "residents_total": MadeFact(30.0, page_year=2022)}),
        track_make(3, facts={"residents_us_img": 5.0}),
        track_make(4, facts={"residents_us_img": 40.0, "residents_total": 30.0}),
        track_make(5, facts={"residents_us_img": 0.0, "residents_total": 30.0}),
    )
    counts = columns.counts
    assert counts.rows.tolist() == [0, 1, 4]
    assert counts.us_imgs.tolist() == pytest.approx([5.0, np.nan, 0.0], nan_ok=True)
    assert counts.non_us_imgs.tolist() == pytest.approx([4.0, np.nan, np.nan], nan_ok=True)
    assert counts.imgs.tolist() == pytest.approx([9.0, 4.5, np.nan], nan_ok=True)
    assert counts.age.tolist() == [0.0, 4.0, 0.0]
    assert counts.total.tolist() == pytest.approx([30.0, 15.0, 30.0])


@pytest.mark.parametrize(
    ("facts", "serves"),
    [
        ({"safety_net": "yes"}, True),
        ({"safety_net": "no"}, False),
        ({"program_type": "safety-net"}, True),
        ({"mission": MadeFact(None, as_stated="We train doctors for UNDERSERVED areas")}, True),
        ({"mission": MadeFact(None, as_stated="Excellence in research")}, False),
        ({}, False),
    ],
)
def test_mission_is_read_from_facts_and_stated_words(facts: dict[str, object], serves: bool) -> None:
    track = track_make(1, facts=facts)
    assert has_mission(track) is serves
    assert columns_of(track).cell.tolist() == [int(serves)]


def test_evidence_counts_facts_by_age_confidence_and_agreement() -> None:
    columns = columns_of(
        track_make(1, facts={"min_step2ck": 220.0}),
        track_make(2, facts={"min_step2ck": MadeFact(220.0, confidence="low")}),
        track_make(3, facts={"min_step2ck": MadeFact(220.0, conflicts=1)}),
        track_make(4, facts={"hospital_beds": MadeFact(300.0, source_kind="government")}),
        track_make(5),
    )
    assert columns.evidence.tolist() == pytest.approx([1.0, 0.5, 0.5, 0.0, 0.0])
