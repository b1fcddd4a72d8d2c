"""Residents, one a row. An item is one resident with what the roster says of itself:

{"program", "season", "resident": [class year, school, country, kind], "roster": {…}}
"""

import re

from programs.choices import SourceKind
from programs.importing.columns import ROSTERS
from programs.importing.rows.common import Read, Reader, address, codes_check, faults_of
from programs.roster_rows import resident_read

NAMES = tuple(target.name for target in ROSTERS)


def rosters_read(cells: dict[str, str], reader: Reader) -> Read:
    row = reader.row(cells, NAMES)
    codes_check(row)
    season = row.cells["season"]
    if not re.fullmatch(r"20\d\d", season):
        row.fault("season", "is no season: the year the training year ends, such as 2027")
        season = "2100"
    url, source = address(row), row.text("source", longest=300, needed=False)
    if not url and not source:
        row.fault("source_url", "is missing: say where it can be read, by row or for the whole file")
    kind, day = row.choice("source_kind", SourceKind.values), row.day("observed_on")
    if day is None and not row.cells["observed_on"]:
        row.fault("observed_on", "is missing: the day the list was read")
    complete = row.cells["complete"].casefold() or "yes"
    if complete not in ("yes", "no"):
        row.fault("complete", "is none of yes, no")
    resident, wrong = resident_read(row.cells, season=season)
    for fault in wrong:
        row.fault(fault.field, fault.reason)
    found = reader.index.find(row.cells, tracks=False)
    if found.fault and not any(fault.field == found.field for fault in row.faults):
        row.fault(found.field, found.fault)
    read = Read(program=found.first, faults=faults_of(row.faults))
    if not read.faults:
        roster = {
            "url": url, "source": source, "source_kind": kind,
            "observed_on": day.isoformat() if day else "", "complete": complete == "yes",
        }  # fmt: skip
        values = [resident.class_year, resident.school, resident.country, resident.kind]
        read.items = [
            {"program": program, "season": season, "resident": values, "roster": roster}
            for program in found.programs
        ]
    return read
