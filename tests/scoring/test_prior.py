import numpy as np
import pytest

from matching.scoring.kinds import UNSAID
from matching.scoring.prior import prior_of
from tests.scoring.made_catalogue import MadeFact, columns_of, model_now, plain_applicant, track_make
from tests.scoring.made_terms import scored, value

COUNTED = {"residents_us_img": 6.0, "residents_total": 30.0}


def test_what_is_not_known_of_a_program_is_the_usual_width_but_for_counts() -> None:
    columns = columns_of(track_make(1), track_make(2, facts=COUNTED))
    prior = prior_of(columns, model_now(), "us_img")
    assert prior.usual.tolist() == [True, False]
    assert prior.sd[0] == value("openness_sd")
    assert prior.spread.rows.tolist() == [1]
    assert prior.spread.sd[0] == pytest.approx(prior.sd[1:])
    assert prior.sd[1] < value("openness_sd")


def test_the_width_left_by_counts_is_drawn() -> None:
    old = {"residents_us_img": MadeFact(6.0, page_year=2018), "residents_total": 30.0}
    columns = columns_of(track_make(1, facts=COUNTED), track_make(2, facts=old))
    sd = prior_of(columns, model_now(), "us_img").spread.sd
    assert (np.ptp(sd, axis=0) > 0.05).all()
    assert sd[0, 1] > sd[0, 0]  # an old count leaves more unknown
    assert np.ptp(sd[:, 1]) > np.ptp(sd[:, 0])  # and how much is less certain


def test_us_graduates_are_not_narrowed_by_counts_of_imgs() -> None:
    columns = columns_of(track_make(1, facts=COUNTED))
    prior = prior_of(columns, model_now(), "us_md")
    assert prior.usual.all()
    assert prior.spread.rows.tolist() == []


def test_the_mix_of_kinds_has_their_mean_variance_and_a_base_where_all_have_one() -> None:
    columns = columns_of(track_make(1, facts=COUNTED), track_make(2, specialty="diagnostic-radiology"))
    model = model_now()
    mixed = prior_of(columns, model, UNSAID)
    each = {kind: prior_of(columns, model, kind) for kind in ("us_img", "non_us_img", "us_md", "us_do")}
    variance = sum(value(f"population.type_share.{kind}") * prior.sd**2 for kind, prior in each.items())
    assert mixed.sd == pytest.approx(np.sqrt(variance))
    assert mixed.no_base == [True, False]  # specialties in order: diagnostic radiology, internal medicine
    assert each["us_img"].no_base == [False, False]


def test_a_prior_is_shared_and_an_applicant_does_not_write_to_it() -> None:
    columns, model = columns_of(track_make(1, facts=COUNTED)), model_now()
    before = prior_of(columns, model, UNSAID)
    sparse = len(before.terms.sparse)
    scored(plain_applicant(applicant_type=None), columns)
    after = prior_of(columns, model, UNSAID)
    assert after is before
    assert len(after.terms.sparse) == sparse
