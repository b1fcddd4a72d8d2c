"""The briefs of the twelve applicants over the fixtures, as text that can be read in full."""

from datetime import date
from pathlib import Path

from applicants.services import profile_validate
from matching.brief.drawing import Brief, brief_of
from matching.brief.facts import BriefFacts
from matching.brief.selectors import brief_facts
from matching.brief.text import brief_text
from matching.catalogue import LoadedCatalogue
from matching.engine import answer_compute, answer_document
from matching.schema import MAX_EXPLAIN, MatchOptions
from matching.tracks import placed
from programs.geometry.places import spots_of
from tests.profiles import Someone

SEASON = "2027"
AS_OF = date(2026, 11, 22)
BRIEFS = Path(__file__).parent / "briefs"


def brief_path(slug: str) -> Path:
    return BRIEFS / f"{slug}.txt"


def facts_of(someone: Someone, catalogue: LoadedCatalogue, *, whole: bool = False) -> BriefFacts:
    profile = profile_validate(someone.document, season=SEASON)
    answer = answer_compute(profile=profile, options=MatchOptions(), catalogue=catalogue, season=SEASON)
    spots = spots_of(catalogue.tracks)
    return brief_facts(
        profile=profile,
        document=answer_document(answer, catalogue, explain=MAX_EXPLAIN, top=MatchOptions().top),
        tracks={track.id: placed(track, spot) for track, spot in zip(catalogue.tracks, spots, strict=True)},
        specialty_names=catalogue.specialty_names,
        as_of=AS_OF,
        applied_before=someone.applied_before,
        whole=whole,
    )


def brief_for(someone: Someone, catalogue: LoadedCatalogue) -> Brief:
    return brief_of(facts_of(someone, catalogue))


def brief_words(someone: Someone, catalogue: LoadedCatalogue) -> str:
    return brief_text(brief_for(someone, catalogue))
