import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.scoring.draws import DRAWS, model_stated
from matching.scoring.fading import fade_drawn, features_aged
from matching.scoring.registry import FACTORS
from matching.scoring.track_facts import FEATURE_INDEX
from tests.scoring.made_catalogue import MadeFact, columns_of, model_now, plain_applicant, track_make
from tests.scoring.made_terms import drawn_factor, scored, value


def test_facts_say_as_much_as_their_age_leaves_them_in_each_draw() -> None:
    drawn, ages = model_now().drawn, np.array([0.0, 4.0, 12.0])
    faded = fade_drawn(ages, drawn)
    assert faded.shape == (1 + DRAWS, 3)
    assert faded[0].tolist() == [1.0, 1.0, 1.0]
    assert (faded[:, 0] == 1.0).all()
    stated = np.exp2(-ages / value("fact.half_life"))
    assert faded * stated == pytest.approx(np.exp2(-ages / drawn.row("fact.half_life")[:, None]))


def test_only_old_facts_are_aged() -> None:
    tracks = (
        track_make(1, facts={"accepts_img": "yes"}),
        track_make(2, facts={"accepts_img": MadeFact("yes", page_year=2018)}),
        track_make(3, facts={"accepts_img": MadeFact("no", page_year=2018)}),
    )
    columns, model = columns_of(*tracks), model_now()
    (aged,) = features_aged(columns, model.drawn)
    assert aged.feature == FEATURE_INDEX["accepts_img"]
    assert aged.rows.tolist() == [1]
    assert aged.change[0].tolist() == [0.0]
    assert np.ptp(aged.change) > 0.1
    assert features_aged(columns, model_stated(model.parameters)) == ()


def test_the_draws_of_an_old_sign_follow_the_half_life() -> None:
    track = track_make(1, facts={"accepts_img": MadeFact("yes", page_year=2018)})
    drawn = model_now().drawn
    found = drawn_factor("openness", plain_applicant(), track)
    fresh = drawn_factor("openness", plain_applicant(), track_make(1))
    weight = np.exp2(-8 / drawn.row("fact.half_life"))
    assert found - fresh == pytest.approx(drawn.row("openness_signs.says_accepts_img") * weight)


def test_the_draws_of_a_row_are_the_sum_of_those_of_its_factors() -> None:
    old = MadeFact("yes", page_year=2016)
    tracks = (
        track_make(1, facts={"accepts_img": old, "holistic_review": old, "program_type": "university"}),
        track_make(2, ("CA", "Fresno"), facts={"program_type": MadeFact("community", page_year=None)}),
        track_make(
            3,
            facts={
                "residents_us_img": MadeFact(6.0, page_year=2020),
                "residents_total": 30.0,
                "avg_step2ck": MadeFact(245.0, page_year=2020),
                "us_citizen_or_pr_only": old,
            },
        ),
    )
    columns = columns_of(*tracks)
    terms = scored(plain_applicant(), columns).terms
    rows = np.arange(3)
    parts = sum(terms.values(factor.name, rows) for factor in FACTORS)
    whole = terms.base[:, columns.specialty[rows]] + parts
    assert terms.drawn_log_odds(rows) == pytest.approx(whole[1:])
    assert terms.log_odds() == pytest.approx(whole[0])


@pytest.mark.parametrize(("conflicts", "share"), [(0, 1.0), (1, 1 / 2), (3, 1 / 4)])
def test_sources_that_disagree_share_what_a_fact_says(conflicts: int, share: float) -> None:
    facts = {
        "program_type": MadeFact("community", conflicts=conflicts),
        "accepts_img": MadeFact("yes", conflicts=conflicts),
    }
    columns = columns_of(track_make(1, facts=facts), track_make(2))
    contributions = scored(plain_applicant(), columns).terms.contributions(np.arange(2))
    names = [factor.name for factor in FACTORS]
    found = dict(zip(names, (contributions[0] - contributions[1]).tolist(), strict=True))
    assert found["program_type"] == pytest.approx(share * value("program_type.community"))
    assert found["openness"] == pytest.approx(share * value("openness_signs.says_accepts_img"))


@given(
    age=st.integers(0, 12),
    more=st.integers(1, 6),
    conflicts=st.integers(0, 3),
    field=st.sampled_from(
        [
            ("accepts_img", "yes"),
            ("min_step2ck", "none"),
            ("program_type", "university"),
            ("avg_step2ck", 250.0),
        ]
    ),
)
def test_an_older_or_more_disputed_fact_lies_nearer_to_its_prior(
    age: int, more: int, conflicts: int, field: tuple[str, float | str]
) -> None:
    name, said = field
    facts = (
        MadeFact(said, page_year=2026 - age, conflicts=conflicts),
        MadeFact(said, page_year=2026 - age - more, conflicts=conflicts),
        MadeFact(said, page_year=2026 - age, conflicts=conflicts + 1),
    )
    tracks = [track_make(1), *(track_make(i, facts={name: fact}) for i, fact in enumerate(facts, start=2))]
    applicant = plain_applicant(research_publications=3)
    prior, fresh, older, disputed = scored(applicant, columns_of(*tracks)).log_odds
    assert 0 < abs(older - prior) < abs(fresh - prior)
    assert 0 < abs(disputed - prior) < abs(fresh - prior)
