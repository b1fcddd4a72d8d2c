"""Working out why one answer differs from another."""

from typing import TYPE_CHECKING

from django.utils import timezone

from matching.models import Match, MatchRun, Receipt
from matching.receipts.reading import answer_kept
from programs.models import DataVersion

if TYPE_CHECKING:
    from matching.scoring.answer import Answer

WAITING = "One of the two answers is not worked out yet. Try again when it is."
FAILED = "One of the two answers could not be worked out, so there is nothing to compare."
OUTDATED = "One of the two answers was kept in an earlier form that is not read any more. Make it anew."
NO_DATA = "The program data one of the two answers was made from is not kept any more."


class ReceiptImpossible(Exception):
    """These two answers cannot be compared; the message is shown."""


def receipt_make(*, before: Match, after: Match) -> Receipt | None:
    """The receipt of two matches of one person, worked out where it is not there yet; None for one run.

    Asked for again it is the same row. Raises ReceiptImpossible.
    """
    from matching.receipts.document import FORMAT  # noqa: PLC0415

    if before.run_id == after.run_id:
        return None
    kept = Receipt.objects.filter(before=before.run_id, after=after.run_id).first()
    if kept is not None and kept.document.get("format") == FORMAT:
        return kept
    document = document_make(before.run, after.run)
    receipt, _ = Receipt.objects.update_or_create(
        before_id=before.run_id,
        after_id=after.run_id,
        defaults={"document": document},
        create_defaults={"document": document, "created_at": timezone.now()},
    )
    return receipt


def receipt_check(before: MatchRun, after: MatchRun) -> None:
    """Raises ReceiptImpossible where one of two runs has no answer to compare."""
    for run in (before, after):
        _answer(run)


def document_make(before: MatchRun, after: MatchRun) -> dict[str, object]:
    """Raises ReceiptImpossible."""
    from matching.receipts.document import Kept, receipt_document  # noqa: PLC0415
    from matching.receipts.ends import end_of  # noqa: PLC0415
    from matching.receipts.kept_models import models_for  # noqa: PLC0415
    from matching.receipts.splitting import split_make  # noqa: PLC0415
    from matching.whole import whole_of  # noqa: PLC0415

    answers = [_answer(run) for run in (before, after)]
    models = models_for(before, after)
    try:
        ends = [end_of(run, model) for run, model in ((before, models.before), (after, models.after))]
    except DataVersion.DoesNotExist:
        raise ReceiptImpossible(NO_DATA) from None
    split = split_make(*ends)
    kept = [Kept(answer, whole_of(run)) for answer, run in zip(answers, (before, after), strict=True)]
    document = receipt_document(split, (kept[0], kept[1]), models_kept=models.kept)
    return {**document, "model": models.changed}


def _answer(run: MatchRun) -> "Answer":
    if run.state == MatchRun.State.FAILED:
        raise ReceiptImpossible(FAILED)
    if run.state != MatchRun.State.DONE:
        raise ReceiptImpossible(WAITING)
    answer = answer_kept(run)
    if answer is None:
        raise ReceiptImpossible(OUTDATED)
    return answer
