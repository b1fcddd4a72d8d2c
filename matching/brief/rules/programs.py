"""Talking points for each program, from what we hold of it joined with what she told. Nothing is guessed."""

from matching.brief.facts import BriefFacts
from matching.brief.program_facts import ProgramFacts
from matching.brief.registry import Said, rule
from matching.brief.rules.links import SPOKEN, fits, known_there, ties_near
from matching.brief.sources import Source
from matching.brief.words import HOME_WORDS, capital, counted, experience_words, listed
from programs.fact_fields import FACT_FIELDS

# The facts a talking point may rest on.
SAID = frozenset({
    "mission", "safety_net", "program_type", "holistic_review", "residents_us_img", "residents_total",
    "positions_pgy1", "failed_attempt_policy",
})  # fmt: skip
MOST_PAGES = 3
OWNERS = {
    "county": "a county hospital",
    "city": "a city hospital",
    "city-county": "a city and county hospital",
    "hospital-district": "a hospital run by a public district",
    "state": "a state hospital",
}


def _number(program: ProgramFacts, field: str) -> int | None:
    value = program.fact(field)
    return round(value) if isinstance(value, float | int) else None


def held_lines(facts: BriefFacts, program: ProgramFacts) -> tuple[str, ...]:
    """What we hold of it, in short sentences."""
    lines = []
    if mission := program.stated("mission"):
        lines.append(f"Whom it serves, from its page: {mission.rstrip('.')}.")
    if program.serves:
        lines.append("It is a safety-net hospital or clinic.")
    owner = OWNERS.get(str(program.fact("hospital_ownership") or ""))
    if owner and not program.serves:
        lines.append(f"Its main hospital is {owner}.")
    if program.fact("hospital_rural") == "yes":
        lines.append("Its main hospital is in a rural county.")
    lines += _type_lines(facts, program)
    ours, total = _number(program, "residents_us_img"), _number(program, "residents_total")
    if ours is not None and facts.me.applicant_type == "us_img":
        lines.append(f"{ours}{f' of its {total}' if total else ''} residents are US-citizen IMGs.")
    if (places := _number(program, "positions_pgy1")) is not None:
        lines.append(f"It takes {counted(places, 'first-year resident')}.")
    if program.fact("holistic_review") == "yes":
        lines.append("It says that it reads the whole file.")
    return tuple(lines)


def _type_lines(facts: BriefFacts, program: ProgramFacts) -> list[str]:
    if program.academic:
        done = facts.me.research_publications
        asked = (
            f"your {counted(done, 'publication')} may come up"
            if done
            else "have one question you would like to study"
        )
        return [f"It is a university program: {asked}."]
    if program.fact("program_type") in ("community", "university-affiliated") and not program.serves:
        return ["It is a community program."]
    return []


def mine_lines(facts: BriefFacts, program: ProgramFacts) -> tuple[str, ...]:
    """What of hers to say there."""
    lines = [
        f"{capital(link.mine)}: {link.theirs}. Name who taught you." for link in known_there(facts, program)
    ]
    ties = ties_near(facts, program)
    pairs = fits(facts, program)
    lines += [_fit_words(mine, theirs) for mine, theirs in pairs]
    if ties:
        lines.append(_way(facts, program, ties))
    if not lines or (ties and len(lines) == 1):
        lines += _of_field(facts, program)
    policy = program.stated("failed_attempt_policy")
    if policy and (facts.repeated or facts.failed):
        lines.append(f"On fails its page says: {policy.rstrip('.')}. Have your three sentences ready.")
    return tuple(lines)


def _fit_words(mine: str, theirs: str) -> str:
    return (
        f"{capital(mine)}: {theirs}."
        if theirs == SPOKEN
        else (f"{capital(mine)} fits whom it serves: say so.")
    )


def _way(facts: BriefFacts, program: ProgramFacts, ties: tuple[str, ...]) -> str:
    """Her tie, and how far away the program is where we can tell."""
    if program.ring == "los-angeles" and program.city != "Los Angeles" and program.miles:
        return f"Name {listed(ties)}; {program.city} is {program.miles} from downtown."
    if program.ring == "los-angeles" and program.city == "Los Angeles":
        return f"Name {listed(ties)}: this program is in the city itself."
    return f"Name {listed(ties)}, and how far it is from {program.city or 'there'}."


def _of_field(facts: BriefFacts, program: ProgramFacts) -> list[str]:
    """What she has done in its field or near it, where nothing else joins them."""
    done = [item for item in facts.hands_on if item.specialty == program.specialty]
    if done:
        return [f"Lead with your {experience_words(done[0], facts)}: it is their field."]
    near = [item for item in facts.clinical_home if program.ring == "los-angeles"]
    if near:
        return [
            f"Your {experience_words(near[0], facts)} shows that you know patients of greater {HOME_WORDS}."
        ]
    return []


def look_up(facts: BriefFacts, program: ProgramFacts) -> str:
    asked = ["whom its clinic serves", "where its graduates went"]
    if "es" in facts.tongues or facts.tongues:
        asked.append("which languages its patients speak")
    if program.stated("mission"):
        asked = asked[1:]
    if facts.me.research_publications and not program.academic:
        asked.append("whether residents do research")
    return listed(asked)


@rule(
    "programs.talk",
    trigger="Said of each program on the list, with what we hold of it",
    reason="{because}",
    sources=("held",),
)
def talk(facts: BriefFacts) -> tuple[Said, ...]:
    return tuple(of_program(facts, program) for program in facts.programs[: facts.shown])


def of_program(facts: BriefFacts, program: ProgramFacts) -> Said:
    held, mine = held_lines(facts, program), mine_lines(facts, program)
    thin = program.thin
    state = "We hold nothing of its own page yet. " if thin else ""
    say = (*held, *mine, f"{state}Look up on its page: {look_up(facts, program)}.")
    signal = (
        f" One of your {program.signal + ' ' if program.signal not in ('', 'single') else ''}signals goes "
        "there."
        if program.signal
        else ""
    )
    place = f"{program.city or 'a city we do not know'}, {program.state}"
    return Said(
        title=f"{program.name}",
        say=say,
        slots=(
            ("because", f"It is on your list: {program.specialty_name.lower()} in {place}.{signal}"),
            ("id", program.id),
        ),
        link=("programs:detail", program.id),
        pages=_pages(program),
    )


def _pages(program: ProgramFacts) -> tuple[Source, ...]:
    """The pages its facts are from, each once, with what was read there."""
    read: dict[str, list[str]] = {}
    for field, held in program.held.items():
        if held.url and field in SAID:
            read.setdefault(held.url, []).append(FACT_FIELDS[field].label.lower())
    return tuple(
        Source("page", "public", f"Its page: {listed(labels)}", url)
        for url, labels in list(read.items())[:MOST_PAGES]
    )
