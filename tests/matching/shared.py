"""A list with something to hide in every place where something can be."""

from datetime import UTC, datetime
from typing import Any

from matching.models import ListEntry, SavedList
from tests.matching.factories import list_make, match_make, program_make, run_done_make
from tests.matching.presentation.samples import summary_of

CHANGED = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)

PROFILE: dict[str, Any] = {
    "applicant_type": "us_img",
    "graduation_year": 1987,
    "medical_school": {"country": "DM", "name": "Zzyzx School of Medicine"},
    "visa_needed": "none",
    "step1": {"status": "fail", "attempts": 5, "taken": "1988-07"},
    "step2ck": {"status": "pass", "score": 213, "attempts": 4, "taken": "1989-08", "practice_score": 219},
    "step3": {"status": "pending"},
    "specialties": ["neurology"],
    "experience": [{"kind": "observership", "weeks": 37, "state": "OH"}],
    "letters": [{"author": "non_us"}],
    "research": {"projects": 17, "publications": 23},
    "languages": ["tl"],
    "ties": [{"kind": "grew_up", "state": "OH"}],
    "red_flags": ["gap_unexplained", "professionalism"],
    "wishes": {"ring": "west-coast"},
}
# Each tells something of her that two of the modes must not.
TOLD = (
    *("US-citizen IMG", "1987", "Zzyzx", "Dominica", "1988", "1989", "213", "219", "failed", "4 attempts"),
    *("Observership", "37 weeks", "Ohio", "17 projects", "23 publications", "Tagalog", "West Coast"),
    *("Step 1", "Step 2", "asks 231", "Quuxley", "Plughton", "Long odds", "declined"),
)
HIDDEN = (
    *TOLD,
    "attempt",
    "pending",
    "nexplained",
    "rofessionalism",
    "raduation",
    "Balance",
    "Expect ",
    "losed",
)
CLOSED = "Shutdoor Hospital"
# What the programs-only mode hides besides.
NUMBERS = (
    "reach",
    "target",
    "safety",
    "41%",
    "0.41",
    "0.07",
    "interview",
    "invited",
    "applied",
    "gold",
    "2019",
)

GATE = {
    "gate": "min_step2ck",
    "label": "Lowest Step 2 CK",
    "verdict": "fail",
    "strictness": "strict",
    "required": 231,
    "yours": 213,
}


def list_with_secrets(**values: Any) -> SavedList:
    """Three programs: one with odds, one that turned her down, one whose rule closes it to her."""
    run = run_done_make(profile=PROFILE, model_version="m-9", data_version="d-8")
    saved_list = list_make(
        match=match_make(run=run, **values),
        name="Los Ángeles first",
        note="Quuxley says the scores are low",
        figures=summary_of(balance=BALANCE, judged={"model": "m-10", "data": "d-11"}),
        updated_at=CHANGED,
    )
    names = ("Peña Hospital", "Žilina Clinic", CLOSED)
    programs = [program_make(f"sp{at:05d}", name=name) for at, name in enumerate(names, start=1)]
    programs[0].acgme_id, programs[0].nrmp_code = "0400521001", "1451120C0"
    programs[1].listing_status, programs[1].last_listed_year = "unconfirmed", 2019
    for program in programs:
        program.save()
    against = {"factor": "step2ck", "label": "Step 2 CK 213 is low here", "contribution": -1.1}
    odds = {"tier": "reach", "probability": 0.17, "low": 0.07, "high": 0.41}
    shown = {"closed": False, "reasons": [against], "gates": []}
    _entry(saved_list, 1, **odds, signal="gold", status="invited", note="Plughton wrote for me", shown=shown)
    _entry(saved_list, 2, tier="target", probability=0.3, low=0.2, high=0.4, status="declined")
    _entry(saved_list, 3, shown={"closed": True, "reasons": [], "gates": [GATE]})
    return saved_list


BALANCE = {
    "grade": "C",
    "value_of_best": 0.9,
    "findings": [{"code": "many_reaches", "severity": "warning", "detail": "Long odds: 84 in 100 programs."}],
}


def _entry(saved_list: SavedList, position: int, **values: Any) -> None:
    ListEntry.objects.create(
        saved_list=saved_list, program_id=f"sp{position:05d}", position=position, **values
    )


def pdf_text(data: bytes) -> str:
    """All words of a PDF, its title and subject included."""
    import io  # noqa: PLC0415

    from pypdf import PdfReader  # noqa: PLC0415

    reader = PdfReader(io.BytesIO(data))
    pages = " ".join(page.extract_text() for page in reader.pages)
    about: dict[str, object] = dict(reader.metadata or {})
    return " ".join(f"{pages} {about.get('/Title')} {about.get('/Subject')}".split())


def xlsx_text(data: bytes) -> str:
    """Every part of a workbook as text."""
    import io  # noqa: PLC0415
    import zipfile  # noqa: PLC0415

    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return " ".join(book.read(name).decode() for name in book.namelist())
