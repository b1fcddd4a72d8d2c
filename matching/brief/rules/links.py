"""What joins her and one program: a rotation or a letter there, a tie nearby with a fact that fits her."""

from dataclasses import dataclass

from matching.brief.facts import HOME, BriefFacts
from matching.brief.program_facts import ProgramFacts
from matching.brief.words import experience_words, language, listed, service_words, tie_words
from matching.scoring.applicant import Service
from matching.scoring.person import SERVED

# Words by which a page says that it cares for those badly served.
NEEDY = (
    "underserved", "under-served", "vulnerable", "safety-net", "indigent", "uninsured", "equity",
    "marginalized", "shortage", "disparities", "ability to pay", "overlooked",
)  # fmt: skip


SPOKEN = "its page speaks of it"


@dataclass(frozen=True, slots=True)
class Link:
    """``strong``: they know her. ``mine``: her side of it; ``theirs``: what we hold of the program."""

    strong: bool
    mine: str
    theirs: str


def _same(facts: BriefFacts, named: str | None, program: ProgramFacts) -> bool:
    """Named itself, or through another track of the same program."""
    if named is None:
        return False
    keys = {each.key for each in facts.programs if each.id == named}
    return named == program.id or program.key in keys


def known_there(facts: BriefFacts, program: ProgramFacts) -> tuple[Link, ...]:
    done = [item for item in facts.me.experience or () if _same(facts, item.program_id, program)]
    wrote = [item for item in facts.me.letters or () if _same(facts, item.program_id, program)]
    links = [Link(True, f"your {experience_words(item, facts)}", "you did it there") for item in done]
    return (*links, *(Link(True, "your letter", "its writer teaches there") for _ in wrote))


def spoken(facts: BriefFacts, program: ProgramFacts) -> tuple[str, ...]:
    """Her languages that the program's own statements name."""
    told = f"{program.stated('mission')} {program.stated('letters_policy')}".lower()
    latino = "es" in facts.tongues and "latino" in told
    named = [code for code in facts.tongues if language(code).lower() in told]
    return tuple(dict.fromkeys([*named, *(["es"] if latino else [])]))


def fits(facts: BriefFacts, program: ProgramFacts) -> tuple[tuple[str, str], ...]:
    """Her side and theirs, where what she did or speaks meets what we hold of them."""
    pairs = []
    if tongues := spoken(facts, program):
        pairs.append((f"your {listed(language(code) for code in tongues)}", SPOKEN))
    service = [item for item in facts.me.service or () if _alike(item, program)]
    if service:
        theirs = "it is a safety-net hospital or clinic" if program.serves else _quoted(program)
        pairs.append((f"your {service_words(service[0])}", theirs))
    return tuple(pairs)


def _quoted(program: ProgramFacts) -> str:
    mission = program.stated("mission").rstrip(".")
    return (
        f"what its page says of its patients or aims (“{mission}”)"
        if mission
        else "its name says that it is with the VA"
    )


def _alike(item: Service, program: ProgramFacts) -> bool:
    """Whether what we hold of the program speaks of the people she served."""
    told = f"{program.name} {program.stated('mission')}".lower()
    if item.focus == "veterans":
        return "veteran" in told or "va " in told
    if item.focus == "rural":
        return "rural" in told or program.fact("hospital_rural") == "yes"
    named = item.focus in SERVED and any(word in told for word in NEEDY)
    return named or (item.focus in SERVED and program.serves)


def serves_alike(facts: BriefFacts, program: ProgramFacts) -> bool:
    return any(_alike(item, program) for item in facts.me.service or ())


def ties_near(facts: BriefFacts, program: ProgramFacts) -> tuple[str, ...]:
    near = [
        item
        for item in facts.me.ties or ()
        if (item.ring == HOME and program.ring == HOME)
        or (item.ring != HOME and item.state is not None and item.state == program.state)
    ]
    return tuple(tie_words(item) for item in near)


def links_of(facts: BriefFacts, program: ProgramFacts) -> tuple[Link, ...]:
    """Why she may write to this program; empty where there is no reason that is hers."""
    known = known_there(facts, program)
    ties = ties_near(facts, program)
    paired = fits(facts, program) if ties else ()
    return (*known, *(Link(False, f"{listed(ties)}, and {mine}", theirs) for mine, theirs in paired))


def linked(facts: BriefFacts) -> tuple[tuple[ProgramFacts, tuple[Link, ...]], ...]:
    """The programs of her list with a reason to write, those that know her first; each once."""
    found = [(program, links) for program in facts.programs if (links := links_of(facts, program))]
    found.sort(key=lambda pair: (not pair[1][0].strong, not pair[0].signal))
    seen: set[str] = set()
    kept = []
    for program, links in found:
        if program.key not in seen:
            seen.add(program.key)
            kept.append((program, links))
    return tuple(kept)
