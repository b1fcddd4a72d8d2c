"""A run is finished once, whatever becomes of its workers."""

from collections.abc import Callable

import pytest
import redis
from celery import Celery
from django.utils import timezone

from matching.services import run_ring
from matching.tasks import score_run
from tests.faults.deployment import RowLock, WorkerProcess, wait_for, waiting_behind
from tests.faults.runs import forget_the_ring, fresh, lease_over, start, wait_until_done

pytestmark = [pytest.mark.postgres, pytest.mark.redis]


@pytest.mark.thorough
def test_run_held_open_by_a_killed_worker_ends_once_after_its_lease(
    deployed: str, broker: Celery, worker_process: Callable[[], WorkerProcess]
) -> None:
    run = start(graduation_year=2024)
    before, hold = (RowLock(database_url=deployed, run_id=run.pk) for _ in range(2))
    with before:
        wait_for("the row is locked", before.held)
        with worker_process() as first:
            wait_for("the worker wants the run", lambda: len(waiting_behind(before.pid)) == 1)
            worker_pid = waiting_behind(before.pid)[0]
            with hold:
                wait_for("the next lock is behind the worker", lambda: hold.pid in waiting_behind(worker_pid))
                # First in the queue, the worker claims the run; the lock is there before it can finish.
                before.release()
                wait_for("the run is held open", hold.held)
                wait_for("the worker waits amid its work", lambda: waiting_behind(hold.pid) == [worker_pid])
                held = fresh(run)
                assert (held.state, held.attempts) == ("running", 1)
                first.kill()

    with worker_process() as second:
        wait_for("the lease is over", lambda: lease_over(run))
        assert fresh(run).result is None
        run_ring(timezone.now())
        done = wait_until_done(run)
        assert done.attempts == 2

        # Late and double messages find nothing to claim, and the result is never written again.
        handled = second.succeeded()
        score_run.delay(run.pk)
        wait_for("the late message is handled", lambda: second.succeeded() > handled)

    after = fresh(run)
    assert bytes(after.result or b"") == bytes(done.result or b"")
    assert (after.attempts, after.finished_at, after.state) == (2, done.finished_at, "done")


def test_worker_rings_at_its_start(
    deployed: str, broker: Celery, deployed_redis: str, worker_process: Callable[[], WorkerProcess]
) -> None:
    """What was lost while no worker ran waits for no timer."""
    run = start(graduation_year=2020)
    with redis.Redis.from_url(deployed_redis) as client:
        assert client.delete("matches") == 1
    forget_the_ring(run)

    with worker_process():
        assert wait_until_done(run).attempts == 1
