"""What has to be done before applications open, apart from what is scored."""

from matching.planning.case import Case
from matching.planning.task import Due, Task, before_opening
from matching.planning.tasks_exams import EXAM_TASKS
from matching.presentation.numbers import counted, dollars, listed
from matching.season_dates import OPENS

AAMC = "https://students-residents.aamc.org/applying-residencies-eras/publication-chapters"
ECFMG_PART = f"{AAMC}/ecfmg-responsibilities (read 2026-11-22)"
ECFMG_DOCUMENTS = "https://www.ecfmg.org/eras/applicants-documents-index.html (read 2026-11-22)"
LETTERS = f"{AAMC}/letters-recommendation (read 2026-11-22)"
LETTERS_WANTED = 3
UNKNOWN_NAMED = 4


def _unknown(case: Case) -> str:
    named = list(case.unknown[:UNKNOWN_NAMED])
    more = len(case.unknown) - len(named)
    words = f"{', '.join(named)} and {more} more" if more > 0 else listed(named)
    return f"You have not told us {words}. Each answer makes your ranges narrower."


def _letters(case: Case) -> str:
    missing = LETTERS_WANTED - case.letters
    if case.applicant.letters is None:
        return (
            "Most programs ask for three. Ask early, and give each writer your scores, your theme and a date."
        )
    if missing <= 0:
        return "Ask each writer to date and upload it anew for this season. An old letter reads like one."
    have = counted(case.letters, "letter") if case.letters else "none yet"
    return (
        f"Most programs ask for three. From the United States you have {have}. "
        "Ask whoever saw you work, while they still remember."
    )


def _documents(case: Case) -> str:
    if case.is_img:
        return (
            "For IMGs, ECFMG stands in for the dean's office. It uploads both, and schools abroad are slow."
        )
    return "Your dean's office uploads both. Ask when it needs what from you."


def _token(case: Case) -> str:
    if case.is_img:
        return "IMGs get theirs from ECFMG. Nothing can be uploaded before you have it."
    return "You get it from your dean's office. Nothing can be uploaded before you have it."


def _visa(case: Case) -> str:
    kinds = {"j1": "the J-1", "h1b": "the H-1B", "either": "the J-1 or the H-1B"}
    need = case.applicant.visa_needed or "either"
    asked = f"Ask each program that does not say whether it takes {kinds[need]} this season."
    later = (
        " For the H-1B, ask too whether Step 3 must be passed by then." if need in ("h1b", "either") else ""
    )
    return f"{asked}{later} A rule missed is a fee lost."


def _certificate(case: Case) -> str:
    if case.student:
        return (
            "It is complete only with the degree. Open the account now, so that the exams, the pathway with "
            "its English test and the school's papers wait for nothing else."
        )
    return "You cannot start training without it, and schools abroad take long to confirm a diploma."


def _changed(case: Case) -> str:
    return (
        "A program that said nothing last time needs a reason to look again. A new exam, new hands-on work, "
        "a new letter, a year of work: name it, with dates. If the list is short, this plan comes first."
    )


PREPARE: tuple[Task, ...] = (
    *EXAM_TASKS,
    Task(
        "answers",
        "Fill in what is still open in your profile",
        _unknown,
        lambda case: bool(case.unknown),
        Due(phase="assess"),
        7,
    ),
    Task(
        "practice_exam",
        "Sit a practice exam for Step 2 CK and tell us the score",
        "Without it we take what most people like you score. It also tells you when you are ready.",
        lambda case: (
            case.before
            and case.applicant.step2ck.status == "not_taken"
            and case.applicant.step2ck.practice_score is None
        ),
        Due(phase="assess"),
        14,
    ),
    Task(
        "feedback",
        "Ask programs for feedback on your last application",
        "Ask those that interviewed you first, in two lines. Few answer. One honest answer is worth a lot.",
        lambda case: case.before and case.applied_before is True,
        Due(phase="assess"),
        21,
    ),
    Task(
        "what_changed",
        "Write down what is new since you last applied",
        _changed,
        lambda case: case.before and case.applied_before is True,
        Due(phase="assess"),
        7,
    ),
    Task(
        "ask_programs",
        "Write to the programs whose rules are not known",
        "Your result names those to ask first, each with its question. An answer can save a fee.",
        before_opening,
        Due(OPENS, 90),
        30,
    ),
    Task(
        "visa",
        "Have each program's answer on visas in writing",
        _visa,
        lambda case: case.before and case.applicant.visa_needed not in (None, "none"),
        Due(OPENS, 60),
        30,
    ),
    Task(
        "electives",
        "Apply for electives in the United States before you graduate",
        "Electives end with the degree. After it, hands-on work is harder to find.",
        lambda case: case.before and case.is_img and case.student,
        Due(phase="assess"),
        30,
    ),
    Task(
        "ecfmg",
        "Begin the ECFMG certificate",
        _certificate,
        lambda case: case.before and case.uncertified and "ecfmg_certified" not in case.actions,
        Due(OPENS, 120),
        120,
        source=ECFMG_DOCUMENTS,
    ),
    Task(
        "token",
        "Get your ERAS token and register",
        _token,
        lambda case: case.stage in ("before", "open"),
        Due("eras_opens", -14),
        14,
        source=lambda case: ECFMG_PART if case.is_img else "",
    ),
    Task(
        "letters_asked",
        "Ask for your letters",
        _letters,
        before_opening,
        Due(OPENS, 60),
        45,
        source=LETTERS,
    ),
    Task(
        "new_letter",
        "Get at least one letter that was not in your last application",
        "Send the same letters again, and the file looks as if the year had stood still.",
        lambda case: case.before and case.applied_before is True,
        Due(OPENS, 45),
        60,
    ),
    Task(
        "documents",
        "Ask your school for the MSPE and the transcript",
        _documents,
        lambda case: case.stage in ("before", "open"),
        Due(OPENS, 45),
        60,
        source=lambda case: ECFMG_DOCUMENTS if case.is_img else "",
    ),
    Task(
        "concern",
        "Prepare what you say about the concern on file",
        "It will be asked. Say what happened, what you changed, and who can speak for you now.",
        lambda case: case.before and "professionalism" in (case.applicant.red_flags or ()),
        Due(OPENS, 60),
        45,
    ),
    Task(
        "statement",
        "Write the personal statement around one theme",
        "Your brief says what to put first, and whether to speak of scores at all. Let two people read it.",
        before_opening,
        Due(OPENS, 30),
        45,
    ),
    Task(
        "new_statement",
        "Do not send last year's application again",
        "Write a new statement. Go through every experience line. Drop programs that have turned you down "
        "without a word, unless something they look for has changed.",
        lambda case: case.before and case.applied_before is True,
        Due(OPENS, 30),
        45,
    ),
    Task(
        "list_checked",
        "Check every strict rule on your list with the program",
        "Rules change from one season to the next. A rule missed is a fee lost.",
        before_opening,
        Due(OPENS, 14),
        14,
        first=("ask_programs",),
    ),
    Task(
        "money",
        lambda case: f"Set aside the money for {counted(case.list_programs, 'application')}",
        lambda case: (
            f"Your list of today costs {dollars(case.list_usd)} at this season's fees. "
            "That is for applying alone."
        ),
        lambda case: case.before and case.list_usd > 0,
        Due(OPENS, 30),
        180,
    ),
    Task(
        "signals",
        "Decide where your signals go",
        "You have few. Your result names the programs where one adds most.",
        lambda case: case.before and case.signals,
        Due(OPENS, 7),
        14,
    ),
)
