import numpy as np
import pytest
from hypothesis import given

from matching.scoring.applicant import Applicant
from matching.scoring.columns import LISTING
from matching.scoring.gates import gates_evaluate
from matching.scoring.score import score
from matching.scoring.tiers import (
    CONFIDENCE,
    REACH,
    SAFETY,
    TARGET,
    TIERS,
    abstentions,
    confidence_codes,
    strict_rules_pass,
    tiers_assign,
)
from tests.scoring.made_catalogue import (
    EVERYTHING,
    MadeFact,
    MadeTrack,
    columns_of,
    model_now,
    plain_applicant,
    track_make,
)
from tests.scoring.made_strategies import FEW, applicants, catalogues

CASES = [
    # p, low, every strict rule passes, held to reach → tier
    (0.50, 0.30, True, False, SAFETY),
    (0.50, 0.2999, True, False, TARGET),
    (0.50, 0.30, False, False, TARGET),
    (0.90, 0.80, True, True, REACH),
    (0.08, 0.01, True, False, TARGET),
    (0.0799, 0.01, True, False, REACH),
    (0.08, 0.01, False, False, TARGET),
]


@pytest.mark.parametrize(("p", "low", "passes", "held", "tier"), CASES)
def test_tiers_by_their_cut_points(p: float, low: float, passes: bool, held: bool, tier: int) -> None:
    found = tiers_assign(
        p=np.array([p]),
        low=np.array([low]),
        rules_pass=np.array([passes]),
        held_to_reach=np.array([held]),
        parameters=model_now().parameters,
    )
    assert TIERS[found[0]] == TIERS[tier]


def test_a_strict_rule_that_is_undecided_is_no_pass() -> None:
    columns = columns_of(
        track_make(1),
        track_make(2, facts={"min_step2ck": 200.0}),
        track_make(3, facts={"min_step2ck": None}),
        track_make(4, facts={"min_step2ck": MadeFact(None, "preference")}),
        track_make(5, facts={"min_step2ck": 280.0}),
    )
    model = model_now()
    results = gates_evaluate(
        columns.rules,
        plain_applicant(),
        application_year=model.application_year,
        parameters=model.parameters,
    )
    assert strict_rules_pass(results, 5).tolist() == [True, True, False, True, False]


def test_old_listings_and_specialties_without_a_base_abstain() -> None:
    columns = columns_of(
        track_make(1),
        track_make(2, listing_status="old"),
        track_make(3, listing_status="unconfirmed"),
        track_make(4, specialty="zoology"),
    )
    no_base = [name == "zoology" for name in columns.specialties]
    assert abstentions(columns, no_base).tolist() == [False, True, False, True]


@pytest.mark.parametrize(
    ("evidence", "words"),
    [(0.0, "prior-only"), (0.2, "low"), (2.0, "medium"), (4.99, "medium"), (5.0, "high")],
)
def test_confidence_is_by_the_programs_evidence(evidence: float, words: str) -> None:
    (code,) = confidence_codes(np.array([evidence]), model_now().parameters)
    assert CONFIDENCE[code] == words


@FEW
@given(one=applicants(), other=applicants(), made=catalogues())
def test_confidence_and_age_are_the_programs_own_whoever_asks(
    one: Applicant, other: Applicant, made: tuple[MadeTrack, ...]
) -> None:
    columns = columns_of(*made)
    told = []
    for applicant in (one, other):
        rows = score(applicant, EVERYTHING, columns, model_now()).rows
        told.append(dict(zip(rows.row.tolist(), rows.confidence.tolist(), strict=True)))
        old = [columns.listing[row] == LISTING["old"] for row in rows.row]
        assert (rows.abstained >= np.array(old, dtype=bool)).all()
        assert (rows.tier[rows.abstained] == REACH).all()
        assert not (rows.abstained & rows.selected).any()
    shared = set(told[0]) & set(told[1])
    assert [told[0][row] for row in shared] == [told[1][row] for row in shared]
