"""What was looked at, in a reader's words."""

from collections.abc import Mapping
from types import MappingProxyType

THINGS: Mapping[str, str] = MappingProxyType(
    {
        "applicants.Profile": "profile",
        "auth.User": "account",
        "matching.Match": "answer",
        "matching.MatchRun": "answer, with how it was made",
        "matching.OutcomeReport": "what came of the applications",
        "matching.Review": "review",
        "matching.SavedList": "list",
    }
)


def thing_words(model: str) -> str:
    return THINGS.get(model, model.rpartition(".")[2].lower())
