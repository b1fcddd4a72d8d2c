from typing import Any

import numpy as np
import pytest

from matching.scoring.applicant import Exam
from matching.scoring.registry import GATES
from matching.scoring.rules import CODES, FAIL, NUMBER, PASS, PROSE, UNKNOWN, rules_build
from tests.scoring.made_catalogue import MadeFact, plain_applicant, track_make
from tests.scoring.made_verdicts import verdicts_of


def test_every_field_of_every_gate_has_a_rule_empty_where_unstated() -> None:
    rules = rules_build([track_make(1)])
    fields = {field for gate in GATES for field in gate.fact_fields}
    assert set(rules.by_field) == fields
    assert all(len(rule.rows) == 0 for rule in rules.by_field.values())


def test_numbers_codes_and_prose_are_told_apart() -> None:
    rule = rules_build(
        [
            track_make(1, facts={"min_step2ck": 220.0}),
            track_make(2),
            track_make(3, facts={"min_step2ck": "none"}),
            track_make(4, facts={"min_step2ck": None}),
            track_make(5, facts={"min_step2ck": "a word no code has"}),
        ]
    ).by_field["min_step2ck"]
    assert rule.rows.tolist() == [0, 2, 3, 4]
    assert rule.code.tolist() == [NUMBER, CODES["none"], PROSE, PROSE]
    assert rule.number[0] == 220.0
    assert np.isnan(rule.number[1:]).all()
    assert rule.is_number.tolist() == [True, False, False, False]
    assert rule.is_code("none").tolist() == [False, True, False, False]


def test_a_statement_binds_where_no_connection_could_waive_it() -> None:
    tracks = [
        track_make(
            number,
            facts={
                "min_step2ck": MadeFact(220.0, strictness),
                "visa_j1": MadeFact("no", strictness),
                "accepts_img": MadeFact("no", strictness),
            },
        )
        for number, strictness in enumerate(("strict", "statement", "preference"), start=1)
    ]
    rules = rules_build(tracks)
    assert rules.by_field["min_step2ck"].strict.tolist() == [True, False, False]
    assert rules.by_field["visa_j1"].strict.tolist() == [True, True, False]
    assert rules.by_field["accepts_img"].strict.tolist() == [True, True, False]


def test_california_is_by_state() -> None:
    tracks = [track_make(1, ("CA", "Fresno")), track_make(2), track_make(3, ("CA", "Los Angeles"))]
    assert rules_build(tracks).california.tolist() == [0, 2]


def test_rules_keep_the_fact_they_rest_on() -> None:
    track = track_make(1, facts={"visa_j1": "no"})
    assert rules_build([track]).by_field["visa_j1"].fact.tolist() == [track.facts["visa_j1"].id]


def disputed(value: Any, *others: Any, confidence: str = "high") -> MadeFact:
    rivals = tuple(MadeFact(other, confidence=confidence, id=900 + i) for i, other in enumerate(others))
    return MadeFact(value, conflicts=len(rivals), others=rivals)


def test_a_policy_in_words_is_the_rule_only_where_no_number_is_stated() -> None:
    tracks = [
        track_make(1, facts={"usce_policy": None}),
        track_make(2, facts={"usce_policy": None, "usce_months_required": 3.0}),
        track_make(3),
    ]
    rule = rules_build(tracks).by_field["usce_months_required"]
    assert rule.rows.tolist() == [0, 1]
    assert rule.code.tolist() == [PROSE, NUMBER]
    assert rule.fact.tolist() == [
        tracks[0].facts["usce_policy"].id,
        tracks[1].facts["usce_months_required"].id,
    ]


def test_sources_as_sure_stand_beside_the_rule_and_others_do_not() -> None:
    tracks = [
        track_make(1, facts={"min_step2ck": disputed(220.0, 230.0, "none")}),
        track_make(2, facts={"min_step2ck": 210.0}),
        track_make(3, facts={"min_step2ck": disputed(215.0, 240.0, confidence="low")}),
        track_make(4, facts={"min_step2ck": disputed(225.0, None, 225.0)}),
    ]
    rule = rules_build(tracks).by_field["min_step2ck"]
    first, second = rule.others
    assert rule.number.tolist() == [220.0, 210.0, 215.0, 225.0]
    assert first.number.tolist() == [230.0, 210.0, 215.0, 225.0]
    assert second.code.tolist() == [CODES["none"], NUMBER, NUMBER, NUMBER]


def test_a_rule_of_some_rows_keeps_their_rivals() -> None:
    tracks = [
        track_make(1, facts={"visa_j1": "yes"}),
        track_make(2, facts={"visa_j1": disputed("yes", "no")}),
    ]
    rule = rules_build(tracks).by_field["visa_j1"].subset(np.array([False, True]))
    assert rule.rows.tolist() == [1]
    assert [other.is_code("no").tolist() for other in rule.others] == [[True]]


@pytest.mark.parametrize(("score", "expected"), [(235, PASS), (225, UNKNOWN), (215, FAIL)])
def test_sources_as_sure_that_disagree_about_her_leave_it_unknown(score: int, expected: int) -> None:
    applicant = plain_applicant(step2ck=Exam("pass", score, 1))
    assert verdicts_of(applicant, {"min_step2ck": disputed(220.0, 230.0)})["min_step2ck"] == expected


def test_a_surer_source_decides_alone() -> None:
    applicant = plain_applicant(step2ck=Exam("pass", 225, 1))
    stated = {"min_step2ck": disputed(220.0, 230.0, confidence="medium")}
    assert verdicts_of(applicant, stated)["min_step2ck"] == PASS


@pytest.mark.parametrize(
    ("needed", "expected"), [("j1", UNKNOWN), ("h1b", PASS), ("either", PASS), ("none", PASS)]
)
def test_a_disputed_visa_is_unknown_to_who_needs_it(needed: str, expected: int) -> None:
    applicant = plain_applicant(applicant_type="non_us_img", visa_needed=needed)
    facts = {"visa_j1": disputed("yes", "no"), "visa_h1b": "yes"}
    assert verdicts_of(applicant, facts)["visa"] == expected
