"""Receipts worked out for real answers: other answers, other data, another model, none of it."""

import uuid
from typing import Any

import pytest

from matching.catalogue import _checked
from matching.models import Match, MatchRun, Receipt
from matching.packing import answer_unpack
from matching.receipts.document import FORMAT
from matching.receipts.receipt_page import FORMAT as READ
from matching.receipts.services import receipt_make
from programs.models import DataVersion, ProgramFact
from programs.services.publishing import data_version_publish
from tests.matching.factories import program_make
from tests.matching.receipts.made import asked, asked_of, earlier_model, rows_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_catalogue")]
STEP3 = {"status": "pass", "attempts": 1}
TOLD = 1e-9


@pytest.fixture
def visitor() -> uuid.UUID:
    return uuid.uuid4()


def document(before: Match, after: Match) -> dict[str, Any]:
    receipt = receipt_make(before=before, after=after)
    assert receipt is not None
    return dict(receipt.document)


def publish() -> DataVersion:
    """A new data version, which this process sees at once."""
    version = data_version_publish()
    _checked.version = None
    return version


def fact_say(program_id: str, field: str, value: float, **members: Any) -> None:
    ProgramFact.objects.create(
        program_id=program_id,
        field=field,
        value_number=value,
        value_as_stated=f"{value:g}",
        source_kind="program_page",
        url="https://harbor.example/apply",
        confidence="high",
        strictness=members.get("strictness", "strict"),
        is_current=True,
    )


def adds_up(told: dict[str, Any]) -> None:
    for figure in told["figures"]:
        change = figure["after"] - figure["before"]
        assert sum(figure["shares"]) + figure["rest"] == pytest.approx(change, abs=1e-6)
    for row in rows(told):
        if row["shares"] is not None:
            change = row["after"]["p"] - row["before"]["p"] if not closed(row) else None
            if change is not None:
                assert sum(row["shares"]) + row["rest"] == pytest.approx(change, abs=TOLD)


def closed(row: dict[str, Any]) -> bool:
    return any(end["p"] is None for end in (row["before"], row["after"]))


def rows(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for group in told["programs"] for row in group["rows"]]


def group(told: dict[str, Any], code: str) -> list[dict[str, Any]]:
    return [row for each in told["programs"] if each["code"] == code for row in each["rows"]]


def test_receipt_names_what_she_changed(visitor: uuid.UUID) -> None:
    told = document(asked(visitor), asked(visitor, step3=STEP3, options={"max_applications": 4}))
    assert [player["code"] for player in told["players"]] == ["step3", "limits"]
    assert (told["rest"], told["data"], told["model"], told["together"]) == (None, None, None, False)
    match = told["figures"][0]
    assert match["shares"][0] > 0 > match["shares"][1]
    assert match["rest"] == pytest.approx(0, abs=TOLD)
    adds_up(told)


def test_receipt_ends_are_the_answers_as_they_were_kept(visitor: uuid.UUID) -> None:
    before, after = asked(visitor), asked(visitor, step3=STEP3)
    told = document(before, after)
    for side, match in (("before", before), ("after", after)):
        kept = answer_unpack(bytes(match.run.result or b""))
        assert told["figures"][0][side] == kept.widest.match.value
        assert told["figures"][2][side] == kept.interviews.expected


def test_receipt_is_worked_out_once(visitor: uuid.UUID) -> None:
    before, after = asked(visitor), asked(visitor, step3=STEP3)
    first, second = (receipt_make(before=before, after=after) for _ in range(2))
    assert first == second
    assert Receipt.objects.count() == 1


def test_receipt_there_and_back_are_two(visitor: uuid.UUID) -> None:
    before, after = asked(visitor), asked(visitor, step3=STEP3)
    there, back = document(before, after), document(after, before)
    assert there["figures"][0]["shares"] == pytest.approx([-share for share in back["figures"][0]["shares"]])


def test_receipt_of_an_earlier_form_is_worked_out_anew(visitor: uuid.UUID) -> None:
    before, after = asked(visitor), asked(visitor, step3=STEP3)
    Receipt.objects.create(
        before=before.run, after=after.run, document={"format": 0}, created_at=before.created_at
    )
    assert document(before, after)["format"] == FORMAT == READ
    assert Receipt.objects.count() == 1


def test_receipt_of_one_run_is_none(visitor: uuid.UUID) -> None:
    assert receipt_make(before=asked(visitor), after=asked(visitor)) is None


def test_receipt_says_nothing_moved_where_only_the_showing_changed(visitor: uuid.UUID) -> None:
    told = document(asked(visitor), asked(visitor, options={"top": 11}))
    assert (told["players"], told["programs"]) == ([], [])
    assert all(figure["before"] == figure["after"] for figure in told["figures"])


def test_receipt_of_new_data_names_the_fact_that_changed(visitor: uuid.UUID) -> None:
    before = asked(visitor)
    fact_say("sp00001", "min_step2ck", 250)
    publish()
    told = document(before, asked(visitor))
    assert [player["code"] for player in told["players"]] == ["data"]
    assert told["data"] == {"new": 0, "gone": 0, "programs": 1, "facts": 1}
    (row,) = group(told, "closed")
    assert row["program"]["id"] == "sp00001"
    assert [each["field"] for each in row["facts"]] == ["min_step2ck"]
    assert (row["facts"][0]["before"], row["facts"][0]["after"]["value"]) == (None, 250)
    assert row["facts"][0]["after"]["url"] == "https://harbor.example/apply"
    assert [gate["gate"] for gate in row["after"]["gates"]] == ["min_step2ck"]
    assert sum(row["shares"]) == pytest.approx(-row["before"]["p"])
    adds_up(told)


def test_receipt_of_data_and_answers_splits_both(visitor: uuid.UUID) -> None:
    before = asked(visitor)
    fact_say("sp00001", "residents_us_img", 12, strictness="count")
    fact_say("sp00001", "residents_total", 20, strictness="count")
    publish()
    told = document(before, asked(visitor, step3=STEP3))
    assert [player["code"] for player in told["players"]] == ["step3", "data"]
    row = next(row for row in rows(told) if row["program"]["id"] == "sp00001")
    assert all(share > 0 for share in row["shares"])
    adds_up(told)


def test_receipt_tells_a_new_program_and_one_that_is_gone_apart(visitor: uuid.UUID) -> None:
    before = asked(visitor)
    program_make("sp00040", city="Fresno", county="Fresno")
    publish()
    there, back = document(before, asked(visitor)), document(asked(visitor), before)
    assert [row["program"]["id"] for row in group(there, "new")] == ["sp00040"]
    assert [row["program"]["id"] for row in group(back, "gone")] == ["sp00040"]
    assert group(there, "new")[0]["shares"] is None
    assert there["data"]["new"] == back["data"]["gone"] == 1


def test_receipt_splits_off_a_model_that_was_kept(visitor: uuid.UUID) -> None:
    model = earlier_model(rows_with(luck__sigma="0.4"))
    told = document(asked_of(model, visitor), asked(visitor, step3=STEP3))
    assert [player["code"] for player in told["players"]] == ["step3", "model"]
    assert told["rest"] is None
    assert [each["name"] for each in told["model"]["parameters"]] == ["luck.sigma"]
    assert abs(told["figures"][0]["shares"][1]) > 1e-4
    adds_up(told)


def test_receipt_of_two_seasons_splits_the_season_with_its_model(visitor: uuid.UUID) -> None:
    model = earlier_model(rows_with(), season="2026")
    told = document(asked_of(model, visitor), asked(visitor, step3=STEP3))
    assert [player["code"] for player in told["players"]] == ["step3", "model"]
    assert (told["rest"], told["model"]["count"]) == (None, 0)
    adds_up(told)


def test_receipt_leaves_a_model_that_was_not_kept_to_the_rest(visitor: uuid.UUID) -> None:
    model = earlier_model(rows_with(luck__sigma="0.4"), kept=False)
    told = document(asked_of(model, visitor), asked(visitor, step3=STEP3))
    assert [player["code"] for player in told["players"]] == ["step3"]
    assert (told["rest"], told["model"]) == ("model", None)
    assert abs(told["figures"][0]["rest"]) > 1e-4
    adds_up(told)


def test_receipt_keeps_the_rest_apart_where_the_edition_is_another(visitor: uuid.UUID) -> None:
    model = earlier_model(rows_with(luck__sigma="0.4"), edition=0)
    assert document(asked_of(model, visitor), asked(visitor, step3=STEP3))["rest"] == "model"


def test_receipt_says_where_scoring_again_gives_otherwise(visitor: uuid.UUID) -> None:
    """The run says today's model made it, and it did not: what is left is told as a rest."""
    model = earlier_model(rows_with(luck__sigma="0.4"), kept=False)
    before, after = asked_of(model, visitor), asked(visitor, step3=STEP3)
    MatchRun.objects.filter(pk=before.run_id).update(model_version=after.run.model_version)
    told = document(Match.objects.get(pk=before.pk), after)
    assert told["rest"] == "reckoning"
    adds_up(told)


def test_receipt_says_what_brought_a_program_off_the_list(visitor: uuid.UUID) -> None:
    told = document(asked(visitor), asked(visitor, options={"max_applications": 4}))
    left = group(told, "left")
    assert len(left) == 2
    assert all(row["place"] == pytest.approx([-1.0, 0.0]) for row in left)
