"""Which experiences to put first, and how to put numbers to them."""

from matching.brief.facts import HOME, BriefFacts
from matching.brief.registry import Item, Said, rule
from matching.brief.sources import mark
from matching.brief.words import (
    capital,
    counted,
    experience_words,
    listed,
    one_of,
    service_words,
    specialties_words,
)
from matching.scoring.applicant import HANDS_ON, Experience, Service

PLAN = ("matching:plan", "See what your plan says")
BLANKS = {
    "sub_internship": "___ patients carried at once, ___ notes a day, one decision that was yours: ___",
    "core_clerkship": (
        "each specialty with its weeks: ___; patients seen a day: ___; one written comment: ___"
    ),
    "elective": "___ patients a week, ___ cases presented, what you were trusted with by the end: ___",
    "externship": "___ patients a week, ___ hours a week, what you did with your own hands: ___",
    "observership": "___ clinics or rounds watched, ___ cases discussed; say that you observed",
    "research": "your own part: ___; ___ charts or patients; what came of it: ___",
}
SERVED_BLANKS = {
    "free_clinic": (
        "___ shifts a month, ___ patients a shift, your task: ___, one thing that runs better since: ___"
    ),
    "underserved": "___ hours a month, ___ people reached, who they are: ___, what you learned to ask: ___",
    "rural": "___ visits, ___ miles to the next hospital, what you did without: ___",
    "community_health": "___ events or visits, ___ people reached, what they did after: ___",
    "veterans": "___ veterans a month, what most came for: ___, what you did for one of them: ___",
    "other": "___ hours a month, whom it was for: ___, what changed: ___",
}
KIND_ORDER = ("sub_internship", "externship", "elective", "core_clerkship", "observership", "research")


def _weight(item: Experience, facts: BriefFacts) -> tuple[bool, bool, bool, int, int]:
    """Hands-on work in a specialty she applies in, at the place she wants, first."""
    return (
        item.kind not in HANDS_ON,
        item.specialty not in facts.me.specialties,
        facts.wants_home and item.ring != HOME,
        KIND_ORDER.index(item.kind),
        -(item.weeks or 0),
    )


def experiences_ordered(facts: BriefFacts) -> tuple[Experience | Service, ...]:
    """Hands-on work, then service, then watching and research."""
    items = sorted(facts.me.experience or (), key=lambda item: _weight(item, facts))
    hands = [item for item in items if item.kind in HANDS_ON]
    rest = [item for item in items if item.kind not in HANDS_ON]
    served = sorted(
        facts.me.service or (), key=lambda item: (facts.wants_home and item.ring != HOME, -(item.months or 0))
    )
    return (*hands, *served, *rest)


def name_of(item: Experience | Service, facts: BriefFacts) -> str:
    return service_words(item) if isinstance(item, Service) else experience_words(item, facts)


def _line(item: Experience | Service, facts: BriefFacts) -> Item:
    blanks = SERVED_BLANKS[item.focus] if isinstance(item, Service) else BLANKS[item.kind]
    published = facts.me.research_publications
    if isinstance(item, Experience) and item.kind == "research" and published:
        blanks = (
            "your own part: ___; ___ charts or patients; of your "
            f"{counted(published, 'publication')}, yours: ___"
        )
    return Item(capital(name_of(item, facts)), f"Fill in: {blanks}.")


def _numbers(facts: BriefFacts) -> str:
    """Her own totals, in a few words."""
    months = sum(item.months or 0 for item in facts.me.service or ())
    watched = sum(item.weeks or 0 for item in facts.me.experience or () if item.kind not in HANDS_ON)
    parts = [f"{counted(facts.hands_on_weeks, 'week')} hands-on"] if facts.hands_on_weeks else []
    parts += [f"{counted(months, 'month')} of service"] if months else []
    parts += [f"{counted(watched, 'week')} of watching or research"] if watched else []
    return listed(parts) or "lengths still to be told"


@rule(
    "experiences.order",
    trigger="She has told of an experience or a service",
    reason="You told us of {number}; hands-on work in your specialty and place goes first.",
    sources=("judgement",),
    factors=("usce", "specialty_commitment", "mission"),
    when=lambda facts: bool(facts.me.experience or facts.me.service),
)
def order(facts: BriefFacts) -> Said:
    items = experiences_ordered(facts)
    first = name_of(items[0], facts)
    return Said(
        title="In this order",
        say=(
            (
                f"A number beats an adjective, so begin with those you have ({_numbers(facts)}) and fill the "
                "blanks."
            ),
        ),
        items=tuple(_line(item, facts) for item in items),
        avoid=(
            "“exposed to”, “involved in” and “passionate about”",
            "a number you could not stand by in a talk",
        ),
        slots=(("number", counted(len(items), "experience")),),
        short=f"Lead with your {first}.",
    )


def _room_words(room: int, most: int) -> str:
    if room <= 0:
        return f"Choose {most}, and leave the rest out"
    return f"All {most} places are still free" if room == most else f"{counted(room, 'place')} left of {most}"


@rule(
    "experiences.limit",
    trigger="Said to everybody, with her own count",
    reason="You have told us of {number}, and the form takes {most}.",
    sources=("aamc_experience", "mededits_timeline"),
)
def limit(facts: BriefFacts) -> Said:
    items = experiences_ordered(facts)
    most, best = mark("experiences_most"), mark("meaningful_most")
    chosen = [f"your {name_of(item, facts)}" for item in items[:best]]
    if len(chosen) == best:
        pick = f"take {listed(chosen)}."
    elif chosen:
        pick = f"take {listed(chosen)}, and find {best - len(chosen)} more."
    else:
        pick = "you have told us of none yet, and work, teaching or care for a relative count too."
    room = most - len(items)
    return Said(
        title=_room_words(room, most),
        say=(
            f"The form has room for {most} experiences and lets you mark {best} as the most meaningful: "
            f"{pick} "
            "(It was so in the seasons we could read; check your own year.)",
        ),
        slots=(
            ("number", counted(len(items), "experience") if items else "no experience"),
            ("most", str(most)),
        ),
    )


@rule(
    "experiences.watching",
    trigger="All clinical experience told is observing",
    reason="You told us of {what}, and of no hands-on work.",
    sources=("judgement",),
    factors=("usce",),
    when=lambda facts: bool(facts.me.experience) and not facts.hands_on,
)
def watching(facts: BriefFacts) -> Said:
    what = listed(one_of(item, facts) for item in facts.me.experience or ())
    mine = listed(experience_words(item, facts) for item in facts.me.experience or ())
    return Said(
        title="Do not let watching stand alone",
        say=(
            f"Your {mine} may stand on the form, but it does not show what you can do. A hands-on rotation "
            "of "
            f"four weeks in {specialties_words(facts, 'or')} would stand above it and could bring a letter.",
        ),
        slots=(("what", what),),
        short="Get one hands-on rotation to stand above your observership.",
        link=PLAN,
    )


@rule(
    "experiences.none",
    trigger="She has no US experience and no service so far",
    reason="You told us that you have no US experience yet.",
    sources=("judgement",),
    factors=("usce",),
    when=lambda facts: facts.me.experience == () and not facts.me.service,
)
def none(facts: BriefFacts) -> Said:
    wanted = "in greater Los Angeles " if facts.wants_home else ""
    return Said(
        title="What to start so that there is something to tell",
        say=(
            f"Two things carry an application in {specialties_words(facts, 'or')}: clerkship weeks with "
            "your own "
            f"patients, and one service you keep up. Begin the service {wanted}now, a few hours a month. "
            "A year of it is worth more than three short ones.",
            "From the first day keep a note: date, hours, patients, one line on what you did.",
        ),
        short="Begin one service now and keep a count of hours and patients.",
        link=PLAN,
    )


@rule(
    "experiences.unknown",
    trigger="Experience is not told",
    reason="Your profile says nothing of US experience, so we assume the usual amount.",
    sources=("judgement",),
    factors=("usce",),
    when=lambda facts: facts.me.experience is None,
)
def unknown(facts: BriefFacts) -> Said:
    return Said(
        title="Tell us first what you have done",
        say=(
            "We cannot say what to put first before we know it. Which rotations did you do in the US, for "
            "how many "
            f"weeks, in which state, and was one in {specialties_words(facts, 'or')}? Did you serve "
            "anywhere for "
            "more than a few months?",
        ),
        short="Add your rotations and service, so that we can say what to lead with.",
        link=("matching:profile", "Add your experience"),
    )
