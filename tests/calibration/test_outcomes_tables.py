from dataclasses import replace

import numpy as np
import pytest

from matching.calibration.outcomes import Rules
from matching.calibration.outcomes_tables import assess, assess_groups
from tests.calibration.made_outcomes import outcomes_made, outcomes_of

RULES = Rules(resamples=200)


def test_right_chances_are_found_right() -> None:
    found = assess(outcomes_made(1, applicants=400), RULES, "all")
    assert found.ece
    assert found.observed
    assert found.predicted
    assert found.ece.value < 0.02
    assert found.observed.low <= found.predicted <= found.observed.high
    near = [row.observed.low <= row.predicted <= row.observed.high for row in found.bins]
    assert sum(near) >= len(near) - 2


def test_wrong_chances_are_found_wrong() -> None:
    found = assess(outcomes_made(1, intercept=-1.0), RULES, "all")
    assert found.ece
    assert found.ece.low > 0.03
    assert all(row.observed.value < row.predicted for row in found.bins)


def test_measures_lie_in_their_ranges_and_bins_add_up() -> None:
    outcomes = outcomes_made(4)
    found = assess(outcomes, RULES, "all")
    for estimate in (found.brier, found.log_loss, found.observed, *(row.observed for row in found.bins)):
        assert estimate
        assert estimate.low <= estimate.value <= estimate.high
    assert sum(row.rows for row in found.bins) == found.rows == len(outcomes)
    assert sum(row.observed.value * row.rows for row in found.bins) == pytest.approx(found.interviews)
    assert len(found.bins) == RULES.bins


def test_the_same_rows_give_the_same_numbers_and_another_seed_others() -> None:
    outcomes = outcomes_made(5)
    assert assess(outcomes, RULES, "all") == assess(outcomes, RULES, "all")
    other = assess(outcomes, replace(RULES, seed=1), "all")
    assert other.brier != assess(outcomes, RULES, "all").brier
    assert other.ece
    assert other.ece.value == pytest.approx(assess(outcomes, RULES, "all").ece.value)  # type: ignore[union-attr]


def test_rows_without_a_known_outcome_change_nothing() -> None:
    outcomes = outcomes_made(6)
    unknown = outcomes.interviewed.copy()
    unknown[::7] = np.nan
    holed = replace(outcomes, interviewed=unknown)
    assert assess(holed, RULES, "all") == assess(holed.take(holed.known), RULES, "all")


def test_a_group_of_too_few_applicants_is_withheld_whole() -> None:
    found = assess(outcomes_made(1, applicants=19, each=80), RULES, "few")
    assert found.withheld == "fewer than 20 applicants with a known outcome"
    assert (found.rows, found.brier, found.bins) == (None, None, ())


def test_a_group_nearly_without_interviews_is_withheld() -> None:
    happened = np.zeros(60)
    happened[:4] = 1
    found = assess(outcomes_of(np.arange(60), np.full(60, 0.1), happened), RULES, "few")
    assert found.withheld == "fewer than 5 interviews, or fewer than 5 without one"


def test_no_bin_stands_on_fewer_applicants_than_a_cell_needs() -> None:
    rng = np.random.default_rng(8)
    applicant = np.concatenate((np.zeros(300, dtype=np.int64), np.repeat(np.arange(1, 30), 10)))
    p = np.where(applicant == 0, 0.6 + 0.3 * rng.random(590), 0.1 + 0.3 * rng.random(590))
    found = assess(outcomes_of(applicant, p, rng.random(590) < p), RULES, "one sends most")
    assert not found.withheld
    assert min(row.applicants for row in found.bins) >= RULES.least_cell
    assert sum(row.rows for row in found.bins) == 590


def test_a_bin_without_an_interview_still_has_a_range() -> None:
    applicant = np.repeat(np.arange(40), 10)
    p = np.tile(np.linspace(0.05, 0.5, 10), 40)
    happened = (p > 0.3) & (applicant % 2 == 0)
    first = assess(outcomes_of(applicant, p, happened), RULES, "all").bins[0]
    assert first.observed.value == 0
    assert first.observed.high > 0.05


def test_groups_are_the_specialties_kinds_and_bands() -> None:
    outcomes = outcomes_made(7)
    groups = assess_groups(outcomes, RULES)
    assert list(groups) == ["specialty", "applicant_type", "score_band"]
    assert [each.label for each in groups["specialty"]] == [
        "specialty: family-medicine",
        "specialty: internal-medicine",
    ]
    assert sum(each.rows or 0 for each in groups["score_band"]) == len(outcomes)
    alone = outcomes.take(outcomes.specialty == "family-medicine")
    assert groups["specialty"][0] == assess(alone, RULES, "specialty: family-medicine")
