"""The facts of a brief, read from a stored answer: nothing is scored, nothing is kept."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from applicants.schema import ProfileDocument
from matching.brief.facts import BriefFacts, closed_by, dates_of, factors_counted, gates_met
from matching.brief.program_facts import ProgramFacts, program_facts
from matching.brief.rules.links import links_of
from matching.brief.sources import mark
from matching.inputs import applicant_of
from matching.scoring.applicant import RINGS

if TYPE_CHECKING:
    from programs.snapshot import TrackRow

SIGNALS = ("gold", "single", "silver", "")


def brief_facts(
    *,
    profile: ProfileDocument,
    document: Mapping[str, Any],
    tracks: "Mapping[str, TrackRow]",
    specialty_names: Mapping[str, str],
    as_of: date,
    applied_before: bool | None,
    saved: Collection[str] = (),
    whole: bool = False,
) -> BriefFacts:
    """``saved``: ids of her own list, in place of the suggested one; ``whole``: speak of each program."""
    rows = {
        row["program"]["id"]: row
        for row in document["list"]
        if row["selected"] or row["program"]["id"] in saved
    }
    chosen = [name for name in (saved or rows) if name in tracks]
    programs = tuple(
        program_facts(tracks[name], rows.get(name, {}), specialty_names.get(tracks[name].specialty, ""))
        for name in chosen
    )
    listed = [rows[name] for name in chosen if name in rows]
    facts = BriefFacts(
        me=applicant_of(profile),
        season=document["season"],
        dates=dates_of(document["season"], as_of),
        applied_before=applied_before,
        applications=len(programs),
        by_ring={ring: sum(program.ring == ring for program in programs) for ring in RINGS},
        factors=factors_counted(listed),
        closed=closed_by(document["summary"]),
        closed_count=document["summary"]["screened_out"]["count"],
        met=gates_met(listed),
        programs=programs,
        shown=len(programs) if whole else mark("programs_first"),
        saved=bool(saved),
        specialty_names=specialty_names,
    )
    return replace(facts, programs=_ordered(facts))


def _ordered(facts: BriefFacts) -> tuple[ProgramFacts, ...]:
    """Those that know her, those a signal goes to, the ring she wishes for; else as the answer has them."""
    wished = RINGS.index(facts.wish) if facts.wish else len(RINGS)

    def place(program: ProgramFacts) -> tuple[bool, int, bool, bool]:
        strong = any(link.strong for link in links_of(facts, program))
        near = RINGS.index(program.ring) <= wished
        return (not strong, SIGNALS.index(program.signal), not near, program.thin)

    return tuple(sorted(facts.programs, key=place))
