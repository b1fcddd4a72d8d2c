from collections.abc import Callable, Iterator

import pytest
from celery import Celery
from django.core.management import call_command
from pytest_django import DjangoDbBlocker, Settings

from matching.models import Cohort, Match
from tests import parts
from tests.faults.deployment import WorkerProcess, broker_of_settings, database_at
from tests.matching.catalogue import catalogue_make


@pytest.fixture(scope="session")
def migrated_url(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A PostgreSQL database to make others like, migrated, with a small catalogue: nobody connects to it."""
    with parts.scratch_postgres() as url:
        with django_db_blocker.unblock(), database_at(url):
            call_command("migrate", verbosity=0)
            catalogue_make()
        yield url


@pytest.fixture(scope="module")
def deployed_url(migrated_url: str) -> Iterator[str]:
    """A PostgreSQL database of this module's own, like that one. Needs ``postgres``."""
    with parts.scratch_postgres(like=migrated_url) as url:
        yield url


@pytest.fixture
def deployed(deployed_url: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The test's own connections lead to that database; it holds no runs and no cohorts."""
    with django_db_blocker.unblock(), database_at(deployed_url):
        for match in Match.objects.all():
            match.delete()
        Cohort.objects.all().delete()
        yield deployed_url


@pytest.fixture(scope="module")
def deployed_redis() -> Iterator[str]:
    """A Redis database of this module's own. Needs ``redis``."""
    with parts.scratch_redis() as url:
        yield url


@pytest.fixture
def broker(deployed_redis: str, settings: Settings) -> Iterator[Celery]:
    """Runs are rung for through that Redis."""
    settings.CELERY_BROKER_URL = deployed_redis
    with broker_of_settings() as app:
        yield app


@pytest.fixture(scope="module")
def worker_process(
    deployed_url: str, deployed_redis: str, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], WorkerProcess]:
    """Makes workers of this site; each is entered to start it."""
    folder, count = tmp_path_factory.mktemp("workers"), iter(range(30))
    return lambda: WorkerProcess(
        database_url=deployed_url, redis_url=deployed_redis, log=folder / f"worker-{next(count)}.log"
    )


@pytest.fixture(scope="module")
def running_worker(worker_process: Callable[[], WorkerProcess]) -> Iterator[WorkerProcess]:
    """One worker for the whole module."""
    with worker_process() as worker:
        yield worker
