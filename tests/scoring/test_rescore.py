"""Scoring a few rows again for a changed applicant, against scoring her from the start."""

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.scoring.applicant import Applicant
from matching.scoring.columns import Columns
from matching.scoring.rescore import Rescorer, is_read
from matching.scoring.tiers import strict_rules_pass
from tests.scoring.made_catalogue import MadeTrack, changed, columns_of, model_now
from tests.scoring.made_strategies import FEW, applicants, catalogues
from tests.scoring.made_terms import scored

# Profile member of the registry to the member of Applicant.
MEMBERS = {
    "step1": "step1",
    "step2ck": "step2ck",
    "step3": "step3",
    "experience": "experience",
    "letters": "letters",
    "research": "research_publications",
    "service": "service",
    "languages": "languages",
    "ties": "ties",
    "red_flags": "red_flags",
    "ecfmg_certified": "ecfmg_certified",
    "graduation_year": "graduation_year",
}


def rescored_is_exact(before: Applicant, after: Applicant, members: frozenset[str], columns: Columns) -> None:
    rows = np.arange(0, len(columns), 2)
    rescorer = Rescorer(scored(before, columns), rows, model_now())
    found, whole = rescorer.rescore(after, members), scored(after, columns)
    assert np.abs(found.contributions - whole.terms.contributions(rows)).max() < 1e-9
    assert np.array_equal(found.screening.out, whole.screening.out[rows])
    assert np.array_equal(found.screening.waived, whole.screening.waived[rows])
    assert np.array_equal(found.rules_pass, strict_rules_pass(whole.gates, len(columns))[rows])
    drawn = rescorer.drawn_log_odds(after, members, np.arange(len(rows)))
    assert np.abs(drawn - whole.terms.drawn_log_odds(rows)).max() < 1e-9


@FEW
@given(catalogues(), applicants(), applicants(), st.sets(st.sampled_from(sorted(MEMBERS))))
def test_a_change_of_any_members_is_scored_as_from_the_start(
    tracks: tuple[MadeTrack, ...], before: Applicant, other: Applicant, members: set[str]
) -> None:
    new: dict[str, Any] = {MEMBERS[name]: getattr(other, MEMBERS[name]) for name in members}
    rescored_is_exact(before, changed(before, **new), frozenset(members), columns_of(*tracks))


@FEW
@given(catalogues(), applicants())
def test_no_change_changes_nothing(tracks: tuple[MadeTrack, ...], applicant: Applicant) -> None:
    columns = columns_of(*tracks)
    rescorer = Rescorer(scored(applicant, columns), np.arange(len(columns)), model_now())
    found = rescorer.rescore(replace(applicant), frozenset())
    assert np.array_equal(found.contributions, rescorer.contributions)


def test_members_no_factor_and_no_rule_reads_are_told_apart() -> None:
    assert is_read(frozenset({"letters"}))
    assert is_read(frozenset({"ecfmg_certified"}))
    assert not is_read(frozenset({"specialties"}))
