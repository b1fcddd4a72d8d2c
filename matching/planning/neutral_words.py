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
    "step1_result": "Profile to fill in",
    "step2ck_result": "Profile to fill in",
    "step3_result": "Profile to fill in",
    "answers": "Profile to fill in",
    "step1": "Exam preparation",
    "step2": "Exam preparation",
    "step3": "Exam preparation",
    "practice_exam": "Exam preparation",
    "ecfmg": "Certificate papers",
    "hands_on": "Clinical weeks",
    "observership": "Clinical weeks",
    "electives": "Clinical weeks",
    "rotation_and_letter": "Clinical weeks and a letter",
    "rotation": "Clinical weeks",
    "letter": "A letter to ask for",
    "new_letter": "A letter to ask for",
    "publication": "Writing for publication",
    "spanish": "Language practice",
    "move": "Move",
    "gap": "Writing",
    "add_": "Choice of specialties",
    "feedback": "Questions to send",
    "ask_programs": "Questions to send",
    "visa": "Questions to send",
    "what_changed": "Writing",
    "statement": "Personal statement",
    "new_statement": "Personal statement",
    "token": "Registration",
    "documents": "School papers",
    "concern": "Interview preparation",
    "practice_interviews": "Interview preparation",
    "list_checked": "Check my list",
    "money": "Set money aside",
    "signals": "Decide on signals",
    "submit": "Send applications",
    "interview_days": "Interview season",
    "thanks": "Letters to write",
    "news": "Letters to write",
    "silence": "Letters to write",
    "nrmp": "NRMP registration",
    "rank": "Rank order list",
    "licence": "Papers after the Match",
}


def title_of(step: Step) -> str:
    known = (words for begins, words in BY_CODE.items() if step.code.startswith(begins))
    return next(known, BY_PHASE[step.phase])
