from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import digamma, expit, logit, polygamma

from matching.scoring.columns import Columns
from matching.scoring.prior import prior_of
from matching.scoring.specialty_rates import specialty_shift
from tests.scoring.made_catalogue import MadeFact, columns_of, model_now, plain_applicant, track_make
from tests.scoring.made_terms import factors_of, value

WYOMING = ("WY", "Laramie")  # a state whose prior is not known stands for a plain one


def plain(facts: Mapping[str, Any], kind: str = "us_img", **members: Any) -> dict[str, float]:
    return factors_of(plain_applicant(applicant_type=kind), track_make(1, facts=facts, **members))[0]


def counted(us_imgs: float, total: float, **facts: object) -> dict[str, object]:
    return {"residents_us_img": us_imgs, "residents_total": total, **facts}


@pytest.mark.parametrize("kind", ["us_img", "non_us_img", "us_md", "us_do"])
@pytest.mark.parametrize("specialty", ["internal-medicine", "pathology"])
def test_base_is_by_kind_of_graduate_and_specialty(kind: str, specialty: str) -> None:
    found = plain({}, kind, specialty=specialty)["base"]
    expected = value("base.us_img")
    if kind != "us_img":
        expected += value(f"applicant_type.{kind}")
    if kind in ("us_img", "non_us_img"):
        shift = specialty_shift(specialty, kind, model_now().central.drawn)
        expected += float(shift or 0.0)
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(("kind", "missing"), [("us_img", False), ("non_us_img", True), ("us_md", False)])
def test_a_specialty_without_a_headline_share_has_no_base(kind: str, missing: bool) -> None:
    columns = columns_of(track_make(1, specialty="diagnostic-radiology"))
    assert prior_of(columns, model_now(), kind).no_base == [missing]


def test_signs_of_its_pages_add_up_and_fade() -> None:
    quiet = plain({})["openness"]
    says = plain({"accepts_img": "yes", "min_step2ck": "none", "holistic_review": "yes"})["openness"]
    expected = sum(value(f"openness_signs.{name}") for name in ("says_accepts_img", "no_minimum", "holistic"))
    assert says - quiet == pytest.approx(expected)
    old = plain({"accepts_img": MadeFact("yes", page_year=2022)})["openness"]
    assert old - quiet == pytest.approx(value("openness_signs.says_accepts_img") / 2)


@pytest.mark.parametrize(("kind", "favoured"), [("us_img", True), ("non_us_img", False)])
def test_citizens_only_favours_a_us_citizen(kind: str, favoured: bool) -> None:
    gain = plain({"us_citizen_or_pr_only": "yes"}, kind)["openness"] - plain({}, kind)["openness"]
    assert gain == pytest.approx(value("openness_signs.us_citizens_only") * favoured)


def test_the_states_prior_is_capped_and_by_citizenship() -> None:
    model, cap = model_now(), value("state_openness.cap")
    for state, county in (("NY", "Kings"), ("NJ", "Essex"), ("CA", "Fresno"), ("MN", "Hennepin")):
        prior = model.states[state]
        for kind, known in (("us_img", prior.us_img), ("non_us_img", prior.non_us_img)):
            found = factors_of(plain_applicant(applicant_type=kind), track_make(1, (state, county)))[0]
            expected = value("state_openness.elasticity") * min(max(known or 0.0, -cap), cap)
            assert found["openness"] == pytest.approx(expected), (state, kind)


@pytest.mark.parametrize(
    ("kind", "parameter"),
    [
        ("university", "program_type.university"),
        ("community", "program_type.community"),
        ("safety-net", "program_type.safety-net"),
        ("university-affiliated", None),
        ("military", None),
    ],
)
def test_kind_of_program(kind: str, parameter: str | None) -> None:
    expected = value(parameter) if parameter else 0.0
    assert plain({"program_type": kind})["program_type"] == pytest.approx(expected)


def test_us_graduates_are_not_judged_by_what_programs_say_of_imgs() -> None:
    found = plain(counted(9.0, 10.0, accepts_img="yes", program_type="university"), "us_md")
    assert found["openness"] == found["program_type"] == found["academic_size"] == 0


@pytest.mark.parametrize(
    ("place", "name"),
    [(("CA", "Los Angeles"), "los-angeles"), (("CA", "Fresno"), "california"), (WYOMING, None)],
)
def test_competition_is_by_ring(place: tuple[str, str], name: str | None) -> None:
    found = factors_of(plain_applicant(), track_make(1, place))[0]["competition"]
    assert found == pytest.approx(value(f"competition.{name}") if name else 0.0)


def test_counts_update_the_prior_as_a_beta_posterior() -> None:
    """By hand: the prior shift moves the headline share, the counts move the expected log-odds from there."""
    facts = {"program_type": "university", "accepts_img": "yes"}
    before = plain(facts)
    after = plain(counted(6.0, 30.0, **facts))
    n0, shift = value("openness.prior_n"), before["openness"] + before["program_type"]
    mean = expit(logit(value("us_img_share.internal-medicine")) + shift)
    a, b = n0 * mean, n0 * (1 - mean)
    gained = (digamma(a + 6) - digamma(b + 24)) - (digamma(a) - digamma(b))
    assert after["openness"] + after["program_type"] == pytest.approx(shift + gained)
    assert after["program_type"] == pytest.approx(before["program_type"] * n0 / (n0 + 30))
    columns = columns_of(track_make(1, facts=counted(6.0, 30.0, **facts)))
    left = np.sqrt(polygamma(1, a + 6) + polygamma(1, b + 24))
    assert _sd(columns) == pytest.approx([left])
    assert _sd(columns_of(track_make(1))) == [value("openness_sd")]


def _sd(columns: Columns) -> list[float]:
    sd: list[float] = prior_of(columns, model_now(), "us_img").sd.tolist()
    return sd


@pytest.mark.parametrize("facts", [{}, {"program_type": "community"}, {"program_type": "university"}])
def test_more_counted_never_lower_openness_and_none_never_raises_it(facts: dict[str, object]) -> None:
    prior = plain(facts)["openness"]
    found = [plain(counted(float(k), 30.0, **facts))["openness"] for k in range(31)]
    assert (np.diff(found) > 0).all()
    assert found[0] < prior
    of_few = [plain(counted(0.0, float(n), **facts))["openness"] for n in (1, 3, 10, 100)]
    assert max(of_few) < prior
    assert (np.diff(of_few) < 0).all()


def test_an_old_count_says_less() -> None:
    prior, fresh = plain({})["openness"], plain(counted(20.0, 30.0))["openness"]
    faded = plain(
        {
            "residents_us_img": MadeFact(20.0, page_year=2014),
            "residents_total": MadeFact(30.0, page_year=2014),
        }
    )
    assert prior < faded["openness"] < fresh


def test_a_count_of_all_imgs_is_split_by_the_headline_shares() -> None:
    ours, theirs = value("us_img_share.internal-medicine"), value("non_us_img_share.internal-medicine")
    split = plain({"residents_img": 20.0, "residents_total": 40.0})["openness"]
    assert split == pytest.approx(plain(counted(20.0 * ours / (ours + theirs), 40.0))["openness"])


def test_a_count_of_us_citizens_says_nothing_of_others_and_needs_only_their_own_share() -> None:
    assert plain(counted(0.0, 40.0), "non_us_img")["openness"] == plain({}, "non_us_img")["openness"]
    radiology = plain(counted(9.0, 20.0), specialty="diagnostic-radiology")["openness"]
    assert radiology > plain({}, specialty="diagnostic-radiology")["openness"]
    mixed = {"residents_img": 9.0, "residents_total": 20.0}
    unsplit = plain(mixed, specialty="diagnostic-radiology")["openness"]
    assert unsplit == plain({}, specialty="diagnostic-radiology")["openness"]


def test_of_three_counts_of_imgs_two_give_the_third() -> None:
    """A count of all IMGs and one of the others tell of US citizens, and the other way round."""
    of_us = {"residents_us_img": 4.0, "residents_total": 30.0}
    of_others = {"residents_non_us_img": 6.0, "residents_total": 30.0}
    all_and_others = {"residents_img": 10.0, **of_others}
    all_and_us = {"residents_img": 10.0, **of_us}
    assert plain(all_and_others)["openness"] == pytest.approx(plain(of_us)["openness"])
    assert plain(all_and_us, "non_us_img")["openness"] == pytest.approx(
        plain(of_others, "non_us_img")["openness"]
    )


@pytest.mark.parametrize(("kind", "other"), [("us_img", "non_us_img"), ("non_us_img", "us_img")])
def test_a_count_of_one_kind_says_nothing_of_the_other(kind: str, other: str) -> None:
    quiet = plain({}, kind)
    assert plain({f"residents_{other}": 6.0, "residents_total": 30.0}, kind) == quiet
    hers = {f"residents_{kind}": 6.0, "residents_total": 30.0}
    assert plain(hers, kind)["openness"] != quiet["openness"]


def test_counts_that_contradict_each_other_are_left_out() -> None:
    wrong = {"residents_img": 5.0, "residents_non_us_img": 9.0, "residents_total": 30.0}
    alone = {"residents_img": 5.0, "residents_total": 30.0}
    assert plain(wrong)["openness"] == pytest.approx(plain(alone)["openness"])


OPEN_FACTORS = ("openness", "program_type", "academic_size")
SIGNS = st.fixed_dictionaries(
    {},
    optional={
        "accepts_img": st.sampled_from(["yes", "no"]),
        "min_step2ck": st.just("none"),
        "holistic_review": st.just("yes"),
        "us_citizen_or_pr_only": st.just("yes"),
        "program_type": st.sampled_from(["university", "community", "safety-net"]),
        "hospital_resident_fte": st.sampled_from([20.0, 400.0]),
    },
)


@given(
    signs=SIGNS,
    kind=st.sampled_from(["us_img", "non_us_img"]),
    place=st.sampled_from([("NY", "Kings"), ("CA", "Fresno"), WYOMING]),
    total=st.integers(1, 120),
    share=st.floats(0, 1),
    year=st.sampled_from([None, 2014, 2022, 2026]),
    conflicts=st.integers(0, 2),
    field=st.sampled_from(["", "all"]),
)
def test_more_residents_like_her_never_lower_openness_and_none_never_raise_it(
    signs: dict[str, Any],
    kind: str,
    place: tuple[str, str],
    total: int,
    share: float,
    year: int | None,
    conflicts: int,
    field: str,
) -> None:
    """Whatever else its pages say, however old the count, whether of her kind or of all IMGs."""
    name = "residents_img" if field else f"residents_{kind}"

    def whole(imgs: int | None) -> float:
        counts = {} if imgs is None else {name: imgs, "residents_total": total}
        stated = {key: MadeFact(float(n), page_year=year, conflicts=conflicts) for key, n in counts.items()}
        track = track_make(1, place, facts={**signs, **stated})
        found = factors_of(plain_applicant(applicant_type=kind), track)[0]
        return sum(found[factor] for factor in OPEN_FACTORS)

    fewer = int(share * (total - 1))
    assert whole(fewer + 1) >= whole(fewer) - 1e-9
    assert whole(0) <= whole(None) + 1e-9
