"""What passes through: counted, hashed, inflated, and never more than allowed."""

import gzip
import hashlib
import io
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.cohorts.faults import CohortTooLarge, CohortUnreadable
from matching.cohorts.reading.counted import Counted, inflated
from tests.matching.cohorts.streams import Dribble

MB = 1024 * 1024


def all_of(stream: Counted | inflated, size: int = 1000) -> bytes:
    return b"".join(iter(lambda: stream.read(size), b""))


@given(
    body=st.binary(max_size=500), members=st.integers(1, 3), most=st.integers(1, 50), size=st.integers(1, 60)
)
def test_inflated_gives_what_was_deflated(body: bytes, members: int, most: int, size: int) -> None:
    packed = gzip.compress(body * 9) * members
    assert all_of(inflated(Dribble(packed, most), MB), size) == body * 9 * members


def test_inflated_stops_a_bomb_before_it_bursts() -> None:
    bomb = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    packed = b"".join(bomb.compress(b"\0" * MB) for _ in range(60)) + bomb.flush()
    assert len(packed) < MB
    tracemalloc.start()
    try:
        with pytest.raises(CohortTooLarge, match="2 MB"):
            all_of(inflated(io.BytesIO(packed), 2 * MB), 64 * 1024)
        assert tracemalloc.get_traced_memory()[1] < 4 * MB
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "body",
    [b"", b"no gzip at all", gzip.compress(b"x" * 999, mtime=0)[:-9], gzip.compress(b"a", mtime=0) + b"z"],
)
def test_inflated_says_what_is_no_gzip(body: bytes) -> None:
    with pytest.raises(CohortUnreadable):
        all_of(inflated(io.BytesIO(body), MB))


def test_counted_hashes_and_bounds_what_is_read() -> None:
    body = bytes(range(256)) * 4
    counted = Counted(Dribble(body, 100), len(body))
    assert all_of(counted) == body
    assert counted.digest == hashlib.sha256(body).hexdigest()
    with pytest.raises(CohortTooLarge):
        all_of(Counted(io.BytesIO(body), len(body) - 1))
