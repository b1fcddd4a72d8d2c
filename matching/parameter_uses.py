"""What each parameter is for, by the registry: one answer for the document, the pages and the file."""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import lru_cache

from matching.scoring.registry import FACTORS
from matching.scoring.registry_stages import KEPT_FOR_LATER, STAGES

NOT_READ = "Not read by the core"

# Title and patterns, in the order of the registry.
USES: tuple[tuple[str, Iterable[str]], ...] = (
    *((factor.title, factor.parameters) for factor in FACTORS),
    *STAGES,
    (NOT_READ, KEPT_FOR_LATER),
)


@lru_cache(maxsize=1024)
def uses_of(name: str) -> tuple[str, ...]:
    """The titles of what reads the parameter, the first of them first; empty where nothing names it."""
    found = (title for title, patterns in USES if any(fnmatchcase(name, pattern) for pattern in patterns))
    return tuple(dict.fromkeys(found))
