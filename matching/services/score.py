import logging

from django.db import InterfaceError, OperationalError
from django.utils import timezone

from matching.models import MatchRun

from .claim import LOADED, ClaimLost, RunClaim, run_claim, run_fail, run_finish, run_release, run_renew

logger = logging.getLogger(__name__)

# The database was away or two transactions got in each other's way: the same work may well succeed later.
TRANSIENT_ERRORS: tuple[type[Exception], ...] = (OperationalError, InterfaceError)

REASON_FAULT = "Scoring stopped on a fault of ours, which has been logged. Starting again may help."
REASON_LIST = "No list can hold what must be on it: {}."
REASON_MODEL = "The scoring model changed while this run waited. Please start again."


class RunImpossible(Exception):
    """This run cannot be scored any more; the message is shown to its owners."""


def run_score(run_id: int) -> bool:
    """Claim a run, compute it and finish it. True where this call finished it.

    Safe to call any number of times from anywhere: a second delivery finds nothing to claim. Raises only
    ``TRANSIENT_ERRORS``, after putting the run back; any other error marks the run failed with a reason.
    """
    claim = run_claim(run_id=run_id, now=timezone.now())
    if claim is None:
        return False
    try:
        result, whole = _result_compute(claim)
        run_finish(claim=claim, result=result, whole=whole, now=timezone.now())
    except ClaimLost:
        logger.warning("run %s: lease lost, result dropped", run_id)
        return False
    except TRANSIENT_ERRORS:
        _release(claim)
        raise
    except Exception as error:
        _fail(claim, error)
        return False
    return True


def _result_compute(claim: RunClaim) -> tuple[bytes, bytes]:
    """The answer, and the odds of every track, as the run keeps them."""
    # numpy and scipy come with the engine: only who scores pays for loading them.
    from applicants.schema import ProfileDocument  # noqa: PLC0415
    from matching.catalogue import catalogue_get  # noqa: PLC0415
    from matching.engine import answer_compute, answer_pack, model_version  # noqa: PLC0415
    from matching.receipts.kept_models import model_version_keep  # noqa: PLC0415
    from matching.schema import MAX_EXPLAIN, MatchOptions  # noqa: PLC0415
    from matching.scoring.list_rules import ListInfeasible  # noqa: PLC0415
    from matching.whole import whole_pack  # noqa: PLC0415

    run = MatchRun.objects.filter(pk=claim.run_id).first()
    if run is None:
        raise ClaimLost(claim.run_id)  # cancelled since
    if run.model_version != model_version():
        raise RunImpossible(REASON_MODEL)
    model_version_keep(season=run.season)
    catalogue = catalogue_get(run.data_version)
    # Meeting a data version for the first time, a process builds its columns: a good part of a lease may go.
    run_renew(claim=claim, now=timezone.now(), step=LOADED)
    explained = min(run.options["top"], MAX_EXPLAIN)  # whichever match shares the run may look into any
    try:
        answer = answer_compute(
            profile=ProfileDocument.model_validate(run.profile),
            options=MatchOptions.model_validate({**run.options, "explain": explained}),
            catalogue=catalogue,
            season=run.season,
            whole=True,
        )
    except ListInfeasible as error:
        raise RunImpossible(REASON_LIST.format(error)) from None
    assert answer.whole is not None  # asked for above
    return answer_pack(answer), whole_pack(answer.whole)


def _release(claim: RunClaim) -> None:
    try:
        run_release(claim=claim)
    except TRANSIENT_ERRORS:
        # The database is away altogether. The lease runs out by itself and the ring finds the run.
        logger.warning("run %s: could not be put back, left to its lease", claim.run_id)


def _fail(claim: RunClaim, error: Exception) -> None:
    reason = str(error) if isinstance(error, RunImpossible) else REASON_FAULT
    logger.error("run %s: failed", claim.run_id, exc_info=error)
    try:
        run_fail(claim=claim, reason=reason, now=timezone.now())
    except ClaimLost:
        logger.warning("run %s: lease lost, failure dropped", claim.run_id)
