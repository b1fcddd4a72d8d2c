"""The steps if Match Week brings no match, with the dates of her season and how sure they are."""

from matching.brief.facts import BriefFacts
from matching.brief.registry import Item, Said, rule
from matching.brief.words import counted, date_words, listed, specialties_words, sure_words

WIDE = ("family-medicine", "internal-medicine", "pediatrics", "psychiatry")


@rule(
    "soap.when",
    trigger="Said to everybody, with the dates of her season",
    reason="Your answer is for season {season}; the Match Week that can be yours is in {week}.",
    sources=("seasons", "nrmp_soap", "aamc_soap"),
)
def when(facts: BriefFacts) -> Said:
    now, after = facts.dates.match_week, facts.dates.next_match_week
    say = []
    if now and facts.may_have_applied:
        say.append(f"If you have applied this season: Match Week is in {date_words(now)}. {sure_words(now)}")
    if after:
        say.append(f"If you apply at the next opening: it is in {date_words(after)}. {sure_words(after)}")
    told = now if now and facts.may_have_applied else after
    return Said(
        title="SOAP runs from Monday to Thursday of Match Week",
        say=(
            *say,
            "On Monday morning you learn whether you matched, not where. If you did not, the list of "
            "unfilled programs "
            "opens the same morning, and you apply through ERAS alone. You need no new sign-up, but you "
            "must be "
            "registered with the NRMP for the Match.",
        ),
        slots=(("season", facts.season), ("week", date_words(told) if told else "a month we do not hold")),
    )


@rule(
    "soap.not_yet",
    trigger="Something that SOAP asks for is still missing or not told",
    reason="From your profile: {missing}.",
    sources=("aamc_soap", "nrmp_soap"),
    when=lambda facts: bool(lacking(facts)),
)
def not_yet(facts: BriefFacts) -> Said:
    missing = lacking(facts)
    return Said(
        title="First make sure that you may take part",
        say=(
            f"SOAP is open only to those who can start on 1 July. What stands in the way: {listed(missing)}. "
            "If that is not settled before Match Week, SOAP is closed to you, and the next season is the "
            "plan.",
        ),
        slots=(("missing", listed(missing)),),
    )


def lacking(facts: BriefFacts) -> tuple[str, ...]:
    """What stands between her and SOAP, as far as she has told."""
    parts = [f"{label} is failed and not passed yet" for label in facts.failed]
    two = facts.me.step2ck
    if two.status in ("pending", "not_taken"):
        parts.append(
            "the Step 2 CK result is not in" if two.status == "pending" else "Step 2 CK is still to be sat"
        )
    if facts.abroad and facts.me.ecfmg_certified is not True:
        known = facts.me.ecfmg_certified is False
        parts.append(
            "you do not hold the ECFMG certificate yet"
            if known
            else "you have not said if you hold the ECFMG certificate"
        )
    return tuple(parts)


@rule(
    "soap.one",
    trigger="She applies in one specialty only",
    reason="You apply in {specialty} alone.",
    sources=("judgement",),
    when=lambda facts: len(facts.me.specialties) == 1,
)
def one(facts: BriefFacts) -> Said:
    mine = facts.me.specialties[0]
    name = facts.named(mine)
    nearby = [facts.named(slug) for slug in WIDE if slug != mine]
    return Said(
        title=f"Decide in time whether it is {name} or nothing",
        say=(
            f"Few {name} places may be open, and there is no time to think that day. Choose now: {name} "
            "only, a first year "
            f"in something else, or {listed(nearby, 'or')} as well. For each one you would take, have a "
            "statement ready.",
        ),
        slots=(("specialty", name),),
    )


@rule(
    "soap.several",
    trigger="She applies in two specialties or more",
    reason="You apply in {specialties}.",
    sources=("judgement",),
    when=lambda facts: len(facts.me.specialties) > 1,
)
def several(facts: BriefFacts) -> Said:
    names = specialties_words(facts)
    first = facts.named(facts.me.specialties[0])
    return Said(
        title="Put your specialties in order before that week",
        say=(
            f"You have {names}. Decide which gets the first applications if both have places, and write "
            "down why. Keep a "
            f"statement ready for each, and do not send the one for {first} to another field.",
        ),
        slots=(("specialties", names),),
    )


@rule(
    "soap.steps",
    trigger="Said to everybody, with her own list and letters",
    reason="You have {letters} and {number} on your list.",
    sources=("nrmp_soap", "ou_soap", "blueprint_soap"),
)
def steps(facts: BriefFacts) -> Said:
    letters = len(facts.me.letters or ())
    where = "anywhere in the country" if not facts.wants_home else "outside Los Angeles too"
    sent = listed(
        part
        for part in (counted(letters, "letter") if letters else "", "each statement", "the transcript")
        if part
    )
    return Said(
        title="The week, step by step",
        items=(
            Item(
                "Before",
                f"Have {sent} in ERAS, and a quiet room, a phone and a day off. Decide if you would go "
                f"{where}.",
            ),
            Item(
                "Monday",
                "Sort the list of unfilled programs by rules you meet, then by place. The number of "
                "applications "
                "has a limit; it has long been 45. Check it for your year.",
            ),
            Item(
                "Until they call",
                "Contact no program before it contacts you, and let nobody do it for you. It is a rule.",
            ),
            Item(
                "Thursday",
                "Offers come in rounds of two hours. An offer let go does not come again from that program.",
            ),
            Item(
                "After",
                "If nothing came, rest for a week. Then ask us for a plan with the next opening in view.",
            ),
        ),
        slots=(
            ("letters", counted(letters, "letter") if letters else "no letter we know of"),
            ("number", counted(facts.applications, "program")),
        ),
    )
