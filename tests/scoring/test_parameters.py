import csv
from typing import Any

import pytest
from django.conf import settings

from matching.scoring.parameters import KINDS, ParameterInvalid, Parameters
from tests.scoring.made_catalogue import model_now

ROW = {
    "name": "luck.sigma",
    "value": "1.0",
    "low": "0.7",
    "high": "1.4",
    "unit": "log-odds",
    "kind": "judgement",
    "source": "reckoned",
    "note": "",
}


def rows_with(**changes: str) -> list[dict[str, str]]:
    return [{**ROW, **changes}]


def test_from_rows_reads_every_column() -> None:
    parameter = Parameters.from_rows([ROW])["luck.sigma"]
    assert (parameter.value, parameter.low, parameter.high) == (1.0, 0.7, 1.4)
    assert (parameter.unit, parameter.kind, parameter.source) == ("log-odds", "judgement", "reckoned")
    assert parameter.uncertain


def test_from_rows_without_a_range_is_certain() -> None:
    parameters = Parameters.from_rows(rows_with(low="", high=""))
    assert not parameters["luck.sigma"].uncertain
    assert parameters["luck.sigma"].low == parameters["luck.sigma"].high == 1.0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value": "much"}, "luck.sigma: value 'much' is not a number"),
        ({"value": "nan"}, "luck.sigma: value 'nan' is not finite"),
        ({"high": "inf"}, "luck.sigma: high 'inf' is not finite"),
        ({"low": "x"}, "luck.sigma: low 'x' is not a number"),
        ({"low": "1.1"}, "luck.sigma: value 1.0 lies outside its range 1.1 to 1.4"),
        ({"high": "0.9"}, "luck.sigma: value 1.0 lies outside its range 0.7 to 0.9"),
        ({"kind": "guess"}, "luck.sigma: kind 'guess' is none of"),
    ],
)
def test_from_rows_names_the_fault(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ParameterInvalid, match=words.replace("(", r"\(")):
        Parameters.from_rows(rows_with(**changes))


def test_from_rows_refuses_a_name_stated_twice() -> None:
    with pytest.raises(ParameterInvalid, match=r"luck.sigma: stated twice"):
        Parameters.from_rows([ROW, ROW])


def test_rows_come_in_order_of_name_and_digest_does_not_hang_on_file_order() -> None:
    other = {**ROW, "name": "a.first"}
    one, two = Parameters.from_rows([ROW, other]), Parameters.from_rows([other, ROW])
    assert [p.name for p in one.rows()] == ["a.first", "luck.sigma"]
    assert one.digest == two.digest
    assert one.digest != Parameters.from_rows(rows_with(value="1.1")).digest
    assert "a.first" in one
    assert "a.second" not in one


def test_every_row_of_the_file_is_sourced_and_in_its_range() -> None:
    with (settings.FIXTURES_DIR / "parameters.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    parameters = Parameters.from_rows(rows)
    assert len(parameters.rows()) == len(rows)
    assert {p.kind for p in parameters.rows()} <= KINDS
    unsourced = [p.name for p in parameters.rows() if p.kind != "judgement" and not p.source]
    assert unsourced == []


SIGNED = {
    -1: (
        "step1.fail",
        "step2ck.fail",
        "extra_attempt",
        "graduation.per_year",
        "visa_needed",
        "red_flag.gap_unexplained",
        "red_flag.professionalism",
        "gate.waived",
        "gate.preference_fail",
        "competition.los-angeles",
        "academic_size.per_ln_resident_fte",
    ),
    1: (
        "step2ck.per_10",
        "step1.score_per_10",
        "score_trend.per_10",
        "usce.hands_on_per_4_weeks",
        "usce.local",
        "rotation_here",
        "letter_here",
        "letters.us_specialty",
        "letters.academic",
        "letter.local",
        "geography.aligned",
        "geography.in_state",
        "mission.match",
        "research.university_per_publication",
        "specialty_commitment",
        "step3.passed",
        "openness_sd",
        "luck.sigma",
        "gate.known_pass_relief",
        "local_overlap",
    ),
}


@pytest.mark.parametrize(("sign", "names"), SIGNED.items())
def test_no_range_crosses_the_documented_sign(sign: int, names: tuple[str, ...]) -> None:
    parameters = model_now().parameters
    for name in names:
        assert sign * parameters[name].low >= 0, name
        assert sign * parameters[name].high >= 0, name
    for p in parameters.rows():
        if p.name.startswith("step2ck.per_10"):
            assert p.low >= 0, p.name


def test_shares_that_give_back_stay_below_one() -> None:
    parameters = model_now().parameters
    for name in ("gate.known_pass_relief", "local_overlap", "score_trend.max_share_of_deficit"):
        assert parameters[name].high < 1, name
