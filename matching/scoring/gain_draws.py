"""The chances of a list under each draw, and the difference of two lists as a range."""

from dataclasses import dataclass

import numpy as np

from matching.scoring.answer import Answer, Range
from matching.scoring.applicant import Applicant
from matching.scoring.columns import Columns
from matching.scoring.draws import Floats
from matching.scoring.examine import examine, low_high, range_rows
from matching.scoring.list_figures import rank_order
from matching.scoring.listing import LOS_ANGELES, willing_of
from matching.scoring.match_chance import match_in_draws, match_probability_draws
from matching.scoring.model import Model
from matching.scoring.probability import draw_probabilities
from matching.scoring.registry import FACTOR_INDEX
from matching.scoring.scored import catalogue_score


@dataclass(frozen=True)
class ListDrawn:
    """(draws,) each: P(match) and P(match in Los Angeles) of a list."""

    match: Floats
    los_angeles: Floats


def difference(value: float, drawn: Floats) -> Range:
    """The point, and the 10th and 90th percentile of the difference draw by draw, never on its wrong side."""
    low, high = low_high(drawn[:, None])
    return Range(value, min(float(low[0]), value), max(float(high[0]), value))


def list_drawn(applicant: Applicant, answer: Answer, columns: Columns, model: Model) -> ListDrawn:
    """The list of ``answer`` under each draw; signals at their stated worth. Programs for one year only match
    no one for good and are left out."""
    listed = answer.widest.rows
    signal = answer.rows.contributions[: len(listed), FACTOR_INDEX["signal"]]
    kept = ~columns.year_only[listed]
    order = np.argsort(listed[kept])
    rows, added = listed[kept][order], signal[kept][order]
    scored = catalogue_score(applicant, columns, model)
    examined = examine(scored.terms, scored.sd, rows, model)
    ranged = range_rows(scored.terms, scored.sd, scored.usual, examined, rows, model, scored.spread)
    p_dz, weight = draw_probabilities(ranged.log_odds + added[:, None], model.drawn.row("luck.sigma")[1:])
    willing = willing_of(applicant, model)[1:]
    return ListDrawn(
        match=match_probability_draws(p_dz, willing, weight, [np.arange(len(rows))])[:, 0],
        los_angeles=match_in_draws(
            p_dz,
            willing,
            weight,
            columns.ring[rows] == LOS_ANGELES,
            rank_order(columns, rows, answer.rows.p[: len(listed)][kept][order], applicant),
            first=applicant.wishes.ring == "los-angeles",
        ),
    )
