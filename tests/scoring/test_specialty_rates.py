import math

import numpy as np
import pytest

from matching.scoring.specialty_rates import share_prefix, specialty_shift
from programs.reference import reference_rows
from tests.scoring.made_catalogue import model_now
from tests.scoring.made_terms import value

KINDS = ("us_img", "non_us_img")
SPECIALTIES = sorted(row["slug"] for row in reference_rows("specialties"))


def shift(specialty: str, kind: str = "us_img") -> float:
    found = specialty_shift(specialty, kind, model_now().central.drawn)
    assert found is not None
    return float(found)


@pytest.mark.parametrize(
    ("kind", "prefix"),
    [("us_img", "us_img_share"), ("non_us_img", "non_us_img_share"), ("us_md", "us_img_share")],
)
def test_share_prefix_is_by_citizenship(kind: str, prefix: str) -> None:
    assert share_prefix(kind) == prefix


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("specialty", ["internal-medicine", "family-medicine"])
def test_where_applicants_are_counted_it_is_places_per_applicant(specialty: str, kind: str) -> None:
    part = value("unfilled_open")

    def places(name: str) -> float:
        unfilled = value(f"unfilled_share.{name}")
        return value(f"{kind}_share.{name}") * (1 - unfilled) + part * unfilled

    each = value(f"img_applicants.{specialty}") / value(f"positions_filled.{specialty}")
    crowding = math.log(each / value("img_applicants_per_position.all"))
    expected = value("specialty_elasticity") * (math.log(places(specialty) / places("all")) - crowding)
    assert shift(specialty, kind) == pytest.approx(expected)


def test_elsewhere_crowding_follows_the_share_of_imgs() -> None:
    """Fewer graduates from abroad are taken in emergency medicine than in pediatrics, so fewer apply."""
    for specialty in ("emergency-medicine", "pediatrics"):
        unfilled, part = value(f"unfilled_share.{specialty}"), value("unfilled_open")
        here = value(f"us_img_share.{specialty}") * (1 - unfilled) + part * unfilled
        unfilled_all = value("unfilled_share.all")
        everywhere = value("us_img_share.all") * (1 - unfilled_all) + part * unfilled_all
        imgs = value(f"us_img_share.{specialty}") + value(f"non_us_img_share.{specialty}")
        ratio = imgs / (value("us_img_share.all") + value("non_us_img_share.all"))
        crowding = value("crowding_follows_share") * math.log(ratio)
        expected = value("specialty_elasticity") * (math.log(here / everywhere) - crowding)
        assert shift(specialty) == pytest.approx(expected)


def test_without_any_count_beside_it_the_share_alone_speaks() -> None:
    ratio = value("us_img_share.diagnostic-radiology") / value("us_img_share.all")
    assert shift("diagnostic-radiology") == pytest.approx(value("specialty_elasticity") * math.log(ratio))
    assert specialty_shift("diagnostic-radiology", "non_us_img", model_now().drawn) is None


@pytest.mark.parametrize("specialty", SPECIALTIES)
def test_a_specialty_whose_applicants_are_not_counted_has_a_wider_range(specialty: str) -> None:
    model = model_now()
    counted = {f"img_applicants.{specialty}", f"positions_filled.{specialty}"} <= model.drawn.values.keys()
    assert (f"specialty_unmeasured.{specialty}" in model.drawn.values) is not counted
    drawn = np.asarray(specialty_shift(specialty, "us_img", model.drawn))[1:]
    assert drawn.std() > (0.05 if counted else 0.2)
