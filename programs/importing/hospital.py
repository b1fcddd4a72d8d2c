"""Facts of a program's main hospital, from files of the US government.

Only rows whose hospital was found with certainty enough become facts, and a hospital is not a program:
residents often rotate elsewhere, which the note of each fact says.
"""

from collections.abc import Collection

from programs.choices import Confidence, SourceKind, Strictness
from programs.importing.reading import Row
from programs.models import ProgramFact

LABEL_COLUMNS = (
    "program_id", "main_hospital", "ccn", "ownership", "beds", "resident_fte", "cost_report_fy_end", "rural",
    "match_score", "source",
)  # fmt: skip
LOWEST_MATCH_SCORE = 90
OWNERSHIP = {
    "": "",
    "nonprofit": "nonprofit",
    "nonprofit (church)": "nonprofit-church",
    "for-profit": "for-profit",
    "state": "state",
    "government-local (county)": "county",
    "government-local (city)": "city",
    "government-local (city-county)": "city-county",
    "hospital district": "hospital-district",
    "government-other": "other-government",
}
# Ids of these facts are made from the program's, so that the same file gives the same ids everywhere.
LABEL_IDS_FROM = 10_000_000
NOTE = "Main hospital by name and place; residents often rotate elsewhere."


def label_facts(row: Row, known: Collection[str]) -> list[ProgramFact]:
    """Up to five facts of one line; none where the hospital was not surely found."""
    program_id = row.choice_of_program("program_id", known)
    name = row.text("main_hospital", longest=200)
    owner = row.choice("ownership", OWNERSHIP)
    beds, residents = row.number("beds", 0, 10_000), row.number("resident_fte", 0, 10_000)
    rural = row.choice("rural", ("yes", "no"))
    source, ended = row.text("source", longest=300), row.day("cost_report_fy_end")
    score = row.number("match_score", 0, 100)
    if score is None:
        row.fault("match_score", "is missing")
    if score is None or score < LOWEST_MATCH_SCORE or program_id not in known:
        return []
    said = (
        ("main_hospital", None, "", name, Strictness.STATEMENT),
        ("hospital_ownership", None, OWNERSHIP.get(owner, ""), owner, Strictness.STATEMENT),
        ("hospital_beds", beds, "", row.cells["beds"].strip(), Strictness.COUNT),
        ("hospital_resident_fte", residents, "", row.cells["resident_fte"].strip(), Strictness.COUNT),
        ("hospital_rural", None, rural, rural, Strictness.STATEMENT),
    )
    return [
        ProgramFact(
            id=LABEL_IDS_FROM + int(program_id[2:]) * 10 + place,
            program_id=program_id,
            field=field,
            value_number=number,
            value_code=code,
            value_as_stated=stated,
            strictness=strictness,
            source=source,
            source_kind=SourceKind.GOVERNMENT,
            page_year=ended.year if ended else None,
            observed_on=ended,
            confidence=Confidence.HIGH if score >= 100 else Confidence.MEDIUM,
            note=NOTE,
        )
        for place, (field, number, code, stated, strictness) in enumerate(said)
        if stated
    ]
