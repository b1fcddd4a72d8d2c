"""The edge of the core: validated documents in, an answer out."""

from django.conf import settings

from applicants.schema import ProfileDocument
from matching.catalogue import LoadedCatalogue
from matching.documents import answer_document, answer_read
from matching.inputs import applicant_of, options_of
from matching.packing import AnswerOutdated, answer_pack, answer_unpack
from matching.reference import model_for
from matching.schema import MatchOptions
from matching.scoring.answer import Answer
from matching.scoring.score import score

__all__ = [
    "AnswerOutdated",
    "answer_compute",
    "answer_document",
    "answer_pack",
    "answer_read",
    "answer_unpack",
    "model_version",
]


def answer_compute(
    *,
    profile: ProfileDocument,
    options: MatchOptions,
    catalogue: LoadedCatalogue,
    season: str,
    whole: bool = False,
) -> Answer:
    """Score one validated profile against a published catalogue; ``whole``: keep the odds of every track.

    Raises ListInfeasible.
    """
    columns, model = catalogue.columns(season), model_for(season)
    return score(applicant_of(profile), options_of(options), columns, model, whole=whole)


def model_version() -> str:
    """The version of the model for the season now applied in."""
    return model_for(settings.SEASON).version
