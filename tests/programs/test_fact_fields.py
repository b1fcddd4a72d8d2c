import pytest

from programs.fact_fields import CODE_LABELS, FACT_FIELDS, TOPICS, value_fault, value_typed


def test_fact_fields_are_whole() -> None:
    for field, entry in FACT_FIELDS.items():
        assert entry.field == field
        assert entry.label
        assert entry.question.endswith("?")
        assert entry.topic in TOPICS
        assert set(entry.codes) <= CODE_LABELS.keys()
        assert (entry.kind == "number") == (entry.high > entry.low)
        assert entry.kind != "code" or entry.codes


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("min_step2ck", "220"),
        ("min_step2ck", "none"),
        ("min_step2ck", "pass"),
        ("min_step2ck", ""),
        ("visa_j1", "limited"),
        ("usce_months_required", "1.5"),
        ("mission", ""),
    ],
)
def test_value_fault_none_for_values(field: str, text: str) -> None:
    assert value_fault(field, text) is None


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("shoe_size", "9", "no known fact field"),
        ("min_step2ck", "301", "1 to 300 or one of none, pass"),
        ("min_step2ck", "nan", "1 to 300"),
        ("min_step2ck", "inf", "1 to 300"),
        ("letters_required", "three", "0 to 10"),
        ("visa_j1", "220", "one of yes, no, limited"),
        ("mission", "yes", "prose"),
    ],
)
def test_value_fault_says_why(field: str, text: str, says: str) -> None:
    assert says in str(value_fault(field, text))


def test_value_typed_is_number_or_code() -> None:
    assert value_typed("min_step2ck", "220") == (220.0, "")
    assert value_typed("min_step2ck", "none") == (None, "none")
    assert value_typed("visa_j1", "no") == (None, "no")
    assert value_typed("mission", "") == (None, "")
