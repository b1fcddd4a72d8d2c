"""Stage 5 of one answer: what would move the rows explained, and whom to ask first."""

import numpy as np

from matching.scoring.answer import NO_ASKS, NO_FLIPS, Asks, Flips
from matching.scoring.applicant import Applicant, Options
from matching.scoring.ask_first import Listed, asks_find
from matching.scoring.columns import Columns, Ints
from matching.scoring.examine import Examined
from matching.scoring.flips import flips_find
from matching.scoring.listing import LOS_ANGELES, Lists, la_weight, willing_of
from matching.scoring.model import Model
from matching.scoring.registry import FACTOR_INDEX
from matching.scoring.scored import Scored
from matching.scoring.terms import CENTRAL


def flips_of(
    scored: Scored,
    examined: Examined,
    rows: Ints,
    tiers: Ints,
    applicant: Applicant,
    options: Options,
    model: Model,
) -> Flips:
    """For the first rows, as many as are explained; none without ranges, which a safety needs."""
    if not options.ranges or not options.explain or not len(rows):
        return NO_FLIPS
    asked = slice(None, options.explain)
    placed = examined.contributions[examined.at(rows[asked]), FACTOR_INDEX["signal"]]
    signal = placed if options.signals else None
    return flips_find(scored, applicant, rows[asked], tiers[asked], signal, model)


def asks_of(
    scored: Scored,
    examined: Examined,
    lists: Lists,
    candidates: Ints,
    applicant: Applicant,
    options: Options,
    columns: Columns,
    model: Model,
) -> Asks:
    """For the recommended list among its ``candidates``; none without ranges, where many are answered."""
    if not options.ranges:
        return NO_ASKS
    one_year = columns.year_only
    listed = np.sort(lists.widest[~one_year[lists.widest]])
    others = np.setdiff1d(candidates[~one_year[candidates]], listed, assume_unique=True)
    must = [columns.program[columns.row_of[name]] for name in options.must_include if name in columns.row_of]
    default = model.parameters.values["list.la_weight_default_if_stated"]
    listing = Listed(
        listed=listed,
        others=others,
        fixed=np.isin(columns.program[listed], must),
        listed_la=columns.ring[listed] == LOS_ANGELES,
        others_la=columns.ring[others] == LOS_ANGELES,
        willing=float(willing_of(applicant, model)[CENTRAL]),
        la_weight=la_weight(applicant, options, default),
        weight=model.nodes.weight,
    )
    return asks_find(scored, examined, listing, model)
