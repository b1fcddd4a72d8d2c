"""Small catalogues for tests: rows with every needed member, changed by keyword."""

import csv
from itertools import count
from pathlib import Path
from typing import Any

from programs.choices import Confidence, SourceKind, Strictness
from programs.importing import files
from programs.importing.hospital import LABEL_COLUMNS
from programs.models import Institution, Program, ProgramFact, Specialty
from programs.services import fact_record

_numbers = count(50_001)


def make_specialty(slug: str = "internal-medicine", **members: Any) -> Specialty:
    members = {"name": slug.replace("-", " ").capitalize(), "application_service": "eras", **members}
    return Specialty.objects.get_or_create(slug=slug, defaults=members)[0]


def make_program(**members: Any) -> Program:
    number = next(_numbers)
    institution = members.pop("institution", "Harbor Hospital")
    specialty = members.pop("specialty", "internal-medicine")
    program = Program(
        **{
            "id": f"sp{number}",
            "program_key": f"sp{number}",
            "specialty": make_specialty(specialty),
            "track": "categorical",
            "name": f"Program {number}",
            "institution": Institution.objects.get_or_create(name=institution)[0],
            "city": "Torrance",
            "county": "Los Angeles",
            "state": "CA",
            "listing_status": "current",
            "last_listed_year": 2026,
            **members,
        }
    )
    program.save()
    program.refresh_from_db()
    return program


def make_fact(program: Program, field: str, value: str, **members: Any) -> ProgramFact:
    return fact_record(
        **{
            "program": program,
            "field": field,
            "value": value,
            "value_as_stated": value,
            "strictness": Strictness.STRICT,
            "source_kind": SourceKind.PROGRAM_PAGE,
            "confidence": Confidence.HIGH,
            "url": "https://program.example/apply",
            **members,
        }
    )


COLUMNS = {
    "specialties": files.SPECIALTY_COLUMNS,
    "programs": files.PROGRAM_COLUMNS,
    "aliases": files.ALIAS_COLUMNS,
    "same_as": files.SAME_AS_COLUMNS,
    "facts": files.FACT_COLUMNS,
    "hospital_labels": LABEL_COLUMNS,
}
DEFAULTS: dict[str, dict[str, str]] = {
    "specialties": {"slug": "surgery", "name": "Surgery", "application_service": "eras", "source": "one"},
    "programs": {
        "id": "sp00001", "program_key": "sp00001", "specialty": "surgery", "track": "categorical",
        "program_name": "Harbor Program", "institution": "Harbor Hospital", "city": "Torrance",
        "county": "Los Angeles", "state": "CA", "listing_status": "current",
    },
    "aliases": {"institution": "Harbor Hospital", "alias": "The Harbor", "source": "a source"},
    "same_as": {"id": "sp00002", "same_as": "sp00001", "reason": "a reason", "source": "a source"},
    "facts": {
        "id": "1", "program_id": "sp00001", "field": "min_step2ck", "value": "220", "value_as_stated": "220",
        "strictness": "strict", "source_url": "https://program.example/apply", "source_kind": "program_page",
        "confidence": "high",
    },
    "hospital_labels": {
        "program_id": "sp00001", "main_hospital": "Harbor Hospital", "ownership": "state", "beds": "400",
        "resident_fte": "120.5", "cost_report_fy_end": "2021-06-30", "rural": "no", "match_score": "100",
        "source": "a government file",
    },
}  # fmt: skip


def write_catalogue(folder: Path, **rows: list[dict[str, str]]) -> Path:
    """The loader's files with the rows given, each filled up with defaults; one specialty unless given."""
    rows = {"specialties": [{}], **rows}
    for name, columns in COLUMNS.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, columns, restval="")
            writer.writeheader()
            writer.writerows({**DEFAULTS[name], **row} for row in rows.get(name, []))
    return folder
