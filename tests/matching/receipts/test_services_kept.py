"""Which answers cannot be compared, and what becomes of a receipt."""

import uuid
import zlib
from typing import Any

import pytest

from matching.models import Match, MatchRun, Receipt
from matching.receipts.services import FAILED, NO_DATA, OUTDATED, WAITING, ReceiptImpossible, receipt_make
from matching.services.forgetting import visitor_forget
from matching.services.matches import match_delete
from programs.models import Publication
from programs.services.publishing import data_version_publish
from tests.matching.factories import match_make, run_done_make, run_make
from tests.matching.receipts.made import asked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_catalogue")]
STEP3 = {"status": "pass", "attempts": 1}


@pytest.fixture
def visitor() -> uuid.UUID:
    return uuid.uuid4()


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"state": "queued", "result": None, "finished_at": None}, WAITING),
        ({"state": "failed", "result": None, "reason": "A fault."}, FAILED),
    ],
)
def test_receipt_needs_two_answers(visitor: uuid.UUID, values: dict[str, Any], why: str) -> None:
    other = match_make(
        run=run_make(**{"finished_at": run_done_make().finished_at, **values}), visitor=visitor
    )
    with pytest.raises(ReceiptImpossible, match=why):
        receipt_make(before=other, after=asked(visitor))


def test_receipt_of_an_answer_of_another_form_is_impossible(visitor: uuid.UUID) -> None:
    other = asked(visitor)
    other.run.result = zlib.compress(b'{"format": 1}')
    with pytest.raises(ReceiptImpossible, match=OUTDATED):
        receipt_make(before=other, after=asked(visitor, step3=STEP3))


def test_receipt_of_data_that_is_gone_is_impossible(visitor: uuid.UUID) -> None:
    before = asked(visitor)
    MatchRun.objects.filter(pk=before.run_id).update(data_version="gone")
    before = Match.objects.get(pk=before.pk)
    with pytest.raises(ReceiptImpossible, match=NO_DATA):
        receipt_make(before=before, after=asked(visitor, step3=STEP3))


def test_receipt_goes_with_a_run(visitor: uuid.UUID) -> None:
    before, after = asked(visitor), asked(visitor, step3=STEP3)
    receipt_make(before=before, after=after)
    match_delete(match=before)
    assert not Receipt.objects.exists()


def test_receipt_is_forgotten_though_others_share_the_runs(visitor: uuid.UUID) -> None:
    receipt_make(before=asked(visitor), after=asked(visitor, step3=STEP3))
    other = uuid.uuid4()
    theirs = asked(other), asked(other, step3=STEP3)
    visitor_forget(visitor=visitor)
    assert not Receipt.objects.exists()
    assert MatchRun.objects.count() == 2
    assert receipt_make(before=theirs[0], after=theirs[1]) is not None


def test_receipt_of_others_is_not_forgotten(visitor: uuid.UUID) -> None:
    """She has one of the two runs: the receipt is not hers."""
    other = uuid.uuid4()
    receipt_make(before=asked(other), after=asked(other, step3=STEP3))
    asked(visitor)
    visitor_forget(visitor=visitor)
    assert Receipt.objects.count() == 1


def test_publication_of_the_same_data_changes_nothing(visitor: uuid.UUID) -> None:
    before = asked(visitor)
    data_version_publish()
    assert Publication.objects.count() == 1
    assert receipt_make(before=before, after=asked(visitor)) is None
