"""Several lists for one applicant in a few figures each, to try changes out: she is scored once for all.

What ``list_score`` says of a list, without ranges, reasons or balance.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.scoring.applicant import Applicant
from matching.scoring.columns import LISTING, Columns
from matching.scoring.examine import examine
from matching.scoring.given_list import Given, first_of_program, list_cost, lists_given
from matching.scoring.list_figures import scope_answers
from matching.scoring.model import Model
from matching.scoring.scored import Scored, catalogue_score

_UNTOLD = (np.array([np.nan]), np.array([np.nan]))


@dataclass(frozen=True, slots=True)
class Brief:
    """Chances of no interview and of a match, fees, and programs applied to, closed ones too."""

    none: float
    match: float
    cost_usd: int
    applications: int


def lists_brief(
    applicant: Applicant, given: Sequence[Given], columns: Columns, model: Model
) -> tuple[Brief, ...]:
    """One for each list, in their order."""
    scored = catalogue_score(applicant, columns, model)
    return tuple(_brief(each, scored, applicant, columns, model) for each in given)


def _brief(given: Given, scored: Scored, applicant: Applicant, columns: Columns, model: Model) -> Brief:
    is_open, first = ~scored.screening.out[given.rows], first_of_program(columns, given.rows)
    counted = given.only(is_open & first & (columns.listing[given.rows] != LISTING["old"]))
    cost = list_cost(given.rows, columns, model)
    examined = examine(scored.terms, scored.sd, np.sort(counted.rows), model)
    lists = lists_given(examined, counted, cost, applicant, columns, model, scored.sd)
    (told,) = scope_answers(lists, _UNTOLD, applicant, columns, model)
    return Brief(told.none, told.match.value, cost, int(first.sum()))
