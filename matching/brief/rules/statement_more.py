"""What the statement explains besides scores: a silent gap, conduct, an earlier season, long years."""

from matching.brief.facts import BriefFacts
from matching.brief.registry import Said, rule
from matching.brief.sources import mark
from matching.brief.words import counted, one_of, service_words


def doing_now(facts: BriefFacts) -> str:
    """The nearest thing to present work that she has told, in words; "" where there is none."""
    if facts.me.service:
        return service_words(facts.me.service[0])
    recent = [item for item in facts.me.experience or () if item.kind != "core_clerkship"]
    return one_of(recent[0], facts) if recent else ""


def has_flag(name: str, facts: BriefFacts) -> bool:
    return name in (facts.me.red_flags or ())


def long_out(facts: BriefFacts) -> bool:
    return (facts.years_out or 0) >= mark("long_out")


@rule(
    "statement.silent_year",
    trigger="There is a gap in time that nobody has explained",
    reason="You told us of a gap without a reason given{graduated}.",
    sources=("gap_advice", "judgement"),
    factors=("red_flags",),
    when=lambda facts: has_flag("gap_unexplained", facts),
)
def silent_year(facts: BriefFacts) -> Said:
    year = facts.me.graduation_year
    return Said(
        title="Yes: one sentence on the gap in time",
        say=(
            "A reader can live with almost any plain reason. What they cannot use is silence. Give the "
            "months, "
            "the reason in a few words, and what you do now. You do not owe them a diagnosis or a family "
            "story.",
        ),
        write=(
            "From ___ to ___ I ___ (cared for someone, worked, moved, was ill and am well).",
            "In that time I kept close to medicine by ___.",
        ),
        avoid=("a different reason in each place", "more detail than you would say aloud"),
        slots=(("graduated", f", and you graduated in {year}" if year else ""),),
        short="Give your gap in time one plain sentence.",
    )


@rule(
    "statement.conduct",
    trigger="A concern about conduct is on file",
    reason="You told us of a concern about conduct.",
    sources=("nrmp_conduct", "judgement"),
    factors=("red_flags",),
    when=lambda facts: has_flag("professionalism", facts),
)
def conduct(facts: BriefFacts) -> Said:
    return Said(
        title="The concern about conduct: where it is asked, and the same words each time",
        say=(
            "Where the application asks, answer in full. The Match asks applicants to be complete "
            "and true, and a thing found later costs more than a thing told. Keep it out of the statement "
            "unless "
            "your school’s letter speaks of it; then one sentence in the statement should agree with it.",
            "Before you send anything, read what your school will write, and ask the dean’s office how "
            "they word it.",
        ),
        write=("In ___ I ___. I was asked to ___, and I did. Since then ___ (who can say so).",),
        avoid=("a softer word than the one on file", "a second version in the interview"),
        short="Tell the concern about conduct in full where it is asked, in the same words each time.",
    )


@rule(
    "statement.reapplied",
    trigger="She has applied in an earlier season",
    reason="You said that you have applied before.",
    sources=("judgement",),
    when=lambda facts: facts.applied_before is True,
)
def reapplied(facts: BriefFacts) -> Said:
    now = doing_now(facts)
    added = f"You can name {now}." if now else "You have told us of nothing new since; that comes first."
    return Said(
        title="A new statement, not the old one",
        say=(
            "Programs that saw you before may still have your file. Write anew, and let the first lines show "
            f"what is different. {added}",
        ),
        write=("Since I last applied I have ___ (one thing done), ___ (one thing passed or learned).",),
        avoid=("a complaint about the last season", "last year’s first paragraph"),
        short="Write a new statement that opens with what changed since you last applied.",
    )


@rule(
    "statement.years",
    trigger="Many years lie between graduation and now",
    reason="You graduated in {year}, {years} ago; we ask about it from {from_years} on.",
    sources=("judgement",),
    factors=("graduation",),
    when=long_out,
)
def years(facts: BriefFacts) -> Said:
    now = doing_now(facts)
    told = (
        f"Of those years you have told us of {now}. Say what filled the rest."
        if now
        else "You have told us little of what filled them. Add it to your profile, then say it here."
    )
    span = counted(facts.years_out or 0, "year")
    return Said(
        title=f"One sentence on the {span} since you graduated",
        say=(
            f"Time alone is no fault, but {span} without a word reads as {span} away from patients. {told}",
        ),
        write=(
            f"Since I graduated in {facts.me.graduation_year} I have ___, and I last saw patients in ___.",
        ),
        avoid=("a list of every job", "an apology for your age"),
        slots=(
            ("year", str(facts.me.graduation_year)),
            ("years", span),
            ("from_years", counted(mark("long_out"), "year")),
        ),
        short=f"Say in one sentence what filled the {span} since you graduated.",
    )
