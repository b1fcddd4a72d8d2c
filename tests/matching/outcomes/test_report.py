from dataclasses import replace

import numpy as np

from matching.calibration.outcomes import Rules
from matching.outcomes.measuring import Findings, outcomes_measure
from matching.outcomes.report import report_markdown
from tests.calibration.made_outcomes import outcomes_made
from tests.matching.outcomes.made_file import model_now

RULES = Rules(resamples=50)


def findings(*, intercept: float = 0.0, applicants: int = 150) -> Findings:
    outcomes = outcomes_made(1, intercept=intercept, applicants=applicants)
    version = np.full(len(outcomes), model_now().version)
    return outcomes_measure(replace(outcomes, version=version), model_now(), None, RULES)


def test_the_report_tells_every_measure_group_and_decision() -> None:
    found = findings(intercept=-0.7)
    text = report_markdown(found, "1.abcdefabcd", plot="outcomes.svg")
    for heading in (
        "## By version of the model",
        "## By specialty",
        "## By kind of graduate",
        "## By Step 2 CK score",
        "### us_img: shifted",
        "## From interview to match",
    ):
        assert heading in text
    assert f"`recalibration.intercept.us_img` {found.decisions[0].line.intercept:.4f}" in text
    assert "With what was kept the model is version 1.abcdefabcd." in text
    assert "50 bootstrap resamples of whole applicants, seed 2027" in text
    assert "](outcomes.svg)" in text
    assert "nan" not in text


def test_every_table_is_whole() -> None:
    lines = report_markdown(findings(), model_now().version, plot=None).splitlines()
    tables = [line for line in lines if line.startswith("|")]
    widths = {line.count("|") - 1 for line in tables}
    assert widths <= {3, 4, 5, 11}
    assert all(line.endswith("|") for line in tables)


def test_nothing_kept_is_said_plainly() -> None:
    text = report_markdown(findings(), model_now().version, plot=None)
    assert "### us_img: kept as is" in text
    assert f"The model stays at version {model_now().version}." in text


def test_a_small_file_is_withheld_and_tells_no_share() -> None:
    text = report_markdown(findings(applicants=10), model_now().version, plot=None)
    assert "Withheld: fewer than 20 applicants with a known outcome." in text
    assert "not recalibrated: needs 50 applicants" in text
    assert "| Chances |" not in text


def test_rows_left_out_programs_not_known_and_matches_are_told() -> None:
    outcomes = outcomes_made(1, intercept=-1.0, slope=0.55)
    interviewed = outcomes.interviewed.copy()
    interviewed[:40] = np.nan
    matched = np.where(interviewed > 0, np.arange(len(outcomes)) % 3 == 0, np.nan)
    version = np.full(len(outcomes), model_now().version)
    changed = replace(outcomes, interviewed=interviewed, matched=matched, version=version)
    found = outcomes_measure(changed, model_now(), None, RULES)
    text = report_markdown(found, "1.abcdefabcd", plot=None)
    assert "40 rows without a known outcome are left out" in text
    assert f"{len(outcomes) - 40} rows are of programs that the catalogue at hand does not have" in text
    assert "### us_img: shifted and stretched" in text
    assert f"| us_img | {found.matches[0].interviews} |" in text


def test_a_refused_candidate_says_why() -> None:
    outcomes = outcomes_made(1)
    backwards = np.random.default_rng(2).random(len(outcomes)) < 0.5 - 0.5 * outcomes.probability
    version = np.full(len(outcomes), model_now().version)
    changed = replace(outcomes, interviewed=backwards.astype(np.float64), version=version)
    text = report_markdown(outcomes_measure(changed, model_now(), None, RULES), "1.abcdefabcd", plot=None)
    assert "| stretch | refused: the slope is not positive" in text
