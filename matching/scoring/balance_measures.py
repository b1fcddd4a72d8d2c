"""Counting what a balance rests on, for a list of catalogue rows."""

import numpy as np

from matching.scoring.applicant import RINGS, Applicant
from matching.scoring.balance import Balance, Measures, balance_of
from matching.scoring.columns import LISTING, Columns, Ints
from matching.scoring.kinds import IMG_TYPES
from matching.scoring.listing import Lists
from matching.scoring.model import Model
from matching.scoring.tiers import TIERS
from matching.scoring.track_facts import FEATURE_INDEX

_CALIFORNIA = RINGS.index("california")


def measures_of(
    *,
    rows: Ints,
    closed: int,
    tiers: Ints,
    value: float,
    best: float,
    none: float,
    past_stop: int,
    applicant: Applicant,
    columns: Columns,
) -> Measures:
    """``rows`` (s,) of the list, ``tiers`` of those that are open; the rest as ``Measures`` has it."""
    reach, target, safety = np.bincount(tiers, minlength=len(TIERS)).tolist()
    typed = columns.type_known[rows]
    university = typed & (columns.features[rows, FEATURE_INDEX["university"]] > 0)
    return Measures(
        programs=len(rows),
        value=value,
        best=best,
        none=none,
        tiers=(reach, target, safety),
        specialty=_commonest(columns.specialty[rows]),
        specialties=len(applicant.specialties) or len(columns.specialties),
        state=_commonest(np.unique(columns.place_state[columns.cell[rows] // 2], return_inverse=True)[1]),
        california=int((columns.ring[rows] <= _CALIFORNIA).sum()),
        wishes_la=applicant.wishes.ring == "los-angeles",
        img=applicant.applicant_type is None or applicant.applicant_type in IMG_TYPES,
        typed=int(typed.sum()),
        university=int(university.sum()),
        unconfirmed=int((columns.listing[rows] == LISTING["unconfirmed"]).sum()),
        closed=closed,
        past_stop=past_stop,
    )


def listed_balance(
    lists: Lists, tiers: Ints, applicant: Applicant, columns: Columns, model: Model
) -> Balance | None:
    """The balance of the recommended list, ``tiers`` (s,) as picked; None where no list is asked for."""
    if not len(lists.widest):
        return None
    measures = measures_of(
        rows=lists.widest,
        closed=0,
        tiers=tiers,
        value=lists.value,
        best=lists.best,
        none=float((1.0 - lists.p_z[-1]).prod(axis=0) @ model.nodes.weight),
        past_stop=len(lists.widest) - lists.selections[-1].stop_line,
        applicant=applicant,
        columns=columns,
    )
    return balance_of(measures, model.parameters.values)


def _commonest(codes: Ints) -> int:
    return int(np.bincount(codes).max()) if len(codes) else 0
