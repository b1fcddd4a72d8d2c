"""The server hears of a long request that gets on, and of none that does not."""

import io

import pytest

from matching.api import alive
from matching.api.alive import alive_by, alive_tell, alive_through
from matching.api.cohorts.body import Paced


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    monkeypatch.setattr(alive, "_told", [])
    times: list[int] = []
    alive_by(lambda: times.append(1))
    return times


def test_alive_is_told_by_the_last_that_asked(heard: list[int]) -> None:
    other: list[int] = []
    alive_by(lambda: other.append(1))

    alive_tell()

    assert (heard, other) == ([], [1])


def test_alive_without_a_server_tells_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alive, "_told", [])

    assert list(alive_through([b"a"])) == [b"a"]


def test_alive_through_tells_of_each_piece_that_was_taken(heard: list[int]) -> None:
    pieces = alive_through([b"a", b"b"])

    assert (next(pieces), len(heard)) == (b"a", 0)
    assert (next(pieces), len(heard)) == (b"b", 1)
    assert (list(pieces), len(heard)) == ([], 2)


def test_paced_tells_of_each_megabyte_and_not_of_drops(heard: list[int]) -> None:
    stream = Paced(io.BytesIO(b"x" * (5 * 1024 * 1024 // 2)))

    while stream.read(1000):
        pass

    assert len(heard) == 2
    assert stream.read(0) == b""
