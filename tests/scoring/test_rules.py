import numpy as np

from matching.scoring.registry import GATES
from matching.scoring.rules import CODES, NUMBER, PROSE, rules_build
from tests.scoring.made_catalogue import MadeFact, track_make


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
