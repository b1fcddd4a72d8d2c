"""Questions to expect about the place, the program and the specialty, with the points to make."""

from matching.brief.facts import HOME, BriefFacts
from matching.brief.registry import Said, rule
from matching.brief.rules.los_angeles import here, spoken_here
from matching.brief.rules.programs import held_lines, mine_lines
from matching.brief.words import (
    counted,
    experience_words,
    listed,
    one_of,
    specialties_words,
    tie_words,
    tongues_words,
)


@rule(
    "interview.home",
    trigger="She wants Los Angeles",
    reason="You want Los Angeles, and {number} on your list are near it.",
    sources=("ama_interview", "judgement"),
    factors=("geography", "usce_local"),
    when=lambda facts: facts.wants_home,
)
def home(facts: BriefFacts) -> Said:
    points = [tie_words(item) for item in facts.at_home("ties")]
    points += [f"your {words}" for words in here(facts)]
    points += [f"the {tongues_words(spoken_here(facts))} you speak"] if spoken_here(facts) else []
    number = facts.by_ring.get(HOME, 0)
    if points:
        say = (
            "Say who ties you, what you did there and whom you want to treat, in this order: "
            f"{listed(points)}."
        )
    else:
        say = (
            "You have told us of nothing to answer with. A true answer may still be small: a person, a "
            "clinic, a plan to stay. "
            "If there is none, say what you want from the patients of that city."
        )
    return Said(
        title="“Why Los Angeles?”",
        say=(
            say,
            f"End with whether you would stay: {_near_words(number)} there, and many applicants want only "
            "the city.",
        ),
        slots=(("number", counted(number, "program")),),
        short="" if points else "Find a true answer to “Why Los Angeles?”.",
    )


def _near_words(number: int) -> str:
    return f"you apply to {counted(number, 'program')}" if number else "you would apply"


@rule(
    "interview.program",
    trigger="Said to everybody, with a program that stands high on her list",
    reason="{first} is among the first programs below.",
    sources=("ama_interview", "held"),
)
def program(facts: BriefFacts) -> Said:
    if not facts.programs:
        return Said(
            title="“Why our program?”",
            say=(
                "Your list is empty, so we cannot say. For any program: one fact of theirs, one of yours, "
                "one sentence that joins them.",
            ),
            slots=(("first", "No program"),),
        )
    first = next(
        (each for each in facts.programs[: facts.shown] if each.stated("mission")), facts.programs[0]
    )
    theirs, ours = held_lines(facts, first), mine_lines(facts, first)
    known = (
        f"We hold this: {theirs[0]}"
        if theirs
        else "We hold nothing of its own, so read its page the night before."
    )
    joined = f" Your side: {ours[0]}" if ours else ""
    return Said(
        title="“Why our program?”",
        say=(
            f"Join one fact of theirs and one of yours in a sentence, for {first.name} for instance. "
            f"{known}{joined}",
        ),
        write=("Your ___ (their fact) is what I did at ___ (your fact), and I want to ___ there.",),
        avoid=("“a strong clinical program”", "what fits any program"),
        slots=(("first", first.name),),
    )


@rule(
    "interview.specialty",
    trigger="She applies in two specialties or more",
    reason="You apply in {specialties}.",
    sources=("uw_interview", "nrmp_asked"),
    factors=("specialty_commitment",),
    when=lambda facts: len(facts.me.specialties) > 1,
)
def specialty(facts: BriefFacts) -> Said:
    names = specialties_words(facts)
    done = next((item for item in facts.hands_on if item.specialty in facts.me.specialties), None)
    proof = (
        f"You have {one_of(done, facts)} to show for one of them; for the others find one patient each."
        if done
        else "You have told us of no rotation named in any of them: find one patient for each."
    )
    return Said(
        title="“Are you applying to anything else?”",
        say=(
            f"You need a true answer for each: {names}. What they share can be your answer. {proof}",
            "You may be asked which other specialties you like; which programs, they may not ask.",
        ),
        slots=(("specialties", names),),
    )


@rule(
    "interview.one",
    trigger="She applies in one specialty only",
    reason="You apply in {specialty} alone.",
    sources=("uw_interview", "nrmp_asked"),
    when=lambda facts: len(facts.me.specialties) == 1,
)
def one(facts: BriefFacts) -> Said:
    name = facts.named(facts.me.specialties[0])
    done = next((item for item in facts.hands_on if item.specialty == facts.me.specialties[0]), None)
    start = (
        f"Start in your {experience_words(done, facts)}"
        if done
        else f"Start with one patient who made it {name}"
    )
    return Said(
        title=f"“Why {name}?”",
        say=(f"{start}, not in childhood. Then one hard thing about {name}, and why you want it still.",),
        slots=(("specialty", name),),
    )


@rule(
    "interview.others",
    trigger="Said to everybody, with her own list",
    reason="Your list holds {number} in {rings}.",
    sources=("nrmp_asked",),
)
def others(facts: BriefFacts) -> Said:
    near, all_of = facts.by_ring.get(HOME, 0), facts.applications
    rings = sum(1 for count in facts.by_ring.values() if count)
    away = all_of - near
    split = (
        f"{near} of your {all_of} are near Los Angeles; say, if it is so, that you would go gladly to the "
        f"other {away} too."
        if near and away
        else (
            f"all {all_of} are {'near Los Angeles' if near else 'away from Los Angeles'}, an answer in "
            "itself."
        )
    )
    return Said(
        title="“Where else did you apply?”",
        say=(f"They may not ask, though you may tell: {split}",),
        slots=(
            ("number", counted(all_of, "program")),
            ("rings", counted(rings, "part of the country", "parts of the country")),
        ),
    )
