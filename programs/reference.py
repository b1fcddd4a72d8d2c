"""Reference tables kept as plain files in fixtures/: parameters, fees, season dates, state priors.

They change by an edit and a review, never through a form, so they are files and not rows.
"""

import csv
from functools import lru_cache

from django.conf import settings

Row = dict[str, str]


@lru_cache(maxsize=16)
def reference_rows(name: str) -> tuple[Row, ...]:
    """The rows of ``fixtures/<name>.csv`` as text, in file order. Raises FileNotFoundError."""
    with (settings.FIXTURES_DIR / f"{name}.csv").open(encoding="utf-8", newline="") as source:
        return tuple(csv.DictReader(source))
