"""``advice`` of an answer: what this applicant's statement has to say or to leave unsaid, each with its
source.

The rules are those of the preparation brief on the pages; here each is one sentence. Only what follows from
the profile and the season is told, so that the same question has the same answer on any day.
"""

from datetime import date
from typing import TYPE_CHECKING

from applicants.schema import ProfileDocument

if TYPE_CHECKING:
    from matching.brief.facts import BriefFacts
    from matching.brief.registry import Point

SECTION = "statement"


def advice_document(*, profile: ProfileDocument, season: str) -> list[dict[str, str]]:
    """``code`` is stable; ``source`` is the address of a public page, else words that say whose judgement."""
    import matching.brief.rules  # noqa: F401, PLC0415  (registers them; start-up needs none)
    from matching.brief.registry import points_of  # noqa: PLC0415

    return [
        {"code": point.code, "detail": point.said.short, "source": _source(point)}
        for point in points_of(_facts(profile, season), section=SECTION)
        if point.said.short
    ]


def _facts(profile: ProfileDocument, season: str) -> "BriefFacts":
    """Of her alone: no list and no day."""
    from matching.brief.facts import BriefFacts, dates_of  # noqa: PLC0415
    from matching.inputs import applicant_of  # noqa: PLC0415

    return BriefFacts(
        me=applicant_of(profile),
        season=season,
        dates=dates_of(season, date(int(season) - 1, 9, 1)),  # as scores reckon time
        applied_before=None,
        applications=0,
        by_ring={},
        factors={},
        closed=(),
        closed_count=0,
        met={},
        programs=(),
        shown=0,
        saved=False,
        specialty_names={},
    )


def _source(point: "Point") -> str:
    told = [source.url or source.title for source in point.sources]
    pages = [source.url for source in point.sources if source.url]
    return (pages or told)[0]
