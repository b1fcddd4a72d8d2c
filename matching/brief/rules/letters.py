"""Letters: what she has, what is missing, from whom and where to ask, and by when."""

from matching.brief.facts import HOME, BriefFacts
from matching.brief.registry import Item, Said, rule
from matching.brief.sources import mark
from matching.brief.words import (
    HOME_WORDS,
    counted,
    experience_words,
    letter_words,
    listed,
    service_words,
    specialties_words,
)
from matching.scoring.applicant import Experience

PLAN = ("matching:plan", "See what your plan says")


def missing(facts: BriefFacts) -> int:
    return max(0, mark("letters_wanted") - len(facts.us_letters))


def unwritten(facts: BriefFacts) -> tuple[Experience, ...]:
    """Hands-on rotations from which no letter has come, as far as places and specialties tell."""
    letters = list(facts.us_letters)
    left = []
    for item in sorted(facts.hands_on, key=lambda item: item.specialty is None):
        match = next(
            (
                letter
                for letter in letters
                if (letter.ring, letter.state) == (item.ring, item.state)
                and (item.specialty is None or letter.specialty in (None, item.specialty))
            ),
            None,
        )
        if match is None:
            left.append(item)
        else:
            letters.remove(match)
    return tuple(left)


def unlettered(facts: BriefFacts) -> tuple[str, ...]:
    """Specialties she applies in without a US letter from that field."""
    told = {letter.specialty for letter in facts.us_letters}
    return tuple(slug for slug in facts.me.specialties if slug not in told)


def _leader(item: Experience, facts: BriefFacts) -> str:
    """Who can write of a rotation: one of several where it went through many wards."""
    who = "One attending of" if item.kind == "core_clerkship" else "Whoever led"
    return f"{who} your {experience_words(item, facts)}"


def _asks(facts: BriefFacts) -> tuple[Item, ...]:
    items = [
        Item(
            _leader(item, facts),
            "They saw you work. Ask for two things they watched you do, not for praise.",
        )
        for item in unwritten(facts)
    ]
    if bare := [facts.named(slug) for slug in unlettered(facts)]:
        unsaid = any(letter.specialty is None for letter in facts.us_letters)
        asks = " One of your letters names no field: which is it?" if unsaid else ""
        text = (
            f"You have told us of no letter from {listed(bare, 'or from')}.{asks} Four weeks there are "
            "the way to one."
        )
        items.append(Item(f"An attending in {listed(bare, 'and one in')}", text))
    if facts.wants_home and not any(letter.ring == HOME for letter in facts.us_letters):
        items.append(
            Item(
                f"A doctor in greater {HOME_WORDS}",
                "None of your letters is from there, and you want to train there. One local voice says you "
                "are known.",
            )
        )
    if not items and facts.me.service:
        served = service_words(facts.me.service[0])
        items.append(
            Item(
                f"The doctor who led your {served}",
                "They know you longest. Ask for one thing you changed there.",
            )
        )
    if len(items) < missing(facts):
        text = "Ask in its last week. Two letters may come from one place, if two doctors saw you work."
        items.append(Item("From your next rotation", text))
    return tuple(items)


@rule(
    "letters.have",
    trigger="She has told of at least one letter",
    reason="You told us of {number}.",
    sources=("ecfmg_letters",),
    factors=("letters", "letter_local"),
    when=lambda facts: bool(facts.me.letters),
)
def have(facts: BriefFacts) -> Said:
    letters = facts.me.letters or ()
    told: dict[str, int] = {}
    for letter in letters:
        told[letter_words(letter, facts)] = told.get(letter_words(letter, facts), 0) + 1
    lines = [f"{count} by {who}" if count > 1 else f"one by {who}" for who, count in told.items()]
    ours = len(facts.us_letters)
    wanted = mark("letters_wanted")
    verdict = (
        f"Most programs that name a number ask for {wanted}, so you have enough."
        if ours >= wanted
        else f"That makes {counted(ours, 'US letter')}; most programs that name a number ask for {wanted}."
    )
    return Said(
        title=f"You have {counted(len(letters), 'letter')}",
        say=(f"You have {listed(lines)}. {verdict}",),
        slots=(("number", counted(len(letters), "letter")),),
    )


@rule(
    "letters.ask",
    trigger="Fewer US letters than most programs ask for",
    reason="You told us of {have}, and most programs that state a number ask for {wanted}.",
    sources=("ecfmg_letters", "held"),
    factors=("letters", "letter_local"),
    when=lambda facts: facts.me.letters is not None and missing(facts) > 0,
)
def ask(facts: BriefFacts) -> Said:
    items = _asks(facts)
    weeks = counted(facts.hands_on_weeks, "week")
    seen = f" in those {weeks} hands-on" if facts.hands_on_weeks else ""
    first = items[0].head if items else "an attending who saw you work"
    return Said(
        title=f"Ask for {counted(missing(facts), 'more letter')}",
        say=(
            f"Ask whoever saw most of your work{seen}, not the one with the longest title, and give them "
            "your "
            "statement, your dates and one patient you shared.",
        ),
        items=items,
        avoid=("a letter from someone who does not remember you", "asking by a form letter"),
        slots=(
            ("have", counted(len(facts.us_letters), "US letter") if facts.us_letters else "no US letter"),
            ("wanted", str(mark("letters_wanted"))),
        ),
        short=(
            f"Letters: {counted(missing(facts), 'more', 'more')} to get. First: "
            f"{first[:1].lower()}{first[1:]}."
        ),
        link=PLAN,
    )


@rule(
    "letters.enough",
    trigger="As many US letters as most programs ask for",
    reason="You told us of {have}.",
    sources=("aamc_letters",),
    factors=("letters",),
    when=lambda facts: len(facts.us_letters) >= mark("letters_wanted"),
)
def enough(facts: BriefFacts) -> Said:
    home = facts.wants_home and not any(letter.ring == HOME for letter in facts.us_letters)
    more = (
        "One more is worth its trouble: from a doctor in greater Los Angeles."
        if home
        else "A fourth is worth asking for only if it says something the others do not."
    )
    return Said(
        title="Enough letters: choose rather than add",
        say=(
            f"You may send up to {mark('letters_most')} to each program, and each program may get its own "
            f"set. {more} "
            "Ask each writer for a new date on the letter if it is older than a year.",
        ),
        slots=(("have", counted(len(facts.us_letters), "US letter")),),
        short=f"You have your {len(facts.us_letters)} letters; choose which goes where.",
    )


@rule(
    "letters.unknown",
    trigger="Letters are not told",
    reason="Your profile says nothing of letters, so we assume the usual number.",
    sources=("held",),
    factors=("letters",),
    when=lambda facts: facts.me.letters is None,
)
def unknown(facts: BriefFacts) -> Said:
    asked = unwritten(facts)
    start = (
        f"The first to ask: {_leader(asked[0], facts)[:1].lower()}{_leader(asked[0], facts)[1:]}."
        if asked
        else f"Until then: look for an attending in {specialties_words(facts, 'or')} who saw you work."
    )
    return Said(
        title="Who has written for you?",
        say=(f"Tell us the writers: US academic or clinician, which specialty, which state. {start}",),
        short="Tell us who has written for you, so that we can say who is missing.",
        link=("matching:profile", "Add your letters"),
    )
