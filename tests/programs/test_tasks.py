"""The broker's side of imports: one id, one step, a message for the next."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from kombu.exceptions import OperationalError
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from programs import tasks
from programs.models import ImportBatch
from programs.services.importing import imports_ring
from programs.services.importing.claim import LEASE
from tests.programs.factories import make_program
from tests.programs.importing.files import csv_file
from tests.programs.services.importing.journey import begun, handed_in


def test_step_sends_for_the_next_where_work_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    left, sent = [True, False], list[str]()
    monkeypatch.setattr(tasks, "import_advance", lambda _: left.pop(0))
    monkeypatch.setattr(tasks.import_step, "delay", sent.append)
    key = str(uuid.uuid4())

    tasks.import_step(key)
    tasks.import_step(key)

    assert sent == [key]


@pytest.mark.django_db
def test_broker_that_is_away_leaves_the_import_to_the_next_ring(
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    sent: list[str] = []

    def away(*_: object, **__: object) -> None:
        raise OperationalError

    settings.CELERY_BROKER_URL = "redis://nowhere"
    monkeypatch.setattr(tasks.import_step, "apply_async", away)
    rows = (("id", "field", "value"), (make_program().pk, "letters_required", "3"))
    with django_capture_on_commit_callbacks(execute=True):
        batch = begun(handed_in(csv_file(tmp_path / "f.csv", *rows)))
    assert ImportBatch.objects.get().state == "reading"

    monkeypatch.setattr(tasks.import_step, "apply_async", lambda key, **_: sent.append(key[0]))
    now = timezone.now()
    ImportBatch.objects.update(claimed_until=now + LEASE)
    imports_ring(now)
    assert sent == []  # somebody has it
    imports_ring(now + LEASE + timedelta(seconds=1))
    assert sent == [str(batch.pk)]
