"""What not to worry about, from her own facts."""

from applicants.codes import COUNTRIES
from matching.brief.facts import BriefFacts
from matching.brief.registry import Said, rule
from matching.brief.rules.statement import clean
from matching.brief.rules.statement_more import has_flag
from matching.brief.sources import mark
from matching.brief.words import counted, fails_words


def passed_first(facts: BriefFacts) -> bool:
    return clean(facts) and bool(facts.me.step1.passed) and facts.me.step1.attempts == 1


@rule(
    "calm.first",
    trigger="Step 1 and Step 2 CK both passed at the first attempt",
    reason="You passed Step 1 and Step 2 CK at the first attempt.",
    sources=("held",),
    when=passed_first,
)
def first(facts: BriefFacts) -> Said:
    met = facts.met.get("max_attempts_step1", 0) + facts.met.get("max_attempts_step2ck", 0)
    stated = (
        f"They do not touch you: your list states one {counted(met, 'time')}, and you meet it each time."
        if met
        else "They do not touch you, and we know of no program on your list that asks for more."
    )
    return Said(title="Limits on attempts", say=(stated,))


@rule(
    "calm.step1",
    trigger="Step 1 was passed at the first attempt when it no longer gave a number",
    reason="You passed Step 1 at the first attempt and {graduated} in {year}.",
    sources=("usmle_step1",),
    when=lambda facts: (
        bool(facts.me.step1.passed)
        and facts.me.step1.score is None
        and facts.me.step1.attempts == 1
        and (facts.me.graduation_year or 0) > 2023
    ),
)
def step1(facts: BriefFacts) -> Said:
    ahead = (facts.me.graduation_year or 0) > facts.dates.as_of.year
    two = facts.me.step2ck.score if facts.me.step2ck.passed else None
    beside = f" Your {two} in Step 2 CK is the one number they see." if two else ""
    return Said(
        title="Your Step 1",
        say=(f"If you sat it after 25 January 2022, it shows as a pass and as no more than that.{beside}",),
        slots=(("graduated", "graduate" if ahead else "graduated"), ("year", str(facts.me.graduation_year))),
    )


@rule(
    "calm.score",
    trigger="Her Step 2 CK lowers her odds, and she still meets limits that programs state",
    reason="Your score lowers your odds at {lowered}, and meets a stated limit at {met}.",
    sources=("held",),
    factors=("step2ck",),
    when=lambda facts: (
        facts.lowers("step2ck") > 0 and facts.met.get("min_step2ck", 0) > 0 and bool(facts.me.step2ck.passed)
    ),
)
def score(facts: BriefFacts) -> Said:
    met = facts.met["min_step2ck"]
    return Said(
        title=f"Your {facts.me.step2ck.score} and stated limits",
        say=(
            f"{counted(met, 'program')} on your list {'says' if met == 1 else 'say'} what score they ask "
            "for, and yours "
            "meets it; those with a higher firm limit are not on the list at all.",
        ),
        slots=(
            ("lowered", counted(facts.lowers("step2ck"), "program")),
            ("met", counted(met, "program")),
        ),
    )


@rule(
    "calm.fail",
    trigger="An exam was passed after a fail",
    reason="You passed {label} after you failed it {times}; strict rules of any kind close {closed}.",
    sources=("held",),
    when=lambda facts: bool(facts.repeated),
)
def fail(facts: BriefFacts) -> Said:
    label, exam = facts.repeated[0]
    closed = sum(count for name, count in facts.closed if "attempt" in name.lower())
    return Said(
        title="That every door is closed",
        say=(
            f"It is not. Of the programs we looked at for you, {closed or 'none'} "
            f"{'is' if closed == 1 else 'are'} closed by a firm "
            f"rule on attempts that we know of. {facts.applications} are on your list with the fail "
            "counted in.",
        ),
        slots=(
            ("label", label),
            ("times", fails_words(exam)),
            ("closed", counted(facts.closed_count, "program")),
        ),
    )


@rule(
    "calm.recent",
    trigger="She graduated within the years that nearly every limit allows, or will soon",
    reason="Your year of graduation is {year}.",
    sources=("held", "judgement"),
    factors=("graduation",),
    when=lambda facts: facts.years_out is not None and facts.years_out <= mark("recent"),
)
def recent(facts: BriefFacts) -> Said:
    met = facts.met.get("max_years_since_graduation", 0)
    year = facts.me.graduation_year
    ahead = year is not None and year > facts.dates.as_of.year
    when = f"You graduate in {year}." if ahead else f"{year} is recent."
    told = (
        f"{counted(met, 'program')} on your list state a limit, and you are within it."
        if met > 1
        else "You are within any usual limit."
    )
    return Said(
        title="Years since graduation",
        say=(f"{when} {told}",),
        slots=(("year", str(year)),),
    )


@rule(
    "calm.visa",
    trigger="She studied abroad and needs no visa",
    reason="You told us that you need no visa.",
    sources=("held",),
    when=lambda facts: facts.abroad and facts.me.visa_needed == "none",
)
def visa(facts: BriefFacts) -> Said:
    country = COUNTRIES.get(facts.me.school_country or "", "")
    school = f"a school in {country}" if country else "a school abroad"
    only = facts.met.get("us_citizen_or_pr_only", 0)
    told = (
        f", and {counted(only, 'program')} on your list take only citizens and green card holders"
        if only > 1
        else ""
    )
    return Said(
        title="Visas",
        say=(
            (
                f"Programs that sponsor none are open to you{told}. Say “US citizen” early: {school} can "
                "hide "
                "it."
            ),
        ),
    )


@rule(
    "calm.research",
    trigger="She has no publication told, and few programs on her list are known to be of a university",
    reason="You told us of {what}; {number} of {all} on your list are university programs as far as we know.",
    sources=("held",),
    when=lambda facts: (
        not facts.me.research_publications
        and facts.applications > 0
        and facts.count(lambda program: program.academic) * 4 < facts.applications
    ),
)
def research(facts: BriefFacts) -> Said:
    none = facts.me.research_publications == 0
    unknown = facts.count(lambda program: program.fact("program_type") is None)
    academic = facts.count(lambda program: program.academic)
    count = str(academic) if academic else "None"
    return Said(
        title="Research",
        say=(
            f"{count} of your {facts.applications} programs {'is' if academic < 2 else 'are'} known to be "
            "of a university "
            f"(of {unknown} we do not know the kind), and for a community program a month with patients is "
            "worth more than a paper.",
        ),
        slots=(
            ("what", "no publication" if none else "nothing on research"),
            ("number", str(academic or "none")),
            ("all", str(facts.applications)),
        ),
    )


@rule(
    "calm.gap",
    trigger="There is a gap that she has not explained yet",
    reason="You told us of a gap, and you can explain it.",
    sources=("gap_advice",),
    when=lambda facts: has_flag("gap_unexplained", facts),
)
def gap(facts: BriefFacts) -> Said:
    span = f" in the {counted(facts.years_out, 'year')} after a degree" if facts.years_out else ""
    return Said(
        title="The gap itself",
        say=(
            f"Gaps are common{span}, and a plain reason mends most of them. "
            "One sentence now, the same one in the talk, and it is done.",
        ),
    )


@rule(
    "calm.early",
    trigger="Step 2 CK is not sat yet and there is time before applications open",
    reason="Step 2 CK is not taken yet, and applications next open in {season}.",
    sources=("seasons",),
    when=lambda facts: facts.me.step2ck.status == "not_taken" and facts.dates.opens is not None,
)
def early(facts: BriefFacts) -> Said:
    opens = facts.dates.opens
    months = (opens.day - facts.dates.as_of).days // 30 if opens else 0
    return Said(
        title="That everything is still open",
        say=(
            f"About {months} months are left before applications next open, and nothing you have told us "
            "counts against you. "
            "If that is too soon, the season after is no shame.",
        ),
        slots=(("season", f"{opens.day:%B %Y}" if opens else "a month we do not hold"),),
    )


@rule(
    "calm.certified",
    trigger="She studied abroad and is ECFMG certified",
    reason="You told us that you are ECFMG certified.",
    sources=("ecfmg_oet",),
    when=lambda facts: facts.abroad and facts.me.ecfmg_certified is True,
)
def certified(facts: BriefFacts) -> Said:
    met = facts.met.get("ecfmg_required_at", 0)
    told = f": {counted(met, 'program')} on your list say when they want it" if met > 1 else ""
    return Said(
        title="The ECFMG certificate and the OET",
        say=((f"You hold the certificate{told}. The OET no longer concerns you."),),
    )
