"""Program signals: how many an applicant has in each specialty.

A signal is sent to a program, whatever its track, with the application. A specialty has one kind of signal
(``single``) or two (``gold`` and ``silver``). Counts change by season; the newest rows that are not after
the season asked for count, and say of which season they are. Where nothing is known of a specialty, or it
uses no signals, there is no advice.

Source: fixtures/signals.csv, each row with its own source.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

LEVELS: tuple[str, ...] = ("gold", "silver", "single")  # the stronger first


class SignalRowInvalid(ValueError):
    """A reference row that cannot be a count of signals."""


@dataclass(frozen=True, slots=True)
class SignalCounts:
    """Signals of one specialty in ``season``, by level as in ``LEVELS``."""

    season: int
    counts: tuple[int, int, int]
    source: str

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class SignalTable:
    """Counts by specialty, for the season asked for."""

    season: int
    by_specialty: Mapping[str, SignalCounts]

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]], season: str | int) -> Self:
        """The table of a season: for each specialty the latest row that is not after it.

        ``rows``: mappings with season, specialty, source and a count for each of ``LEVELS`` ("" is none). A
        row without any count says that the specialty stopped using signals. Raises SignalRowInvalid, naming
        the row, for anything else, and for two rows of one specialty and season.
        """
        asked = int(season)
        latest: dict[str, SignalCounts] = {}
        seen: set[tuple[str, int]] = set()
        for line, row in enumerate(rows, start=1):
            specialty, counts = _row_read(line, row)
            if (specialty, counts.season) in seen:
                raise SignalRowInvalid(f"signal row {line}: {specialty} stands twice in {counts.season}")
            seen.add((specialty, counts.season))
            known = latest.get(specialty)
            if counts.season <= asked and (known is None or known.season < counts.season):
                latest[specialty] = counts
        return cls(season=asked, by_specialty={name: latest[name] for name in sorted(latest)})

    def of(self, specialty: str) -> SignalCounts | None:
        """The counts of a specialty; None where it has no signals or nothing is known."""
        found = self.by_specialty.get(specialty)
        return found if found is not None and found.total else None


def _row_read(line: int, row: Mapping[str, str]) -> tuple[str, SignalCounts]:
    try:
        gold, silver, single = (int(row[level] or 0) for level in LEVELS)
        if min(gold, silver, single) < 0:
            raise ValueError("a count cannot be negative")
        if single and (gold or silver):
            raise ValueError("a specialty has one kind of signal, or gold and silver")
        return row["specialty"], SignalCounts(int(row["season"]), (gold, silver, single), row["source"])
    except (KeyError, ValueError) as fault:
        raise SignalRowInvalid(f"signal row {line}: {fault}") from fault
