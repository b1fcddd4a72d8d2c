from collections.abc import Collection, Iterator
from itertools import islice
from typing import TypeVar

K = TypeVar("K", int, str)
CHUNK = 500  # ids in one statement: well below what any database takes


def chunks(ids: Collection[K]) -> Iterator[list[K]]:
    """Ids in sorted lists short enough for one statement."""
    rest = iter(sorted(ids))
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
