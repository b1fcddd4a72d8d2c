"""Her link to Los Angeles where it is weak or not sought, and where the form asks for a place."""

from matching.brief.facts import HOME, BriefFacts
from matching.brief.registry import Said, rule
from matching.brief.rules.los_angeles import WESTERN, here, in_state, minded
from matching.brief.words import (
    HOME_WORDS,
    counted,
    listed,
    one_of,
    place_of,
    tie_words,
)

PLAN = ("matching:plan", "See what your plan says")


@rule(
    "los-angeles.near",
    trigger="She wants Los Angeles and has worked in California, but has no tie there",
    reason="You want Los Angeles and told us of {away}, but of nothing in greater Los Angeles.",
    sources=("judgement",),
    factors=("usce_local", "letter_local", "geography"),
    when=lambda facts: minded(facts) and not facts.linked_home and bool(in_state(facts)),
)
def near(facts: BriefFacts) -> Said:
    away = listed(in_state(facts))
    return Said(
        title="California is not Los Angeles yet",
        say=(
            f"Your {away} shows the state, not the city. Say so, and do not stretch it. An honest link is "
            "still to be "
            "made: a rotation or a regular clinic shift in the five counties, and a letter from there.",
            "Which city was it in? If it was within the five counties, change it in your profile.",
        ),
        avoid=("calling the state the city", "a cousin you have not met"),
        slots=(
            (
                "away",
                listed(
                    one_of(item, facts) for item in facts.me.experience or () if item.ring == "california"
                ),
            ),
        ),
        short="Los Angeles: you have no link there yet; make one or say honestly why.",
        link=PLAN,
    )


@rule(
    "los-angeles.none",
    trigger="She wants Los Angeles or California and has told of no link to it",
    reason="You want {wish} and told us of {nothing} there.",
    sources=("judgement",),
    factors=("geography", "usce_local"),
    when=lambda facts: minded(facts) and not facts.linked_home and not in_state(facts),
)
def none(facts: BriefFacts) -> Said:
    unsaid = facts.me.ties is None
    number = facts.by_ring.get(HOME, 0)
    ask = (
        "You have not said whether you have any: does family live there, did you grow up, study or work "
        "there?"
        if unsaid
        else "Do not invent one: it is the first thing asked in an interview."
    )
    return Said(
        title="We see no link yet" if not unsaid else "Tell us your link, if there is one",
        say=(
            f"{counted(number, 'program')} on your list {'is' if number == 1 else 'are'} near Los Angeles. "
            f"{ask}",
            "An honest link is made with time: one rotation there, one clinic you go to each month, one "
            "doctor who can "
            "speak of you.",
        ),
        slots=(
            ("wish", HOME_WORDS if facts.wants_home else "California"),
            ("nothing", "no tie or work" if not unsaid else "nothing that ties you"),
        ),
        short="Los Angeles: you have told us of no link; add it or make one.",
        link=("matching:profile", "Add your ties") if unsaid else PLAN,
    )


@rule(
    "los-angeles.elsewhere",
    trigger="She does not ask for Los Angeles and has no link to it",
    reason="You wish for {wish}, and told us of no link to Los Angeles.",
    sources=("judgement",),
    factors=("geography", "usce_local"),
    when=lambda facts: not minded(facts) and not facts.linked_home,
)
def elsewhere(facts: BriefFacts) -> Said:
    places = [*(place_of(item) for item in facts.me.ties or ()), *(place_of(item) for item in facts.hands_on)]
    states = listed(dict.fromkeys(place for place in places if place))
    number = facts.by_ring.get(HOME, 0)
    here_words = (
        f"{counted(number, 'program')} near Los Angeles {'is' if number == 1 else 'are'} on your list. Do "
        "not claim a link there; "
        "speak of the program alone."
        if number
        else "No program near Los Angeles is on your list, so you need no answer to “why Los Angeles”."
    )
    place = "Your place is" if facts.me.ties else "The place that knows you is"
    own = f" {place} {states}: make that one concrete, with a city, people and years." if states else ""
    return Said(
        title=f"Not Los Angeles: {states or 'no place of your own yet'}",
        say=(f"{here_words}{own}",),
        slots=(("wish", "the whole country" if facts.wish == "national" else "no place in particular"),),
    )


@rule(
    "los-angeles.preference",
    trigger="She wishes for a place on the West Coast",
    reason="You wish for {wish}; the form asks for regions, and California lies in the Pacific one.",
    sources=("aamc_biography",),
    when=lambda facts: facts.wish in WESTERN,
)
def preference(facts: BriefFacts) -> Said:
    wish = HOME_WORDS if facts.wants_home else "California"
    west = sum(facts.by_ring.get(ring, 0) for ring in WESTERN)
    ties = listed(tie_words(item) for item in facts.at_home("ties"))
    own = ties or listed(f"your {words}" for words in here(facts))
    grounds = f" and give {own} as the reason" if own else " (your reason: ___)"
    return Said(
        title="In the application: choose the Pacific division",
        say=(
            f"Of the regions that the form lets you name (up to three), name the Pacific{grounds}: "
            f"{west} of the "
            f"{facts.applications} programs on your list lie in the West.",
        ),
        slots=(("wish", wish),),
    )
