"""E-mails of interest: only where there is a connection, and why to write to nobody else."""

from matching.brief.facts import BriefFacts
from matching.brief.program_facts import ProgramFacts
from matching.brief.registry import Said, rule
from matching.brief.rules.links import Link, linked
from matching.brief.sources import mark
from matching.brief.words import WHO, counted


def chosen(facts: BriefFacts) -> tuple[tuple[ProgramFacts, tuple[Link, ...]], ...]:
    return linked(facts)[: mark("emails_most")]


@rule(
    "emails.linked",
    trigger="A program on her list knows her, or a tie nearby meets what it is",
    reason="{because}",
    sources=("email_advice", "held", "judgement"),
    when=lambda facts: bool(linked(facts)),
)
def some(facts: BriefFacts) -> tuple[Said, ...]:
    told = chosen(facts)
    which = " first" if len(told) < len(linked(facts)) else ", and to no other"
    rest = facts.applications - len(linked(facts))
    head = Said(
        title=f"Write to {counted(len(told), 'program')}{which}",
        say=(
            "A reason is yours when you worked there, when they wrote for you, or when a tie nearby meets "
            "what they are. "
            f"{some_words(len(linked(facts)), len(told))} The other {rest} would read a form letter: send "
            "them nothing "
            "but a question about a rule.",
            "Write after you have applied and before invitations go out, once, to the coordinator. Five "
            "lines.",
        ),
        avoid=(
            "a copied letter with another name on top",
            "asking for an interview",
            "a second e-mail within a month",
        ),
        slots=(
            (
                "because",
                f"{counted(len(linked(facts)), 'program')} on your list "
                f"{'gives' if len(linked(facts)) == 1 else 'give'} you such a reason.",
            ),
        ),
        short=f"Send {counted(len(told), 'e-mail')} of interest, for a reason that is yours alone.",
    )
    return (head, *(draft(facts, program, links) for program, links in told))


def some_words(linked: int, told: int) -> str:
    """How many there are, and that the first stand below."""
    if linked == 1:
        return "You have one for a single program, below."
    if linked == told:
        return f"You have one for the {counted(told, 'program')} below."
    return f"You have one for {linked} programs; begin with the {told} below."


def _chosen_words(linked: int) -> str:
    if linked == 1:
        return "It is the only one on your list to which your own facts point."
    return f"It is one of {linked} on your list to which your own facts point."


def draft(facts: BriefFacts, program: ProgramFacts, links: tuple[Link, ...]) -> Said:
    who = WHO.get(facts.me.applicant_type or "", "an international medical graduate")
    mine = links[0].mine.replace("your ", "my ")
    return Said(
        title=f"{program.name}, {program.specialty_name.lower()}",
        say=(f"Your reason: {links[0].mine}. Their side: {links[0].theirs}.",),
        write=(
            "Dear program coordinator,",
            f"I am {who} and have applied to your {program.specialty_name.lower()} program (AAMC ID ___).",
            f"I write because of {mine}.",
            f"In {program.city} I would like to ___ (one thing from their page that you could say of no "
            "other).",
            "Thank you for reading this. ___ (name)",
        ),
        slots=(("because", _chosen_words(len(linked(facts)))),),
    )


@rule(
    "emails.none",
    trigger="No program on her list is connected with her as far as she has told",
    reason=(
        "You named no program where you rotated or that wrote for you, and no tie that meets what we "
        "hold of one."
    ),
    sources=("email_advice", "judgement"),
    when=lambda facts: not linked(facts),
)
def nobody(facts: BriefFacts) -> Said:
    rotated = bool(facts.hands_on)
    ask = (
        f"Where were your {counted(facts.hands_on_weeks, 'week')} of hands-on work? Name the program in "
        "your profile: if it "
        "is on your list, that is a reason to write."
        if rotated
        else (
            "A rotation or a talk with one of its residents would make a reason. Until then, silence "
            "costs you nothing."
        )
    )
    return Said(
        title="Write to none of them yet",
        say=(
            f"We see no program among your {facts.applications} with a reason to know your name, and a "
            "letter without a "
            f"reason is one of hundreds. {ask}",
        ),
        short="Send no e-mails of interest yet.",
        link=("matching:profile", "Name your rotation’s program") if rotated else None,
    )
