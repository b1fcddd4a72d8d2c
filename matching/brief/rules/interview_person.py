"""Questions to expect about where she comes from and whom she served, with the points to make."""

from applicants.codes import COUNTRIES
from matching.brief.facts import BriefFacts
from matching.brief.registry import Said, rule
from matching.brief.words import experience_words, listed, service_words


@rule(
    "interview.abroad",
    trigger="A US citizen who studied medicine abroad",
    reason="You are a US citizen and studied in {country}.",
    sources=("judgement",),
    when=lambda facts: facts.me.applicant_type == "us_img",
)
def abroad(facts: BriefFacts) -> Said:
    code = facts.me.school_country
    country = COUNTRIES.get(code, "") if code else ""
    way = experience_words(facts.hands_on[0], facts) if facts.hands_on else ""
    place = country or "it"
    back = f" Then name the way back: your {way}." if way else ""
    return Said(
        title=f"“Why did you study in {country}?”" if country else "“Why did you study abroad?”",
        say=(
            f"Answer plainly: it was the way to become a doctor that was open to you, and {place} taught "
            "you one thing "
            f"you use here: ___.{back}",
        ),
        slots=(("country", country or "another country"),),
    )


@rule(
    "interview.visa",
    trigger="She needs a visa",
    reason="You told us that you need a visa ({visa}).",
    sources=("held",),
    factors=("visa",),
    when=lambda facts: facts.me.visa_needed not in (None, "none"),
)
def visa(facts: BriefFacts) -> Said:
    need = {"j1": "J-1", "h1b": "H-1B", "either": "J-1 or H-1B"}[str(facts.me.visa_needed)]
    step3 = facts.me.step3.passed
    sat = "have not sat it yet" if facts.me.step3.status == "not_taken" else "have not told us of a pass"
    note = (
        ""
        if step3 or facts.me.visa_needed == "j1"
        else f" For an H-1B you would need Step 3 first, and you {sat}."
    )
    return Said(
        title="“Which visa do you need?”",
        say=(
            f"Answer in one line: {need}, and that you can use whichever they sponsor if that is so.{note}",
        ),
        slots=(("visa", need),),
    )


@rule(
    "interview.service",
    trigger="She has told of service",
    reason="You told us of {what}.",
    sources=("uw_interview",),
    factors=("mission",),
    when=lambda facts: bool(facts.me.service),
)
def service(facts: BriefFacts) -> Said:
    what = listed(service_words(item) for item in facts.me.service or ())
    return Said(
        title="“Tell me about a patient you remember.”",
        say=(
            f"Take one from your {what}. Two minutes: who came, what stood in the way, what you did, what "
            "you would do now. Change what could name the person.",
        ),
        slots=(("what", what),),
    )
