"""What she has told that can show a change after an exam: sentences of her own, the strongest first."""

from matching.brief.facts import BriefFacts
from matching.brief.words import counted, listed, place_of


def evidence(facts: BriefFacts, besides: str) -> tuple[str, ...]:
    """What she has told that came after the exam ``besides``, as sentences of her own."""
    told = []
    two, three = facts.me.step2ck, facts.me.step3
    if besides == "Step 1" and two.passed and two.attempts == 1:
        told.append("I then passed Step 2 CK at the first attempt.")
    if besides != "Step 3" and three.passed:
        at = " at the first attempt" if three.attempts == 1 else ""
        told.append(f"I have since passed Step 3{at}.")
    if facts.hands_on_weeks:
        places = list(dict.fromkeys(place_of(item) for item in facts.hands_on if place_of(item)))
        where = f" in {listed(places)}" if places else ""
        weeks = counted(facts.hands_on_weeks, "week")
        told.append(f"I then did {weeks} of hands-on work{where}, where ___.")
    return tuple(told)


def other_proof(facts: BriefFacts, besides: str) -> tuple[str, ...]:
    """What else could stand in the third sentence; one is enough."""
    more = evidence(facts, besides)[1:]
    if not more:
        return ()
    return (
        (f"In place of the third sentence, if it came later: {' Or: '.join(f'“{line}”' for line in more)}"),
    )
