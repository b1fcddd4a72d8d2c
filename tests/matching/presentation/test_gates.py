import pytest

from matching.presentation.gates import conflict_words, fact_words, gate_lines, gate_short, gate_words
from tests.matching.presentation.samples import gate_of


@pytest.mark.parametrize(
    ("gate", "words"),
    [
        (gate_of(), "Lowest Step 2 CK: asks 220, you have 224"),
        (gate_of(required="none"), "Lowest Step 2 CK: no minimum, you have 224"),
        (gate_of(required="pass"), "Lowest Step 2 CK: any pass, you have 224"),
        (gate_of(yours=None, verdict="unknown"), "Lowest Step 2 CK: asks 220, not known yet"),
        (
            gate_of("min_step1", yours="pass", label="Lowest Step 1"),
            "Lowest Step 1: asks 220, you have a pass",
        ),
        (
            gate_of("max_years_since_graduation", required=1.0, yours=1, label="Years since graduation"),
            "Years since graduation: at most 1 year, you have 1 year",
        ),
        (
            gate_of("max_attempts_step1", required="none", yours=2, label="Attempts at Step 1"),
            "Attempts at Step 1: no limit, you have 2 attempts",
        ),
        (gate_of("visa", required="yes", yours="none", label="Visa"), "Visa: met"),
        (
            gate_of("accepts_img", "fail", required="no", yours="us_img", label="Takes IMGs"),
            "Takes IMGs: not met",
        ),
        (
            gate_of("ecfmg_required_at", required="rank_list", yours=True, label="ECFMG certificate"),
            "ECFMG certificate: asks rank list time, met",
        ),
    ],
)
def test_gate_words_by_rule(gate: dict[str, object], words: str) -> None:
    assert gate_words(gate) == words


def test_gate_words_say_when_it_is_only_a_wish_or_may_be_waived() -> None:
    assert gate_words(gate_of(strictness="preference")).endswith("(a wish, not a rule)")
    assert gate_words(gate_of(verdict="fail", waived=True)).endswith("(may be waived: they know you)")


def test_gate_short_is_the_rule_itself() -> None:
    assert gate_short(gate_of()) == "Step 2 CK 220"
    assert gate_short(gate_of("usce_months_required", required=3.0)) == "3 months USCE"
    assert gate_short(gate_of("visa", required="yes", label="Visa")) == "Visa"


def test_gate_lines_what_stands_in_the_way_first() -> None:
    gates = [gate_of(verdict="pass"), gate_of(verdict="unknown"), gate_of(verdict="fail")]
    lines = gate_lines(gates)
    assert [line.verdict for line in lines] == ["fail", "unknown", "pass"]
    assert all(line.strict for line in lines)


def test_fact_words_name_the_source() -> None:
    fact = fact_words(gate_of()["fact"])
    assert fact is not None
    assert fact["source_kind_words"] == "program's questions and answers"
    assert fact_words(None) is None


def test_gate_words_quote_what_no_value_could_be_read_from() -> None:
    stated = gate_of(verdict="unknown", required=None, fact={"as_stated": "competitive scores"})
    assert gate_words(stated) == "Lowest Step 2 CK: says “competitive scores”, not known yet"


def test_gate_words_say_what_a_practice_score_would_come_to() -> None:
    open_gate = gate_of(verdict="unknown", yours=None, practice={"score": 226, "verdict": "pass"})
    assert gate_words(open_gate).endswith("not known yet; your practice score 226 would meet it")
    low = gate_of(verdict="unknown", yours=None, practice={"score": 206, "verdict": "fail"})
    assert gate_words(low).endswith("your practice score 206 would not meet it")


def test_conflict_words_give_the_other_verdict_only_where_it_turns() -> None:
    years = {"gate": "max_years_since_graduation", "verdict": "fail", "required": 5.0}
    others = [
        {"required": 10.0, "verdict": "pass"},
        {"required": 3.0, "verdict": "fail"},
        {"required": "none", "verdict": "pass"},
    ]
    assert conflict_words({**years, "conflicting": others}) == (
        "Another source says 10 years, which you would meet",
        "Another source says 3 years",
        "Another source says no limit, which you would meet",
    )
    assert conflict_words(years) == ()


def test_gate_lines_carry_the_question_and_whom_it_goes_to() -> None:
    (line,) = gate_lines([gate_of(verdict="unknown", question={"to": "program", "text": "Do you …?"})])
    assert (line.ask, line.ask_program) == ("Do you …?", True)
    (line,) = gate_lines([gate_of()])
    assert (line.ask, line.ask_program) == ("", False)
