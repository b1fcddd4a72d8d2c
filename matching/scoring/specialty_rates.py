"""How likely an interview is by specialty, before anything is known of a program: places for graduates of the
applicant's kind, over how crowded the specialty is with graduates from abroad.

    shift = specialty_elasticity · (ln(places / places of all) − crowding) + specialty_unmeasured

``places`` is the kind's share of the places offered, with a part of those left unfilled; ``crowding`` is the
logarithm of IMG applicants per filled position against that of all specialties where both are counted, and
elsewhere what the specialty's share of IMGs lets expect.
"""

import numpy as np

from matching.scoring.draws import DrawnModel, Floats

Value = Floats | float


def share_prefix(applicant_type: str) -> str:
    """The parameter family of headline shares for this kind of IMG."""
    return "non_us_img_share" if applicant_type == "non_us_img" else "us_img_share"


def specialty_shift(specialty: str, applicant_type: str, drawn: DrawnModel) -> Value | None:
    """Log-odds of the specialty against all of them, for one kind of IMG. None: it has no headline share."""
    family = share_prefix(applicant_type)
    if f"{family}.{specialty}" not in drawn.values:
        return None
    shift = drawn["specialty_elasticity"] * (_places(family, specialty, drawn) - _crowding(specialty, drawn))
    unmeasured = f"specialty_unmeasured.{specialty}"
    return shift + drawn[unmeasured] if unmeasured in drawn.values else shift


def _places(family: str, specialty: str, drawn: DrawnModel) -> Value:
    """ln of the kind's share of places, against its share of all: of the filled ones, and where the unfilled
    are counted of all offered, filled ones and those it might have had of the others."""
    filled, filled_all = drawn[f"{family}.{specialty}"], drawn[f"{family}.all"]
    name = f"unfilled_share.{specialty}"
    if name not in drawn.values:
        plain: Value = np.log(filled / filled_all)
        return plain
    unfilled, unfilled_all, part = drawn[name], drawn["unfilled_share.all"], drawn["unfilled_open"]
    here = filled * (1 - unfilled) + part * unfilled
    offered: Value = np.log(here / (filled_all * (1 - unfilled_all) + part * unfilled_all))
    return offered


def _crowding(specialty: str, drawn: DrawnModel) -> Value:
    """ln of IMG applicants per filled position, against all specialties; without a count, as far as
    applicants from abroad go where graduates from abroad are taken. 0 where nothing says."""
    applicants, positions = f"img_applicants.{specialty}", f"positions_filled.{specialty}"
    if applicants in drawn.values and positions in drawn.values:
        counted: Value = np.log(
            drawn[applicants] / drawn[positions] / drawn["img_applicants_per_position.all"]
        )
        return counted
    if f"non_us_img_share.{specialty}" not in drawn.values:
        return 0.0
    expected: Value = drawn["crowding_follows_share"] * np.log(_imgs(specialty, drawn) / _imgs("all", drawn))
    return expected


def _imgs(specialty: str, drawn: DrawnModel) -> Value:
    """Share of filled places that went to graduates from abroad, of both kinds."""
    return drawn[f"us_img_share.{specialty}"] + drawn[f"non_us_img_share.{specialty}"]
