import pytest
from scipy.special import logit

from matching.judging import Wanted, list_judge, program_judge
from matching.schema import MatchOptions
from tests.matching.inputs import profile_of
from tests.matching.made_snapshot import catalogue_of, row_make

CATALOGUE = catalogue_of(
    row_make(1, facts={"min_step2ck": 250.0}),
    row_make(2, ("NY", "Kings"), facts={"accepts_img": "yes", "min_step2ck": "none"}),
    row_make(3, ("OR", "Lane"), listing_status="old"),
    row_make(4, ("CA", "Kern")),
)
CLOSED, OPEN, OLD, NEAR = (track.id for track in CATALOGUE.tracks)
ASKED = {"profile": profile_of(), "options": MatchOptions(), "catalogue": CATALOGUE, "season": "2027"}


def test_list_judge_tells_every_program_of_the_list() -> None:
    wanted = [Wanted(name) for name in (OPEN, CLOSED, OLD, NEAR)]

    judged = list_judge(wanted=wanted, **ASKED)  # type: ignore[arg-type]

    assert judged["rows"].keys() == {CLOSED, OPEN, OLD, NEAR}
    assert judged["rows"][CLOSED]["closed"]
    assert judged["rows"][CLOSED]["tier"] is None
    assert judged["rows"][CLOSED]["interview"]["probability"] is None
    assert [gate["gate"] for gate in judged["rows"][CLOSED]["gates"]] == ["min_step2ck"]
    assert judged["rows"][OLD]["abstained"]
    assert not judged["rows"][OLD]["closed"]
    assert judged["rows"][OPEN]["selected"]
    assert judged["rows"][OPEN]["factors"]
    summary = judged["summary"]
    assert summary["applications"] == 4
    assert summary["cost_usd"] == 4 * 11
    assert 0 < summary["match"]["low"] <= summary["match"]["probability"] <= summary["match"]["high"] < 1
    assert summary["balance"]["grade"] in "ABCDF"


def test_list_judge_counts_the_fees_of_closed_programs_alone() -> None:
    summary = list_judge(wanted=[Wanted(CLOSED)], **ASKED)["summary"]  # type: ignore[arg-type]

    assert (summary["applications"], summary["cost_usd"]) == (1, 11)
    assert summary["interviews"]["none"] == 1.0


def test_list_judge_of_nothing_is_nothing() -> None:
    judged = list_judge(wanted=[], **ASKED)  # type: ignore[arg-type]

    assert judged["rows"] == {}
    assert (judged["summary"]["applications"], judged["summary"]["cost_usd"]) == (0, 0)


def test_list_judge_sends_the_signal_meant() -> None:
    plain, sent = (
        list_judge(wanted=[Wanted(OPEN, signal), Wanted(NEAR)], **ASKED)  # type: ignore[arg-type]
        for signal in ("", "gold")
    )

    assert sent["rows"][OPEN]["signal"] == "gold"
    before, after = (judged["rows"][OPEN]["interview"]["probability"] for judged in (plain, sent))
    assert after > before
    for member in ("tier", "interview", "factors"):
        assert plain["rows"][NEAR][member] == sent["rows"][NEAR][member]


def test_list_judge_refuses_what_it_does_not_know_and_what_stands_twice() -> None:
    with pytest.raises(KeyError):
        list_judge(wanted=[Wanted("sp99999")], **ASKED)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="stands once"):
        list_judge(wanted=[Wanted(OPEN), Wanted(OPEN)], **ASKED)  # type: ignore[arg-type]


def test_program_judge_tells_one_program_with_reasons() -> None:
    row = program_judge(program=OPEN, **ASKED)  # type: ignore[arg-type]

    assert row is not None
    assert row["program"]["id"] == OPEN
    assert row["match_if_interviewed"] is None
    total = row["base"] + sum(factor["contribution"] for factor in row["factors"])
    assert 0 < row["interview"]["probability"] < 1
    assert total == pytest.approx(-logit(1 - row["interview"]["probability"]))
    assert "flips" in row


def test_program_judge_with_a_signal_counts_it() -> None:
    plain = program_judge(program=OPEN, **ASKED)  # type: ignore[arg-type]
    row = program_judge(program=OPEN, signal="gold", **ASKED)  # type: ignore[arg-type]
    assert plain is not None
    assert row is not None
    assert (plain["signal"], row["signal"]) == (None, "gold")
    assert row["interview"]["probability"] > plain["interview"]["probability"]
    assert {factor["factor"] for factor in row["factors"]} - {f["factor"] for f in plain["factors"]} == {
        "signal"
    }


def test_program_judge_of_a_closed_program_names_the_rule() -> None:
    row = program_judge(program=CLOSED, **ASKED)  # type: ignore[arg-type]

    assert row is not None
    assert row["closed"]
    assert row["gates"][0]["verdict"] == "fail"


def test_program_judge_of_an_unknown_id_is_none() -> None:
    assert program_judge(program="sp99999", **ASKED) is None  # type: ignore[arg-type]
