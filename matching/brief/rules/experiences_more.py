"""Experiences beside the first: service that fits a mission, research, a second specialty."""

from matching.brief.facts import BriefFacts
from matching.brief.program_facts import ProgramFacts
from matching.brief.registry import Said, rule
from matching.brief.rules.links import serves_alike
from matching.brief.words import capital, counted, listed, service_words
from matching.scoring.person import SERVED

NAMED = 3


def served(facts: BriefFacts) -> bool:
    return any(item.focus in SERVED for item in facts.me.service or ())


def with_mission(facts: BriefFacts) -> tuple[ProgramFacts, ...]:
    return tuple(program for program in facts.programs if serves_alike(facts, program))


def bare_specialties(facts: BriefFacts) -> tuple[str, ...]:
    """Specialties she applies in of which nothing she told speaks, where others have something."""
    if facts.me.experience is None or facts.me.letters is None:
        return ()
    told = {item.specialty for item in facts.me.experience} | {item.specialty for item in facts.me.letters}
    bare = tuple(slug for slug in facts.me.specialties if slug not in told)
    return bare if len(bare) < len(facts.me.specialties) else ()


def names(programs: tuple[ProgramFacts, ...]) -> str:
    told = list(dict.fromkeys(program.name for program in programs))
    return listed(told[:NAMED])


@rule(
    "experiences.mission",
    trigger="She served those badly served, and programs on her list do",
    reason="You told us of {what}, and {number} on your list {verb} for such patients as far as we know.",
    sources=("held",),
    factors=("mission",),
    when=lambda facts: served(facts) and bool(with_mission(facts)),
)
def mission(facts: BriefFacts) -> Said:
    mine = [service_words(item) for item in facts.me.service or () if item.focus in SERVED]
    fits = with_mission(facts)
    spanish = (
        " Say in the same entry that you did it in Spanish, if you did." if "es" in facts.tongues else ""
    )
    return Said(
        title="Your service is not a side note",
        say=(
            f"Your {listed(mine)} meets what {counted(len(fits), 'program')} on your list "
            f"{'does' if len(fits) == 1 else 'do'}: "
            f"{names(fits)}{' among them' if len(fits) > NAMED else ''}. Mark it as one of your most "
            f"meaningful experiences.{spanish}",
        ),
        slots=(
            ("what", listed(mine)),
            ("number", counted(len(fits), "program")),
            ("verb", "cares" if len(fits) == 1 else "care"),
        ),
    )


@rule(
    "experiences.research",
    trigger="She has published or done research",
    reason="You told us of {what}; of the programs on your list, {number} known to be of a university.",
    sources=("held",),
    factors=("research",),
    when=lambda facts: bool(facts.me.research_publications or facts.me.research_projects),
)
def research(facts: BriefFacts) -> Said:
    published = facts.me.research_publications or 0
    projects = facts.me.research_projects or 0
    parts = [counted(published, "publication")] if published else []
    parts += [counted(projects, "project")] if projects else []
    academic = facts.count(lambda program: program.academic)
    unknown = facts.count(lambda program: program.fact("program_type") is None)
    where = (
        f"Put it second for the {counted(academic, 'university program')} on your list, and low for the rest."
        if academic
        else f"We know of no university program on your list, but of {unknown} of the {facts.applications} "
        "we do not know "
        "the kind. Look it up for those you want most; for the rest it stays low."
    )
    return Said(
        title="Where your research stands",
        say=(
            f"You have {listed(parts)}. {where} In a talk, one plain sentence on what you found is enough.",
        ),
        slots=(
            ("what", listed(parts)),
            ("number", f"{academic} {'is' if academic == 1 else 'are'}" if academic else "none is"),
        ),
    )


@rule(
    "experiences.second",
    trigger="She applies in a specialty in which she has told of no experience and no letter",
    reason="You apply in {bare} as well and have told us of no rotation or letter in it.",
    sources=("aamc_statement", "judgement"),
    factors=("specialty_commitment",),
    when=lambda facts: bool(bare_specialties(facts)),
)
def second(facts: BriefFacts) -> Said:
    bare = listed(facts.named(slug) for slug in bare_specialties(facts))
    count = facts.count(lambda program: program.specialty in bare_specialties(facts))
    return Said(
        title=f"{capital(bare)} needs an entry of its own",
        say=(
            f"You would send {counted(count, 'application')} in {bare}, and nothing you told us is from "
            "there. "
            "The form is one for all programs, but you may write a statement for each specialty. In that "
            "one, lead "
            "with whatever comes nearest to its daily work, and get one rotation or letter in it if time "
            "allows.",
        ),
        slots=(("bare", bare),),
    )
