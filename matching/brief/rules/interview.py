"""Questions to expect about scores and about her story, with the points to make."""

from matching.brief.facts import EXAMS, BriefFacts
from matching.brief.registry import Said, rule
from matching.brief.rules.proof import evidence
from matching.brief.rules.statement import clean, large_gap
from matching.brief.rules.statement_more import doing_now, has_flag, long_out
from matching.brief.words import counted, experience_words, fails_words, one_of


def weighs(facts: BriefFacts) -> bool:
    """Her score, with nothing to explain, lowers the odds at most programs."""
    return clean(facts) and facts.lowers("step2ck") * 2 > facts.applications > 0


@rule(
    "interview.attempts",
    trigger="An exam was failed once or more",
    reason="You told us of a fail in {label}.",
    sources=("uw_interview", "judgement"),
    factors=("step1", "step2ck_attempts"),
    when=lambda facts: bool(facts.repeated or facts.failed),
)
def attempts(facts: BriefFacts) -> Said:
    label = facts.repeated[0][0] if facts.repeated else facts.failed[0]
    exam = next(facts.exam(name) for name, each in EXAMS if each == label)
    since = evidence(facts, label)
    proof = f"“{since[0].rstrip('.')}”" if since else "what you do in another way now, with one number"
    return Said(
        title=f"“Tell me about {label}.”",
        say=(
            f"Say it in three breaths: you failed it {fails_words(exam)}; what you changed; {proof}. Then "
            "stop. The "
            "silence after it is theirs.",
            "Use the same words as in the statement. Do not laugh it off.",
        ),
        slots=(("label", label),),
    )


@rule(
    "interview.drop",
    trigger="A large gap between Step 1 and Step 2 CK",
    reason="Your Step 1 was {first} and your Step 2 CK {second}.",
    sources=("uw_interview", "judgement"),
    factors=("score_trend",),
    when=large_gap,
)
def drop(facts: BriefFacts) -> Said:
    first, second = facts.me.step1.score, facts.me.step2ck.score
    three = facts.me.step3
    proof = (
        f"Step 3 passed{f' with {three.score}' if three.score else ''}"
        if three.passed
        else "what has changed since"
    )
    return Said(
        title="“What happened between Step 1 and Step 2 CK?”",
        say=(
            f"Give one reason, no list. Then {proof}. From {first} to {second} needs thirty seconds, not "
            "three minutes.",
        ),
        slots=(("first", str(first)), ("second", str(second))),
    )


@rule(
    "interview.score",
    trigger="Her Step 2 CK lowers her odds at most programs of the list, without a fail",
    reason="Your {score} lowers your odds at {lowered} on your list.",
    sources=("uw_interview",),
    factors=("step2ck",),
    when=weighs,
)
def score(facts: BriefFacts) -> Said:
    told = facts.me.step2ck.score or facts.me.step2ck.practice_score
    work = f" Your {experience_words(facts.hands_on[0], facts)} is where to look." if facts.hands_on else ""
    return Said(
        title="“Are you happy with your score?”",
        say=(
            "The statement is silent on it, so this may come. One sentence: what you know about how you "
            "test, and what you do "
            f"for it now. Then move to a patient you managed well.{work}",
        ),
        slots=(("score", str(told)), ("lowered", counted(facts.lowers("step2ck"), "program"))),
    )


@rule(
    "interview.result",
    trigger="The Step 2 CK result is out, or the exam not sat",
    reason="Step 2 CK is {status}.",
    sources=("judgement",),
    when=lambda facts: facts.me.step2ck.status in ("pending", "not_taken"),
)
def result(facts: BriefFacts) -> Said:
    pending = facts.me.step2ck.status == "pending"
    day = "the result is due ___" if pending else "you sit it on ___"
    guess = "offer the practice score" if facts.me.step2ck.practice_score else "guess a number"
    return Said(
        title="“When will we see Step 2 CK?”",
        say=(f"Have a date: {day}, and you will send it the same day. Do not {guess}.",),
        slots=(("status", "pending" if pending else "not taken yet"),),
    )


@rule(
    "interview.silent_year",
    trigger="There is a gap that nobody has explained",
    reason="You told us of a gap without a reason given.",
    sources=("uw_interview", "gap_advice"),
    factors=("red_flags",),
    when=lambda facts: has_flag("gap_unexplained", facts),
)
def silent_year(facts: BriefFacts) -> Said:
    kept = doing_now(facts)
    close = (
        f"Say how you kept close to medicine: {kept}."
        if kept
        else "If you did nothing medical, say what you did do."
    )
    return Said(
        title="“What did you do in that time?”",
        say=(f"Months, reason, return. {close} End on the present: what you do this month.",),
    )


def _voice(letters: int) -> str:
    if not letters:
        return ""
    who = "The doctor who wrote for you" if letters == 1 else f"One of the {letters} who wrote for you"
    return f" {who} could speak to it: ask if they would."


@rule(
    "interview.conduct",
    trigger="A concern about conduct is on file",
    reason="You told us of a concern about conduct.",
    sources=("nrmp_conduct", "judgement"),
    factors=("red_flags",),
    when=lambda facts: has_flag("professionalism", facts),
)
def conduct(facts: BriefFacts) -> Said:
    letters = len(facts.us_letters)
    voice = _voice(letters)
    return Said(
        title="“There is a note in your file. Can you tell me about it?”",
        say=(f"What you did, what was asked of you, what you do since. No “but”.{voice}",),
        avoid=("“it was a misunderstanding”", "the names of others"),
    )


@rule(
    "interview.years",
    trigger="Many years lie between graduation and now",
    reason="You graduated in {year}.",
    sources=("uw_interview", "judgement"),
    factors=("graduation",),
    when=long_out,
)
def years(facts: BriefFacts) -> Said:
    last = facts.me.experience[-1] if facts.me.experience else None
    saw = f"You told us of {one_of(last, facts)}: say when, and what has become of it." if last else ""
    return Said(
        title=f"“It is {facts.years_out} years since you graduated. Why now?”",
        say=(
            "They ask whether you can still be taught and still see patients. Name the last patient you "
            f"saw, and when. {saw}",
        ),
        slots=(("year", str(facts.me.graduation_year)),),
    )


@rule(
    "interview.again",
    trigger="She has applied in an earlier season",
    reason="You have applied before.",
    sources=("judgement",),
    when=lambda facts: facts.applied_before is True,
)
def again(facts: BriefFacts) -> Said:
    now = doing_now(facts)
    new = f"You can name {now}." if now else "Have one new thing to name: you have told us of none since."
    return Said(
        title="“What is different from last time?”",
        say=(f"Two facts, both dated. {new} Show that you asked someone why it did not work.",),
    )
