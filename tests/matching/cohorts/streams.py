"""Uploads as streams: a stream gives what it likes at a time, as a socket does."""

import io
import random
from collections.abc import Iterator

from matching.cohorts.forms import Form
from matching.cohorts.line import BadLine, Line
from matching.cohorts.reading import lines_read


class Dribble:
    """``body`` in pieces of 1 to ``most`` bytes."""

    def __init__(self, body: bytes, most: int = 7, seed: int = 1) -> None:
        self._body, self._most, self._random = io.BytesIO(body), most, random.Random(seed)

    def read(self, size: int = -1, /) -> bytes:
        wanted = self._random.randint(1, self._most)
        return self._body.read(wanted if size < 0 else min(size, wanted))


class Endless:
    """``piece`` again and again, ``total`` bytes of it: nothing holds it whole."""

    def __init__(self, start: bytes, piece: bytes, total: int) -> None:
        self._start, self._piece, self.left = start, piece, total

    def read(self, size: int = -1, /) -> bytes:
        if self._start:
            start, self._start = self._start, b""
            return start
        wanted = min(len(self._piece) if size < 0 else size, len(self._piece), self.left)
        self.left -= wanted
        return self._piece[:wanted]


def read(body: bytes, form: Form, most: int = 65536) -> list[Line | BadLine]:
    return list(lines_read(Dribble(body, most), form))


def faults(lines: list[Line | BadLine]) -> Iterator[tuple[int, str]]:
    """Number and code of each bad line."""
    return ((line.number, line.faults[0].code) for line in lines if isinstance(line, BadLine))
