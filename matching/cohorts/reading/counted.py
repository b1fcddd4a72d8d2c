"""What passes through a stream on its way in: counted, bounded, hashed and, if need be, inflated."""

import hashlib
import zlib

from matching.cohorts.faults import CohortTooLarge, CohortUnreadable
from matching.cohorts.forms import Readable

READ_BYTES = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS


def too_large(limit: int) -> CohortTooLarge:
    return CohortTooLarge(f"One cohort takes at most {limit // (1024 * 1024)} MB.")


class Counted:
    """``stream`` up to ``limit`` bytes, with the digest of what was read. Raises CohortTooLarge beyond."""

    def __init__(self, stream: Readable, limit: int) -> None:
        self._stream, self._limit, self._left = stream, limit, limit
        self._hash = hashlib.sha256()

    def read(self, size: int = READ_BYTES, /) -> bytes:
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise too_large(self._limit)
        self._hash.update(data)
        return data

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()


class inflated:  # noqa: N801  (used like a function: a stream in, a stream out)
    """``stream`` without its gzip, of ``limit`` bytes at most, however little it was before: of a bomb no
    more is ever inflated than is read. Raises CohortTooLarge, and CohortUnreadable for what is no gzip."""

    def __init__(self, stream: Readable, limit: int) -> None:
        self._stream, self._limit, self._left = stream, limit, limit
        self._gzip, self._rest = zlib.decompressobj(_GZIP), b""

    def read(self, size: int = READ_BYTES, /) -> bytes:
        wanted = READ_BYTES if size < 0 else size
        while wanted:
            data = self._rest or self._stream.read(READ_BYTES)
            if not data and self._gzip.eof:
                return b""
            if out := self._inflate(data, wanted):
                self._left -= len(out)
                if self._left < 0:
                    raise too_large(self._limit)
                return out
            if not data:
                raise CohortUnreadable("The gzip body breaks off.")
        return b""

    def _inflate(self, data: bytes, size: int) -> bytes:
        if self._gzip.eof:  # several members one after another are one body
            self._gzip = zlib.decompressobj(_GZIP)
        try:
            out = self._gzip.decompress(data, size)
        except zlib.error:
            raise CohortUnreadable("The body is not gzip, as its Content-Encoding says.") from None
        self._rest = self._gzip.unused_data if self._gzip.eof else self._gzip.unconsumed_tail
        return out
