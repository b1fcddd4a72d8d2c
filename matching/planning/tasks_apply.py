"""What has to be done from the day applications open to the end of Match week."""

from matching.planning.case import Case
from matching.planning.dates import REGISTER
from matching.planning.task import Due, Task, always
from matching.season_dates import OPENS

NRMP_WEEK = "https://www.nrmp.org/medical-schools/match-week-for-schools/ (read 2026-11-22)"
NRMP_SOAP = "https://www.nrmp.org/residency-applicants/soap/ (read 2026-11-22)"
READ, RANK, WEEK, SOAP = "programs_review_from", "rank_list_deadline", "match_week", "soap"


def _news(case: Case) -> str:
    exam = next(
        (
            name
            for name, one in (("Step 2 CK", case.applicant.step2ck), ("Step 3", case.applicant.step3))
            if one.status in ("pending", "not_taken", "fail")
        ),
        "",
    )
    if exam:
        return f"If you pass {exam} after you applied, say so: in ERAS, and in one line to a few programs."
    return "A new letter, a talk, a paper: one short line to programs you care for. Then leave it."


def _submit(case: Case) -> str:
    if case.before:
        return "Programs begin to read on one day, weeks later. Your file should be there when they do."
    return "Applications are open already. Programs invite as they read, so do not wait."


APPLY: tuple[Task, ...] = (
    Task(
        "submit",
        lambda case: (
            "Send your applications on the first day" if case.before else "Send what is not sent yet"
        ),
        _submit,
        lambda case: case.stage in ("before", "open"),
        Due(OPENS),
        3,
        over=READ,
        first=("statement", "letters_asked", "documents", "list_checked", "signals", "token"),
    ),
    Task(
        "practice_interviews",
        "Practise interviews out loud",
        "Your brief has the questions you will get and the points to make. Do it with someone, three times.",
        lambda case: case.stage != "soap",
        Due(READ, -7),
        21,
        over=RANK,
    ),
    Task(
        "interview_days",
        "Answer every invitation within a day",
        "Places go quickly. Keep October to January free of fixed duties where you can.",
        lambda case: case.stage != "soap",
        Due(RANK, 45),
        110,
        over=RANK,
    ),
    Task(
        "thanks",
        "Thank each program after its interview",
        "Two lines within two days, with one thing you talked about. Promise no rank, and ask for none.",
        lambda case: case.stage != "soap",
        Due(RANK, 30),
        100,
        over=RANK,
    ),
    Task(
        "news",
        "Send programs what is new",
        _news,
        lambda case: case.stage != "soap",
        Due(RANK, 75),
        60,
        over=RANK,
    ),
    Task(
        "silence",
        "If no interview has come, write where you have a connection",
        "Do not only wait. Write to programs that have a reason to know you, and to no others. "
        "Then get ready for SOAP, and for the season after.",
        lambda case: case.stage != "soap",
        Due(RANK, 85),
        14,
        over=RANK,
    ),
    Task(
        "nrmp",
        "Register with the NRMP",
        "Without it you can neither match nor take part in SOAP. Late costs more.",
        lambda case: case.stage != "soap",
        Due(REGISTER),
        30,
        over=RANK,
        source=NRMP_SOAP,
    ),
    Task(
        "rank",
        "Certify your rank order list",
        "Rank in the order you want, not by where you think you stand.",
        lambda case: case.stage != "soap",
        Due(RANK, 2),
        21,
        over=RANK,
        first=("nrmp",),
    ),
    Task(
        "soap_ready",
        "Get ready for SOAP before you need it",
        "Have a statement and letters ready for each field you would take, and papers in ERAS. "
        "The open places are known on Monday, and there is no time then.",
        always,
        Due(WEEK, 14),
        21,
        over=WEEK,
        source=NRMP_SOAP,
        first=("nrmp",),
    ),
    Task(
        "soap_days",
        "If Monday brings no match: SOAP, Monday to Thursday",
        "Apply only through ERAS, only to open places you may have, and call no program before it calls you.",
        always,
        Due(SOAP),
        0,
        over=SOAP,
        source=NRMP_WEEK,
        first=("soap_ready",),
    ),
    Task(
        "licence",
        "If you match in California: apply for the training licence at once",
        "You need it within 180 days of starting, or clinical work stops.",
        lambda case: case.wants_california,
        Due(WEEK, -20),
        0,
        source="https://mbc.ca.gov/Licensing/Postgraduate-Training-Licensees/Apply.aspx (2026)",
    ),
)
