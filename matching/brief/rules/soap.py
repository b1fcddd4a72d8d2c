"""The steps if Match Week brings no match, with the dates of her season and how sure they are."""

from matching.brief.facts import BriefFacts
from matching.brief.registry import Item, Said, rule
from matching.brief.rules.letters import missing
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
        say.append(
            f"If you have applied this season, Match Week is in {date_words(now)} ({sure_words(now)})."
        )
    if after:
        say.append(f"If you apply at the next opening, it is in {date_words(after)} ({sure_words(after)}).")
    told = now if now and facts.may_have_applied else after
    return Said(
        title="SOAP runs from Monday to Thursday of Match Week",
        say=(
            " ".join(say),
            "On Monday morning you learn whether you matched, not where; if you did not, the list of "
            "unfilled "
            "programs opens, and you apply through ERAS alone, without a new sign-up, if you are "
            "registered with "
            "the NRMP.",
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
    missing = "; ".join(lacking(facts))
    return Said(
        title="First make sure that you may take part",
        say=(
            f"SOAP is open only to those who can start on 1 July. What stands in the way: {missing}. "
            "If that is not settled before Match Week, SOAP is closed to you, and the next season is the "
            "plan.",
        ),
        slots=(("missing", missing),),
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
            f"Few {name} places may be open that day, so choose now: {name} only, a first year in "
            "something else, "
            f"or {listed(nearby, 'or')} as well, each with a statement ready.",
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
            f"Decide which of {names} gets the first applications if several have places, and keep a "
            "statement "
            f"ready for each, so that the one for {first} goes to no other field.",
        ),
        slots=(("specialties", names),),
    )


def _worst(facts: BriefFacts) -> str:
    """The rule that closes most programs to her."""
    return f" (for you first: “{facts.closed[0][0]}”)" if facts.closed else ""


def _next(facts: BriefFacts) -> str:
    """What she would best do first before another season."""
    if facts.failed:
        return f"the pass of {facts.failed[0]}"
    if facts.me.step2ck.status == "not_taken":
        return "Step 2 CK"
    if facts.me.experience is not None and not facts.hands_on:
        return "a hands-on rotation"
    if facts.me.letters is not None and missing(facts):
        return f"the {counted(missing(facts), 'letter')} still missing"
    if not facts.me.step3.passed:
        return "Step 3"
    return "a talk about your list with someone who has read it"


@rule(
    "soap.steps",
    trigger="Said to everybody, with her own list and letters",
    reason="You have {letters} and {number} on your list.",
    sources=("nrmp_soap", "ou_soap", "blueprint_soap"),
)
def steps(facts: BriefFacts) -> Said:
    letters = len(facts.me.letters or ())
    where = "if you would leave Los Angeles for it" if facts.wants_home else "how far you would go for it"
    sent = listed(
        part
        for part in (counted(letters, "letter") if letters else "", "each statement", "the transcript")
        if part
    )
    return Said(
        title="The week, step by step",
        items=(
            Item("Before", f"Have {sent} in ERAS, keep the day free, and decide {where}."),
            Item(
                "Monday",
                f"Sort the unfilled programs by the rules you meet{_worst(facts)}, then by place. How many "
                "you may "
                "apply to has a limit: for years it was 45, so check yours.",
            ),
            Item(
                "Until they call",
                ("Contact no program before it contacts you, nor let anybody do it for you."),
            ),
            Item(
                "Thursday",
                ("An offer, once let go, does not come again from that program: decide in its two hours."),
            ),
            Item("After", f"If nothing came, rest for a week, then begin with {_next(facts)}."),
        ),
        slots=(
            ("letters", counted(letters, "letter") if letters else "no letter we know of"),
            ("number", counted(facts.applications, "program")),
        ),
    )
