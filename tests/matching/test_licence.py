import pytest

from matching.licence import EXAMS, LABELS, SCHOOL, licence_fact, licence_rules
from programs.reference import reference_rows


def test_every_rule_of_the_file_is_shown_with_its_source() -> None:
    rules = licence_rules()
    assert {rule["rule"] for rule in rules} == {row["rule"] for row in reference_rows("california_licence")}
    assert [rule["rule"] for rule in rules if rule["binds"]] == [EXAMS, SCHOOL]
    assert [rule["label"] for rule in rules] == list(LABELS.values())
    assert all(rule["source"] for rule in rules)


def test_a_rule_of_the_state_is_a_fact_without_an_id() -> None:
    fact = licence_fact(SCHOOL)
    assert (fact["id"], fact["source_kind"], fact["page_year"]) == (None, "government", 2026)
    assert licence_fact(EXAMS)["source_kind"] == "hospital_gme_page"
    with pytest.raises(KeyError):
        licence_fact("nonsense")
