"""Her link to Los Angeles, made specific from what she told; where there is none, that is said."""

from matching.brief.facts import HOME, BriefFacts
from matching.brief.registry import Said, rule
from matching.brief.words import (
    capital,
    counted,
    experience_words,
    listed,
    one_of,
    service_words,
    specialties_words,
    tie_words,
    tongues_words,
)
from matching.scoring.applicant import HANDS_ON

PLAN = ("matching:plan", "See what your plan says")
WESTERN = ("los-angeles", "california", "west-coast")
# The county's mental health service must be able to speak these (its language plan of 2017).
COUNTY = frozenset({"ar", "hy", "km", "zh", "fa", "ko", "ru", "es", "tl", "vi"})
TIE_DRAFTS = {
    "family": "My ___ (who) lives in ___ (which part of Los Angeles), and I have spent ___ there.",
    "residence": "I have lived in ___ (which part) since ___, and I see ___ there each week.",
    "grew_up": "I grew up in ___ (which part), went to ___, and the clinic that served us was ___.",
    "education": "I studied at ___ in Los Angeles, and stayed for ___.",
    "work": "I worked at ___ in Los Angeles, where I ___.",
}


def here(facts: BriefFacts) -> tuple[str, ...]:
    """Her clinical work and service in greater Los Angeles, in words."""
    work = [experience_words(item, facts) for item in facts.clinical_home]
    return (*work, *(service_words(item) for item in facts.at_home("service")))


def with_article(facts: BriefFacts) -> tuple[str, ...]:
    work = [one_of(item, facts) for item in facts.clinical_home]
    return (*work, *(service_words(item) for item in facts.at_home("service")))


def spoken_here(facts: BriefFacts) -> tuple[str, ...]:
    return tuple(code for code in facts.tongues if code in COUNTY)


def in_state(facts: BriefFacts) -> tuple[str, ...]:
    """What she did in California outside greater Los Angeles, in words."""
    items = [item for item in facts.me.experience or () if item.ring == "california"]
    return tuple(experience_words(item, facts) for item in items)


def minded(facts: BriefFacts) -> bool:
    """She wishes for it, or the list reaches it because she asked for the state."""
    return facts.wish in ("los-angeles", "california")


@rule(
    "los-angeles.tie",
    trigger="She has a tie to greater Los Angeles",
    reason="You told us of {ties}.",
    sources=("judgement",),
    factors=("geography",),
    when=lambda facts: bool(facts.at_home("ties")),
)
def tie(facts: BriefFacts) -> Said:
    ties = facts.at_home("ties")
    words = listed(tie_words(item) for item in ties)
    return Said(
        title=f"{capital(words)}: name the place, the people, the years",
        say=(
            f"To {words} add the part of the city, the people and the years, and then who is ill there and "
            "what you "
            "saw of it. A tie counts when it has a street in it.",
        ),
        write=tuple(TIE_DRAFTS[item.kind] for item in ties),
        avoid=("the weather, the sea and the food", "“I have always loved Los Angeles”"),
        slots=(("ties", words),),
        short=f"Los Angeles: put a place, people and years to {words}.",
    )


@rule(
    "los-angeles.work",
    trigger="She has worked or served with patients in greater Los Angeles",
    reason="You told us of {work}.",
    sources=("judgement",),
    factors=("usce_local", "mission"),
    when=lambda facts: bool(here(facts)),
)
def work(facts: BriefFacts) -> Said:
    done, number = here(facts), facts.by_ring.get(HOME, 0)
    proven = bool(facts.at_home("service")) or any(item.kind in HANDS_ON for item in facts.clinical_home)
    yours = capital(listed(f"your {words}" for words in done))
    known = (
        f"{yours}: programs there can picture you at work."
        if proven
        else (
            f"{yours}: you have seen the place, but nobody there has seen you work. A hands-on month "
            "would change that."
        )
    )
    place = (
        f"For the {counted(number, 'program')} near Los Angeles on your list, put it in the first third of "
        "the statement."
        if number
        else "No program near Los Angeles is on your list as it stands; keep this for when one is."
    )
    return Said(
        title="You have worked there: your strongest proof" if proven else "You have watched there: a start",
        say=(
            f"{known} {place} Name the site, the neighborhood it serves, and one thing about its patients "
            "that "
            "surprised you.",
        ),
        write=("At ___ (site) in ___ (neighborhood) I saw ___ (which patients), and I learned that ___.",),
        slots=(("work", listed(with_article(facts))),),
        short="" if facts.at_home("ties") else f"Los Angeles: lead with your {done[0]}.",
    )


@rule(
    "los-angeles.languages",
    trigger="She speaks a language that the county must be able to serve in",
    reason=(
        "You told us that you speak {tongues}; the county’s mental health plan lists {it} among those "
        "it must serve in."
    ),
    sources=("county_languages",),
    when=lambda facts: bool(spoken_here(facts)) and (minded(facts) or facts.linked_home),
)
def languages(facts: BriefFacts) -> Said:
    codes = spoken_here(facts)
    tongues = tongues_words(codes)
    used = here(facts)
    it = "it" if len(codes) == 1 else "them"
    where = (
        f" Say whether you used {it} in your {used[-1]}."
        if used
        else f" Say where you have used {it} with patients."
    )
    return Said(
        title=f"{tongues} is a link, if you have used it at work"
        if len(codes) == 1
        else f"{tongues} are a link, if used at work",
        say=(
            f"Many patients in the county speak {tongues} first.{where} Can you take a history in {it} "
            "alone, or only "
            "with an interpreter for the hard parts?",
        ),
        slots=(("tongues", tongues), ("it", it)),
    )


@rule(
    "los-angeles.half",
    trigger="She has a tie there but has told of no work with patients there",
    reason="You told us of {ties}, and of no rotation or service there.",
    sources=("judgement",),
    factors=("geography", "usce_local"),
    when=lambda facts: bool(facts.at_home("ties")) and not here(facts),
)
def half(facts: BriefFacts) -> Said:
    ties = listed(tie_words(item) for item in facts.at_home("ties"))
    away = in_state(facts)
    elsewhere = f" As for your {listed(away)}: it counts for the state; say which city." if away else ""
    return Said(
        title="Half of the link is still missing",
        say=(
            f"{capital(ties)} says why you would stay. It does not say that anyone there knows your work. "
            "Four weeks "
            f"in {specialties_words(facts, 'or')} in the five counties around Los Angeles would.{elsewhere}",
        ),
        slots=(("ties", ties),),
        link=PLAN,
    )
