"""Why an action is worth doing for this person, in her own numbers, and what is asked once it is done."""

from collections.abc import Callable, Mapping

from matching.planning.document import Asked, PhaseCode
from matching.scoring.applicant import HANDS_ON, Applicant

Words = Callable[[Applicant], str]


def _weeks(me: Applicant) -> int:
    return sum(item.weeks or 0 for item in me.experience or () if item.kind in HANDS_ON)


def _hands_on(me: Applicant) -> str:
    weeks = _weeks(me)
    if not weeks:
        return "You have told us of no hands-on work in the United States. Many programs ask for it."
    return f"You have {weeks} weeks of hands-on work in the United States. More of it adds less each time."


def _letters(me: Applicant) -> str:
    count = sum(letter.author != "non_us" for letter in me.letters or ())
    return {
        0: "You have no letter from the United States yet.",
        1: "You have one letter from the United States.",
    }.get(count, f"You have {count} letters from the United States.")


def _step2ck(me: Applicant) -> str:
    if me.step2ck.status == "fail":
        return "Most programs read on only once it is passed. Sit it when practice scores are clearly above."
    if me.step2ck.status == "pending":
        return "Your result is still out. Tell us when it is in, and everything here is read anew."
    return "It is the score programs read most, now that Step 1 is pass or fail."


def _step3(me: Applicant) -> str:
    failed = (me.step1.attempts or 1) > 1 or (me.step2ck.attempts or 1) > 1
    if failed:
        return "After more than one attempt, a pass at the first try is the clearest answer you can give."
    return "A pass shows that the exams are behind you."


def _other_field(me: Applicant) -> str:
    return (
        "More programs to choose from. It takes a second statement, letters that fit, and that you mean it."
    )


def _plain(words: str) -> Words:
    return lambda me: words


WHY: Mapping[str, Words] = {
    "step1_passed": _plain("Without a pass almost no program reads on."),
    "step2ck_passed": _step2ck,
    "step2ck_plus_5": _plain("You can still move this score. Once it is in, it stays."),
    "step2ck_plus_10": _plain("You can still move this score. Once it is in, it stays."),
    "ecfmg_certified": _plain(
        "You cannot start training without it, and some programs want to see it before they invite you."
    ),
    "step3_passed": _step3,
    "hands_on_4": _hands_on,
    "hands_on_8": _hands_on,
    "hands_on_12": _hands_on,
    "observership_4": _plain("It counts little, but it lets someone there get to know you."),
    "letter_specialty": lambda me: (
        f"{_letters(me)} Most programs ask for three; one from their field weighs more."
    ),
    "letter_academic": lambda me: f"{_letters(me)} One from a teacher at a medical school weighs more.",
    "letter_local": lambda me: f"{_letters(me)} One from there speaks to the programs there.",
    "publication": _plain(
        "It counts most at university programs, and it takes long. Start only what you can finish."
    ),
    "spanish": _plain("Many patients there speak Spanish. Programs that serve them look for it."),
    "service_6": _plain("Programs that serve the poor look for people who have done it."),
    "service_12": _plain("Programs that serve the poor look for people who have done it."),
    "move": _plain(
        "An address there says that you mean to stay. Move for other reasons too, not for this alone."
    ),
    "gap_explained": _plain(
        "Readers fill a gap they cannot explain with the worst. Two honest sentences are enough."
    ),
    "add_family_medicine": _other_field,
    "add_internal_medicine": _other_field,
    "add_pediatrics": _other_field,
    "rotation_here": _plain("Programs trust most whom they have seen at work."),
    "letter_here": _plain("You have worked there. A letter from there speaks loudest there."),
    "rotation_and_letter_here": _plain(
        "Programs trust most whom they have seen at work, and what their own say."
    ),
}

# Nothing else is worth as much before these, whatever the gains beside them say.
BEFORE_ALL = ("step1_passed", "step2ck_passed")

HOME: Mapping[str, PhaseCode] = {
    name: "letters" for name in WHY if name.startswith(("letter_", "add_")) or name == "gap_explained"
}

ASKS: Mapping[str, Asked] = {
    "step2ck_passed": "score",
    "step3_passed": "score_if_told",
    "step2ck_plus_5": "practice",
    "step2ck_plus_10": "practice",
    **dict.fromkeys(("hands_on_4", "hands_on_8", "hands_on_12", "observership_4"), "weeks"),
    **dict.fromkeys(("rotation_here", "rotation_and_letter_here"), "weeks"),
    **dict.fromkeys(("service_6", "service_12"), "months"),
}


def home_of(name: str) -> PhaseCode:
    """The phase an action belongs to where there is time; most are work or exams."""
    return HOME.get(name, "train")
