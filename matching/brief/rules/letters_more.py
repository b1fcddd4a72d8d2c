"""Letters: who has written from abroad, what programs say of writers, by when to ask."""

from datetime import timedelta

from matching.brief.facts import BriefFacts
from matching.brief.registry import Item, Said, rule
from matching.brief.rules.letters import missing
from matching.brief.sources import mark
from matching.brief.words import (
    counted,
    date_words,
    month_words,
    sure_words,
)

PLAN = ("matching:plan", "See what your plan says")


@rule(
    "letters.abroad",
    trigger="One of her letters is from outside the US",
    reason="You told us of a letter from outside the US.",
    sources=("ecfmg_letters", "judgement"),
    when=lambda facts: any(letter.author == "non_us" for letter in facts.me.letters or ()),
)
def abroad(facts: BriefFacts) -> Said:
    ours = len(facts.us_letters)
    return Said(
        title="The letter from abroad",
        say=(
            f"Send it only where a fourth is welcome, after your {counted(ours, 'US letter')}. Ask the "
            "writer to compare you "
            "with residents they know, and to say how you would do on a US ward.",
        ),
    )


@rule(
    "letters.rules",
    trigger="Programs on her list say who should write",
    reason="{number} on your list {verb} who should write, as far as we know.",
    sources=("held",),
    when=lambda facts: any(program.stated("letters_policy") for program in facts.programs),
)
def rules(facts: BriefFacts) -> Said:
    stating = [program for program in facts.programs if program.stated("letters_policy")]
    items = tuple(
        Item(f"{program.name}, {program.specialty_name.lower()}", f"{program.stated('letters_policy')}.")
        for program in stating[:5]
    )
    more = (
        f" Here are {len(items)} of {len(stating)}; the others’ rules are on their own pages."
        if len(stating) > 5
        else ""
    )
    told = counted(mark("letters_wanted"), "letter")
    return Said(
        title="Programs on your list that say who should write",
        say=(f"Check each against the {told} you will have.{more}",),
        items=items,
        slots=(
            ("number", counted(len(stating), "program")),
            ("verb", "says" if len(stating) == 1 else "say"),
        ),
    )


@rule(
    "letters.when",
    trigger="Said to everybody, with her own number and the dates of her season",
    reason="Applications next open in {opens}; a letter takes up to {weeks}.",
    sources=("sinai_letters", "seasons"),
)
def when(facts: BriefFacts) -> Said:
    weeks = mark("letter_weeks")
    opens = facts.dates.opens
    slots = (
        ("opens", date_words(opens) if opens else "a month we do not hold"),
        ("weeks", counted(weeks, "week")),
    )
    if opens is None:
        return Said(
            title="When to ask",
            say=(f"Ask at least {counted(weeks, 'week')} before you apply.",),
            slots=slots,
        )
    by = opens.day - timedelta(weeks=weeks)
    number = missing(facts) if facts.me.letters is not None else 0
    who = {
        0: "your writers for a fresh date" if facts.me.letters else "each writer",
        1: ("the writer still missing"),
    }.get(number, f"each of the {number} writers still missing")
    return Said(
        title=f"Ask by {month_words(by)}",
        say=(
            f"Ask {who} before you part, and by {month_words(by)} at the latest: a letter takes six to "
            f"{weeks} weeks, "
            f"and applications open in {date_words(opens)} ({sure_words(opens)}).",
            "If you have applied this season, a new letter still helps at programs that have not invited yet."
            if facts.may_have_applied and facts.me.letters is not None
            else "",
        ),
        slots=slots,
    )
