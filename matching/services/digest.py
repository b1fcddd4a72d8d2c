"""The address of a run: what goes in, hashed. The same input has the same address and needs no second run."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from applicants.schema import ProfileDocument
    from matching.schema import MatchOptions

# Members of the options that only say how much of an answer is shown: they make no other run.
PRESENTATION_ONLY = frozenset({"explain"})


@dataclass(frozen=True, slots=True)
class RunInput:
    """Everything an answer depends on, as plain JSON values."""

    profile: dict[str, Any]
    options: dict[str, Any]
    season: str
    as_of: date
    model_version: str
    data_version: str

    def digest(self, *, apart: str = "") -> str:
        """``apart``: whose runs are shared with nobody else's. A partner that finds an answer ready would
        know that another asked for the very same applicant."""
        document = {
            "profile": self.profile,
            "options": self.options,
            "season": self.season,
            "as_of": self.as_of.isoformat(),
            "model_version": self.model_version,
            "data_version": self.data_version,
            **({"apart": apart} if apart else {}),
        }
        return hashlib.sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).hexdigest()


def run_input(
    *,
    profile: "ProfileDocument",
    options: "MatchOptions",
    season: str,
    model_version: str,
    data_version: str,
) -> RunInput:
    """Members left out and members null mean the same (not known), so both are written out as null."""
    return RunInput(
        profile=profile.model_dump(mode="json"),
        options=options.model_dump(mode="json", exclude=set(PRESENTATION_ONLY)),
        season=season,
        as_of=date(int(season) - 1, 9, 1),
        model_version=model_version,
        data_version=data_version,
    )
