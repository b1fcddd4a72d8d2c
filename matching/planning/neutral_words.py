"""What a step is called where others may look over her shoulder: a shared calendar, a mail on a screen.

No score, no attempt, nothing that speaks against her, no program: only what kind of thing is to be done. A
step that is not known here is called by its phase.
"""

from matching.planning.document import Step

BY_PHASE = {
    "assess": "Look at where I stand",
    "train": "Clinical weeks and exams",
    "letters": "Letters and writing",
    "apply": "Application work",
    "soap": "Match Week",
}
# By the beginning of the code, the first that fits.
BY_CODE = {
    "step1": "Exam preparation",
    "step2": "Exam preparation",
    "step3": "Exam preparation",
    "ecfmg": "Certificate papers",
    "hands_on": "Clinical weeks",
    "observership": "Clinical weeks",
    "rotation_and_letter": "Clinical weeks and a letter",
    "rotation": "Clinical weeks",
    "letter": "A letter to ask for",
    "publication": "Writing for publication",
    "spanish": "Language practice",
    "move": "Move",
    "gap": "Writing",
    "apply_": "Choice of specialties",
}


def title_of(step: Step) -> str:
    known = (words for begins, words in BY_CODE.items() if step.code.startswith(begins))
    return next(known, BY_PHASE[step.phase])
