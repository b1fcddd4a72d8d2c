"""What it costs to apply: the fee steps of each application service, from the reference rows.

Fees step up with the number of programs in one specialty, so dollars depend on the counts, never on which
programs. A list's cost is its application fees alone. The USMLE transcript is paid once a season whatever
the list, and ranking more than 20 programs is paid months later: both are told apart (``transcript_usd``,
``extra_rank_usd``). So the sums are those AAMC publishes: $330 for 30 programs, $797 for 43 in one specialty
and 7 in another, $2,430 for 100.

Source: fixtures/fees.csv, each row with its own source.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

TRANSCRIPT = "usmle-transcript"
EXTRA_RANK = "nrmp-extra-rank"
MOST_APPLICATIONS = 300  # the longest list that may be asked for


class FeeRowInvalid(ValueError):
    """A reference row that cannot be a fee step, or steps that leave a gap."""


class FeeUnknown(LookupError):
    """No fee is known for this service in this season."""


@dataclass(frozen=True, slots=True)
class FeeStep:
    """Fees of the ``from_count``-th to ``to_count``-th program (None: no end), in whole US dollars.

    Either ``usd_each`` a program, or ``usd_together`` once for any number of them.
    """

    service: str
    from_count: int
    to_count: int | None
    usd_each: int | None
    usd_together: int | None

    def cost(self, count: int) -> int:
        """Dollars of this step alone for ``count`` programs in all."""
        last = count if self.to_count is None else min(count, self.to_count)
        within = max(0, last - self.from_count + 1)
        if self.usd_together is not None:
            return self.usd_together if within else 0
        return within * (self.usd_each or 0)


@dataclass(frozen=True, slots=True)
class FeeTable:
    """The steps in force by service, in order of count."""

    season: int
    steps: Mapping[str, tuple[FeeStep, ...]]

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]], season: str | int) -> Self:
        """The table of a season: for each service the latest rows that are not after it.

        ``rows``: mappings with season, service, from_count, to_count ("" is no end) and usd_each ("99 in
        all" is a price for the step as a whole). Raises FeeRowInvalid, naming the row, for anything else,
        and where the steps of an application service leave a gap.
        """
        asked = int(season)
        by_service: dict[str, dict[int, list[FeeStep]]] = {}
        for line, row in enumerate(rows, start=1):
            year, step = _step_read(line, row)
            if year <= asked:
                by_service.setdefault(step.service, {}).setdefault(year, []).append(step)
        steps = {
            service: tuple(sorted(years[max(years)], key=lambda step: step.from_count))
            for service, years in sorted(by_service.items())
        }
        for service, found in steps.items():
            if service not in (TRANSCRIPT, EXTRA_RANK):
                _steps_check(service, found)
        return cls(season=asked, steps=steps)

    def cost(self, counts: Mapping[str, int], service_of: Mapping[str, str]) -> int:
        """Dollars to apply to ``counts`` programs by specialty, each through its service; no transcript.

        Raises FeeUnknown where a specialty has no service or the service no fee, ValueError for a negative
        count.
        """
        total = 0
        for specialty, count in counts.items():
            if specialty not in service_of:
                raise FeeUnknown(f"no application service is known for {specialty!r}")
            total += self._paid(service_of[specialty], count)
        return total

    def marginal(self, specialty_count: int, service: str) -> int:
        """Dollars for one program more in a specialty that has ``specialty_count`` of them already."""
        return self._paid(service, specialty_count + 1) - self._paid(service, specialty_count)

    def steps_usd(self, services: Sequence[str], most: int = MOST_APPLICATIONS) -> npt.NDArray[np.int64]:
        """Marginal dollars (len(services), most + 1): ``[s, c]`` is the price after c programs."""
        usd = np.zeros((len(services), most + 1), dtype=np.int64)
        for row, service in zip(usd, services, strict=True):
            for step in self._steps_of(service):
                first = step.from_count - 1
                if step.usd_together is None:
                    row[first : step.to_count] = step.usd_each or 0
                elif first <= most:
                    row[first] = step.usd_together
        return usd

    @property
    def transcript_usd(self) -> int:
        """The USMLE transcript, paid once a season by who applies at all; not part of a list's cost."""
        return self._paid(TRANSCRIPT, 1)

    def extra_rank_usd(self, ranked: int) -> int:
        """Dollars the match charges for a rank order list of ``ranked`` programs beyond those it includes."""
        return self._paid(EXTRA_RANK, ranked)

    def _paid(self, service: str, count: int) -> int:
        if count < 0:
            raise ValueError(f"a number of programs cannot be {count}")
        return sum(step.cost(count) for step in self._steps_of(service))

    def _steps_of(self, service: str) -> tuple[FeeStep, ...]:
        if service not in self.steps:
            raise FeeUnknown(f"no fee of {service!r} is known for season {self.season}")
        return self.steps[service]


def _step_read(line: int, row: Mapping[str, str]) -> tuple[int, FeeStep]:
    try:
        amount, _, together = row["usd_each"].partition(" ")
        if together not in ("", "in all"):
            raise ValueError(f"not an amount: {row['usd_each']!r}")
        step = FeeStep(
            service=row["service"],
            from_count=int(row["from_count"]),
            to_count=int(row["to_count"]) if row["to_count"] else None,
            usd_each=None if together else int(amount),
            usd_together=int(amount) if together else None,
        )
        if step.from_count < 1 or int(amount) < 0 or (step.to_count or step.from_count) < step.from_count:
            raise ValueError("counts start at 1 and do not run backwards, and no fee is negative")
        return int(row["season"]), step
    except (KeyError, ValueError) as fault:
        raise FeeRowInvalid(f"fee row {line}: {fault}") from fault


def _steps_check(service: str, steps: Sequence[FeeStep]) -> None:
    due: int | None = 1
    for step in steps:
        if step.from_count != due:
            raise FeeRowInvalid(f"fees of {service}: expected a step from {due}, found {step.from_count}")
        due = None if step.to_count is None else step.to_count + 1
    if due is not None:
        raise FeeRowInvalid(f"fees of {service}: no step from {due}")
