"""What the personal statement explains of exams: a fail, several attempts, a large gap. Nothing else."""

from matching.brief.facts import EXAMS, BriefFacts
from matching.brief.registry import Said, rule
from matching.brief.rules.proof import evidence, other_proof
from matching.brief.sources import mark
from matching.brief.words import fails_words, listed, ordinal, specialties_words

PLAN = ("matching:plan", "See what your plan says")
SCORED_UNTIL = "2022-01"  # the last month in which Step 1 gave a number
SCORED_GRADUATES = 2021  # whoever had graduated by then sat Step 1 before it became pass or fail


def large_gap(facts: BriefFacts) -> bool:
    return facts.gap is not None and abs(facts.gap) >= mark("large_gap")


def clean(facts: BriefFacts) -> bool:
    """Step 2 CK passed at the first attempt, and nothing else to explain in the exams."""
    exam = facts.me.step2ck
    first = bool(exam.passed) and exam.attempts == 1
    return first and not facts.repeated and not facts.failed and not large_gap(facts)


@rule(
    "statement.attempts",
    trigger="An exam was passed after one fail or more",
    reason="You told us that you passed {exams}.",
    sources=("attempts_advice", "judgement"),
    factors=("step1", "step2ck_attempts"),
    when=lambda facts: bool(facts.repeated),
)
def attempts(facts: BriefFacts) -> Said:
    label, exam = facts.repeated[0]
    since = evidence(facts, label)
    hers = listed(f"{name} at the {ordinal(each.attempts or 2)} attempt" for name, each in facts.repeated)
    say = [
        f"Yes, name it. Programs see on your transcript that you failed {label} {fails_words(exam)}. "
        "Two or three sentences are enough: the fact, what you changed, and what shows that it worked."
    ]
    if not since:
        say.append(
            f"You have told us of nothing since then that shows it. A pass of Step 3 or a hands-on "
            f"rotation with a letter would. Until you have one, {label} stays a story with two parts."
        )
    return Said(
        title=f"Yes: write two or three sentences on {label}",
        say=(*say, *other_proof(facts, label)),
        write=(
            f"I failed {label} {fails_words(exam)} and passed it at the {ordinal(exam.attempts or 2)} "
            "attempt.",
            "Before that I had ___; I changed it by ___ (the hours, the questions, who helped).",
            since[0] if since else "Since then ___ (the result or the work that shows the change).",
        ),
        avoid=(
            "blame of the exam, the school or another person",
            "more than one line on why it went wrong",
            "the word “only”, and any promise",
        ),
        slots=(("exams", hers),),
        short=f"Write two or three sentences on {label}: the fact, the change, the proof.",
        link=None if since else PLAN,
    )


@rule(
    "statement.not_passed",
    trigger="An exam was failed and is not passed yet",
    reason="You told us that {exams} is failed and not passed yet.",
    sources=("attempts_advice", "judgement"),
    factors=("step2ck", "step2ck_attempts"),
    when=lambda facts: bool(facts.failed),
)
def not_passed(facts: BriefFacts) -> Said:
    label = facts.failed[0]
    failed = next(facts.exam(name) for name, each in EXAMS if each == label)
    return Said(
        title=f"Not yet: pass {label} first",
        say=(
            f"{label} comes before any sentence about it. A statement that speaks of a fail needs the pass "
            "that followed. Keep notes now on what you change, while it is fresh: you will need one line "
            "of it.",
            "When the pass is in, write these three sentences.",
        ),
        write=(
            f"I failed {label} {fails_words(failed)}, in ___.",
            "I changed ___ (my plan, my question blocks, my help).",
            f"I passed {label} in ___ with ___, and ___.",
        ),
        avoid=("sending the statement before the pass", "a practice score in place of a result"),
        slots=(("exams", listed(facts.failed)),),
        short=f"Pass {label} before you write about it.",
        link=PLAN,
    )


@rule(
    "statement.gap",
    trigger="Step 1 and Step 2 CK both have a number, and they lie far apart",
    reason=(
        "Your Step 1 was {first} and your Step 2 CK {second}, {points} points apart; we call {large} large."
    ),
    sources=("usmle_step1", "judgement"),
    factors=("score_trend",),
    when=large_gap,
)
def gap(facts: BriefFacts) -> Said:
    first, second = facts.me.step1.score, facts.me.step2ck.score
    fell = (facts.gap or 0) < 0
    since = evidence(facts, "Step 2 CK")
    slots = (
        ("first", str(first)),
        ("second", str(second)),
        ("points", str(abs(facts.gap or 0))),
        ("large", str(mark("large_gap"))),
    )
    if not fell:
        return Said(
            title="One sentence: your score rose",
            say=(
                f"From {first} to {second} is a rise that speaks for you. One sentence says what you "
                "changed.",
            ),
            write=(
                f"Between Step 1 and Step 2 CK I changed ___, and my score rose from {first} to {second}.",
            ),
            slots=slots,
            short="One sentence: what you changed before your score rose.",
        )
    return Said(
        title="Yes: two or three sentences on the drop",
        say=(
            f"A reader who sees {first} and then {second} asks what happened in between. Answer before "
            "they ask. Do not give the numbers: they are on the transcript.",
            *other_proof(facts, "Step 2 CK"),
        ),
        write=(
            "My Step 2 CK was lower than my Step 1.",
            "At that time ___ (one plain reason), and I have since changed ___.",
            since[0] if since else "Since then ___ (the result that shows it).",
        ),
        avoid=("a list of reasons", "the high Step 1 as an excuse", "the numbers themselves"),
        slots=slots,
        short=f"Write two or three sentences on the drop from {first} to {second}.",
    )


@rule(
    "statement.leave_out",
    trigger="Step 2 CK passed at the first attempt; no fail and no large gap anywhere",
    reason="You passed Step 2 CK at the first attempt{score}, and you told us of no fail.",
    sources=("judgement",),
    factors=("step2ck",),
    when=clean,
)
def leave_out(facts: BriefFacts) -> Said:
    score = facts.me.step2ck.score
    low = facts.lowers("step2ck") * 2 > facts.applications
    number = f" of {score}" if score else ""
    say = [f"Your transcript shows your {score or 'score'}, and there is no fail or large gap to explain."]
    if low:
        say.append(
            f"Your {score} lowers your odds at {facts.lowers('step2ck')} of the {facts.applications} "
            "programs on your list, and that is a reason to be silent, not to explain. A sentence about a "
            "low "
            "score tells the reader to look at it. Spend it on a patient. Advisers differ on this; we hold "
            "that only a fail, several attempts or a large gap need words."
        )
    else:
        say.append(f"A score{number} speaks for itself; to praise it yourself takes from it.")
    return Said(
        title="No: do not write about your scores",
        say=tuple(say),
        avoid=(
            "any number from an exam",
            "the words “despite my score”" if low else "thanks for a good score",
        ),
        slots=(("score", f" with {score}" if score else ""),),
        short="Leave your scores out of the statement.",
    )


@rule(
    "statement.wait",
    trigger="Step 2 CK is not sat yet, or its result is not in, or not told",
    reason="Step 2 CK is {status}{practice}.",
    sources=("judgement",),
    when=lambda facts: facts.me.step2ck.passed is None,
)
def wait(facts: BriefFacts) -> Said:
    exam = facts.me.step2ck
    practice = f"; your practice score was {exam.practice_score}" if exam.practice_score else ""
    status = {"pending": "sat and not reported yet", "not_taken": "not taken yet"}.get(
        exam.status or "", "not told"
    )
    return Said(
        title="Nothing to say yet",
        say=(
            f"Write the rest of your statement for {specialties_words(facts) or 'your specialty'} now and "
            "leave "
            "the exams out. If the result is a pass at the first attempt, they stay out. If it is a fail, "
            "come back: then three sentences are due.",
        ),
        avoid=("a practice score", "a hope for a number"),
        slots=(("status", status), ("practice", practice)),
        short="Leave the exams out of the statement until Step 2 CK is in.",
    )


@rule(
    "statement.step1_unknown",
    trigger="Step 1 was passed while it still gave a number, and the number is not told",
    reason="You graduated in {year}, so your Step 1 most likely has a number, and you have not told it.",
    sources=("usmle_step1",),
    when=lambda facts: (
        facts.me.step1.status == "pass"
        and facts.me.step1.score is None
        and (facts.me.step1.taken or SCORED_UNTIL) <= SCORED_UNTIL
        and (facts.me.graduation_year or SCORED_GRADUATES + 1) <= SCORED_GRADUATES
    ),
)
def step1_unknown(facts: BriefFacts) -> Said:
    score = facts.me.step2ck.score
    beside = f" beside your {score}" if score else ""
    return Said(
        title="One question first: what was your Step 1 number?",
        say=(
            "Step 1 gave a number until 25 January 2022, and programs still see it. We cannot say "
            f"whether there is a gap to explain until we know it{beside}. If the two lie "
            f"{mark('large_gap')} points apart or more, one sentence is due.",
        ),
        slots=(("year", str(facts.me.graduation_year)),),
        link=("matching:profile", "Add your Step 1 number"),
    )
