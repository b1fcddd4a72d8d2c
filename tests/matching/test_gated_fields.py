"""The desk's list of facts that wait for a second reader is what the gates read: no rule counts unread."""

from matching.scoring.registry import GATES
from programs.desk.checks import BINDING_FIELDS, GATED_FIELDS


def test_gated_fields_are_those_that_gates_read() -> None:
    assert {field for gate in GATES for field in gate.fact_fields} == GATED_FIELDS


def test_binding_fields_are_those_where_a_plain_statement_binds() -> None:
    assert {field for gate in GATES if not gate.waivable for field in gate.fact_fields} == BINDING_FIELDS
