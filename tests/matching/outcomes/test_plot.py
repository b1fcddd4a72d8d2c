from xml.etree import ElementTree as ET

import pytest

from matching.calibration.outcomes import Rules
from matching.calibration.outcomes_tables import assess
from matching.outcomes.plot import reliability_svg
from tests.calibration.made_outcomes import outcomes_made

SVG = "{http://www.w3.org/2000/svg}"


def test_the_picture_has_a_point_a_range_and_words_for_each_bin() -> None:
    found = assess(outcomes_made(1), Rules(resamples=50), "version: <1>")
    root = ET.fromstring(reliability_svg(found))
    points = root.findall(f"{SVG}circle")
    assert len(points) == len(found.bins)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Reliability, version: <1>"
    words = root.findtext(f"{SVG}desc") or ""
    assert words.count("predicted") == len(found.bins)
    places = [(float(point.get("cx", "nan")), float(point.get("cy", "nan"))) for point in points]
    assert all(0 < x < 480 and 0 < y < 480 for x, y in places)


@pytest.mark.parametrize("intercept", [-2.0, 4.0])
def test_everything_stays_within_the_picture(intercept: float) -> None:
    found = assess(outcomes_made(2, intercept=intercept), Rules(resamples=50), "all")
    root = ET.fromstring(reliability_svg(found))
    for point in root.findall(f"{SVG}circle"):
        assert 50 < float(point.get("cx", "nan")) < 430
        assert 50 < float(point.get("cy", "nan")) < 430
