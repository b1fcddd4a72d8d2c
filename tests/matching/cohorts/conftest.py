import pytest

from matching.cohorts import scoring
from tests.matching.cohorts.worked import lines_give_up, lines_score


@pytest.fixture
def lines_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks hold plain lines: how they are run is looked at, not how applicants are scored."""
    monkeypatch.setattr(scoring, "chunk_score", lines_score)
    monkeypatch.setattr(scoring, "chunk_give_up", lines_give_up)
