"""Who is interviewed where: slots are few, applicants keep no more invitations than they can attend."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.simulation.acceptance import Flags, Ints, Singles


@dataclass(frozen=True, eq=False)
class Applications:
    """One entry (e,) an application that passed the program's fixed rules.

    ``applicant`` ascending; ``preference`` of the applicant and ``rating`` of the file by the program, the
    higher the better. ``by_program``: the entries in order of program and, within it, best file first.
    ``by_applicant``: in order of applicant, best liked first.
    """

    applicant: Ints
    program: Ints
    preference: Singles
    rating: Singles
    by_program: Ints
    by_applicant: Ints

    def __len__(self) -> int:
        return len(self.applicant)

    def shifted(self, by: int) -> "Applications":
        """The same with applicants numbered from ``by`` on."""
        return replace(self, applicant=self.applicant + by)


def applications_make(applicant: Ints, program: Ints, preference: Singles, rating: Singles) -> Applications:
    """Applications with their two orders."""
    return Applications(
        applicant,
        program,
        preference,
        rating,
        np.argsort(_key(program, rating), kind="stable"),
        np.argsort(_key(applicant, preference), kind="stable"),
    )


def applications_joined(first: Applications, second: Applications) -> Applications:
    """Two sets as one; the applicants of ``second`` come after those of ``first``. Orders are merged."""
    if len(first) and len(second) and first.applicant.max() >= second.applicant.min():
        raise ValueError("the second applicants must come after the first")
    old = _key(first.program, first.rating)[first.by_program]
    new = _key(second.program, second.rating)[second.by_program]
    at = np.searchsorted(old, new, side="right")
    return Applications(
        np.concatenate((first.applicant, second.applicant)),
        np.concatenate((first.program, second.program)),
        np.concatenate((first.preference, second.preference)),
        np.concatenate((first.rating, second.rating)),
        np.insert(first.by_program, at, second.by_program + len(first)),
        np.concatenate((first.by_applicant, second.by_applicant + len(first))),
    )


def interviews_held(
    applications: Applications, *, slots: Ints, most: int, rounds: int
) -> tuple[Flags, Flags]:
    """Which applications were invited at some time, and which interviews were held: (e,) each.

    In each round every program invites its best files that have not declined, to its ``slots`` (programs,);
    whoever holds more than ``most`` invitations keeps those liked best and declines the rest. After the
    last of ``rounds`` nobody is invited in their stead.
    """
    of_program = _Counting(applications.program[applications.by_program])
    of_applicant = _Counting(applications.applicant[applications.by_applicant])
    room = slots[applications.program[applications.by_program]]
    ever = np.zeros(len(applications), dtype=bool)
    open_still = np.ones(len(applications), dtype=bool)
    held = ever
    for _ in range(rounds):
        offered = open_still & (of_program.running(open_still) <= room)
        invited = np.zeros(len(applications), dtype=bool)
        invited[applications.by_program[offered]] = True
        ever |= invited
        mine = invited[applications.by_applicant]
        over = mine & (of_applicant.running(mine) > most)
        held = invited.copy()
        held[applications.by_applicant[over]] = False
        if not over.any():
            break
        open_still &= ~offered | held[applications.by_program]
    return ever, held


class _Counting:
    """Counts flags along entries that stand in order of their owner."""

    def __init__(self, owner: Ints) -> None:
        first = np.flatnonzero(np.diff(owner, prepend=-1))
        self.first, self.lengths = first, np.diff(first, append=len(owner))

    def running(self, flags: Flags) -> NDArray[np.int32]:
        """How many flags of the same owner are set up to each entry, itself included."""
        total = np.cumsum(flags, dtype=np.int32)
        before = np.where(self.first > 0, total[self.first - 1], 0) if len(total) else total
        total -= np.repeat(before, self.lengths)
        return total


def _key(owner: Ints, value: Singles) -> NDArray[np.float64]:
    """Sorts by owner, then by the highest value; values lie within ±1000."""
    key: NDArray[np.float64] = np.subtract(owner * 4096.0, value, dtype=np.float64)
    return key
