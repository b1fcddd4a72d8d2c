from typing import Any

import pytest

from matching import program_answer as module
from matching.models import Match, MatchRun
from matching.program_answer import program_answer, program_similar
from matching.selectors import match_document
from programs.models import DataVersion, Program
from programs.services import data_version_publish
from tests.matching.desk import match_scored
from tests.programs.factories import make_fact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_catalogue")]


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The programs judged, each time one is."""
    judged: list[str] = []
    judge = module._judge

    def judge_counted(match: Match, program_id: str, signal: str = "") -> dict[str, Any] | None:
        judged.append(program_id)
        return judge(match, program_id, signal)

    monkeypatch.setattr(module, "_judge", judge_counted)
    return judged


def test_program_answer_judges_once_a_run_and_program(monkeypatch: pytest.MonkeyPatch) -> None:
    judged = counted(monkeypatch)
    match = match_scored()
    first, again = program_answer(match, "sp00001"), program_answer(match, "sp00001")
    program_answer(match, "sp00002")
    program_answer(match_scored(graduation_year=2020), "sp00001")
    once = list(dict.fromkeys(judged))
    assert once == ["sp00001", "sp00002"]
    assert judged.count("sp00002") <= 2  # with its signal and without
    before = len(judged)
    program_answer(match, "sp00001")
    assert len(judged) == before
    assert first.row == again.row
    assert first.row is not None
    assert first.row["program"]["id"] == "sp00001"


def test_program_answer_of_an_unknown_program_is_remembered_too(monkeypatch: pytest.MonkeyPatch) -> None:
    judged = counted(monkeypatch)
    match = match_scored()
    for _ in range(2):
        answer = program_answer(match, "sp09999")
        assert (answer.row, answer.listed) == (None, None)
    assert judged == ["sp09999"]


def test_program_answer_speaks_by_the_data_of_its_own_run() -> None:
    match = match_scored()
    make_fact(Program.objects.get(pk="sp00001"), "min_step2ck", "260")
    data_version_publish()
    row = program_answer(match, "sp00001").row
    assert row is not None
    assert not row["closed"]


def test_program_answer_of_an_earlier_model_is_silent() -> None:
    match = match_scored()
    match.run.model_version = "earlier"
    assert program_answer(match, "sp00001").row is None


def test_program_answer_of_a_run_without_the_odds_of_every_track() -> None:
    match = match_scored()
    MatchRun.objects.filter(pk=match.run_id).update(whole=None)
    answer = program_answer(Match.objects.select_related("run").get(pk=match.pk), "sp00001")
    assert answer.row is not None
    assert (answer.listed, answer.whole) == (None, None)


def test_program_answer_knows_what_the_list_makes_of_it() -> None:
    answer = program_answer(match_scored(max_applications=12), "sp00001")
    assert answer.listed is not None
    assert answer.listed.selected
    assert answer.listed.asked
    assert 0 < answer.listed.gain < 1


def test_program_answer_counts_the_signal_of_the_list_as_the_answer_does() -> None:
    match = match_scored()
    document = match_document(match, explain=12)
    signals = set()
    for row in document["list"]:
        answer = program_answer(match, row["program"]["id"])
        assert answer.row is not None
        assert (answer.row["tier"], answer.row["signal"]) == (row["tier"], row["signal"])
        assert answer.row["interview"]["probability"] == pytest.approx(row["interview"]["probability"])
        if row["signal"]:
            assert answer.unsignalled is not None
            assert answer.unsignalled < row["interview"]["probability"]
        else:
            assert answer.unsignalled is None
        signals.add(row["signal"])
    assert "gold" in signals


def test_program_similar_with_and_without_her_odds(small_catalogue: DataVersion) -> None:
    whole = program_answer(match_scored(), "sp00001").whole
    bare = program_similar("sp00001", "internal-medicine", small_catalogue.version, None)
    hers = program_similar("sp00001", "internal-medicine", small_catalogue.version, whole)
    assert bare[0].id == hers[0].id == "sp00002"
    assert "about the same odds for you" in hers[0].shared
    assert "odds" not in bare[0].shared
    assert (bare[0].tier, hers[0].tier in ("reach", "target", "safety")) == ("", True)
    assert program_similar("sp09999", "internal-medicine", small_catalogue.version, whole) == ()
    assert program_similar("sp00001", "surgery", small_catalogue.version, whole) == ()
