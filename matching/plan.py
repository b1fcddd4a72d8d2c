"""The plan of one applicant: what each action would add to her list, what it takes, and what is fixed."""

from datetime import date
from typing import Any

from applicants.schema import ProfileDocument
from matching.advice_documents import action_label
from matching.catalogue import LoadedCatalogue
from matching.documents import program_document
from matching.inputs import applicant_of, options_of
from matching.reference import model_for
from matching.schema import MatchOptions
from matching.scoring.actions import ALL_ACTIONS
from matching.scoring.answer import Range
from matching.scoring.applicant import Applicant
from matching.scoring.fixed_facts import cannot_change
from matching.scoring.gains import Gain, gains_of
from matching.scoring.situation import Situation
from matching.season_dates import SeasonDate, opening_after

Document = dict[str, Any]

FIXED_WORDS = {
    "step1_score": "A passed Step 1 cannot be taken again: the score stays.",
    "step1_fails": "A failed attempt at Step 1 stays on the transcript.",
    "step2ck_score": "A passed Step 2 CK cannot be taken again: the score stays.",
    "step2ck_fails": "A failed attempt at Step 2 CK stays on the transcript.",
    "graduation_year": "The year of graduation stays; programs that count years count from it.",
    "school": "The medical school stays, and with it the kind of graduate you apply as.",
    "citizenship": "The need for a visa cannot be settled within a season.",
    "professionalism": "A concern about conduct stays on the file; it can be explained.",
}


class SeasonUnknown(LookupError):
    """The file of dates says nothing of when applications open next."""


def plan_document(
    *,
    profile: ProfileDocument,
    options: MatchOptions,
    catalogue: LoadedCatalogue,
    season: str,
    as_of: date,
) -> Document:
    """The plan as the API shows it, backwards from the next opening: the season's own, or once that is past
    the one after. Gains are of a list sent as things stand in ``season``. Raises SeasonUnknown, and
    ListInfeasible as scoring does."""
    found = opening_after(season, as_of)
    if found is None:
        raise SeasonUnknown(season)
    planned, opens = found
    model, applicant = model_for(season), applicant_of(profile)
    gains = gains_of(
        applicant, options_of(options), catalogue.columns(season), model, opens=opens.day, as_of=as_of
    )
    return {
        "opens": {"season": planned, **_date(opens)},
        "actions": [_action(gain, applicant, catalogue) for gain in gains],
        "cannot_change": [
            {"code": code, "detail": FIXED_WORDS[code]}
            for code in cannot_change(applicant, model.application_year)
        ],
    }


def _date(opens: SeasonDate) -> Document:
    return {"date": opens.day.isoformat(), "precision": opens.precision}


def _range(gain: Range) -> Document:
    return {"value": gain.value, "low": gain.low, "high": gain.high}


def _action(gain: Gain, applicant: Applicant, catalogue: LoadedCatalogue) -> Document:
    names = catalogue.specialty_names
    program = None if gain.row < 0 else program_document(catalogue.tracks[gain.row], names)
    return {
        "action": ALL_ACTIONS[gain.action].name,
        "label": action_label(gain.action, Situation(applicant, 0, {}), names),
        "program": program,
        "gain_match": _range(gain.match),
        "gain_los_angeles": gain.los_angeles.value,
        "gain_los_angeles_range": _range(gain.los_angeles),
        "lead_months": gain.cost.months,
        "work_weeks": gain.cost.weeks,
        "cost_usd": round(gain.cost.usd),
        "first": [ALL_ACTIONS[action].name for action in gain.first],
        "start_by": gain.start_by.isoformat(),
        "too_late": gain.too_late,
    }
