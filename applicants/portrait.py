"""A profile in plain lines, for a person to read: every member in the order of the form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from applicants import labels
from applicants.codes import COUNTRIES, LANGUAGES, STATES

NOT_KNOWN = "not known"
NONE = "none"
TYPES = {"us_img": "US-citizen IMG", "non_us_img": "non-US IMG", "us_md": "US MD", "us_do": "US DO"}
STATUSES = {"pass": "passed", "fail": "failed", "pending": "result pending", "not_taken": "not taken"}
EXAMS = {"step1": "Step 1", "step2ck": "Step 2 CK", "step3": "Step 3"}
TIES = {
    "family": "family",
    "residence": "lives there",
    "grew_up": "grew up there",
    "education": "studied there",
    "work": "worked there",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One member. ``known`` is False where the applicant has not said."""

    label: str
    items: tuple[str, ...]
    known: bool = True


def portrait(profile: Mapping[str, Any], *, specialties: Mapping[str, str]) -> tuple[Line, ...]:
    """``profile`` is a profile document; ``specialties`` gives names to slugs."""
    return (
        _one("Applicant", TYPES.get(profile.get("applicant_type") or "")),
        _one("Medical school", _school(profile.get("medical_school") or {})),
        _one("Graduation year", profile.get("graduation_year")),
        _one("ECFMG certified", _yes_no(profile.get("ecfmg_certified"))),
        _one("Visa", labels.VISA_NEEDS.get(profile.get("visa_needed") or "")),
        _one("Military service", _yes_no(profile.get("military_service"))),
        *(_one(name, exam_words(profile.get(exam) or {})) for exam, name in EXAMS.items()),
        _many("Specialties", profile.get("specialties"), lambda slug: specialties.get(slug, slug)),
        _many("US experience", profile.get("experience"), lambda row: _experience(row, specialties)),
        _many("Letters", profile.get("letters"), lambda row: _letter(row, specialties)),
        _one("Research", _research(profile.get("research") or {})),
        _many("Service", profile.get("service"), _service),
        _many("Languages", profile.get("languages"), lambda code: LANGUAGES.get(code, code)),
        _many("Ties", profile.get("ties"), lambda row: _row(TIES[row["kind"]], _place(row))),
        _many("Red flags", profile.get("red_flags"), lambda flag: labels.RED_FLAGS[flag]),
        _one("Wishes", _wishes(profile.get("wishes") or {})),
    )


def exam_words(exam: Mapping[str, Any]) -> str:
    """``224, passed, 1 attempt, 2024-05``; empty where nothing is known."""
    attempts, practice = exam.get("attempts"), exam.get("practice_score")
    return _row(
        exam.get("score"),
        STATUSES.get(exam.get("status") or ""),
        _counted(attempts, "attempt") if attempts else "",
        exam.get("taken"),
        f"practice {practice}" if practice else "",
    )


def _one(label: str, words: object) -> Line:
    return Line(label, (str(words),)) if words else Line(label, (NOT_KNOWN,), known=False)


def _many(label: str, rows: Iterable[Any] | None, words: Any) -> Line:
    if rows is None:
        return Line(label, (NOT_KNOWN,), known=False)
    return Line(label, tuple(words(row) for row in rows) or (NONE,))


def _row(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part)


def _yes_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def _counted(count: int | None, noun: str) -> str:
    return "" if count is None else f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _school(school: Mapping[str, Any]) -> str:
    country = school.get("country") or ""
    return _row(school.get("name"), COUNTRIES.get(country, country))


def _place(row: Mapping[str, Any]) -> str:
    """The ring where it says more than the state."""
    if row.get("ring") == "los-angeles":
        return "Greater Los Angeles"
    state = row.get("state") or ""
    return STATES.get(state, state) or labels.RINGS.get(row.get("ring") or "", "")


def _specialty(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    slug = row.get("specialty") or ""
    return names.get(slug, slug)


def _experience(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    kind, program = labels.EXPERIENCE_KINDS[row["kind"]], row.get("program_id")
    return _row(kind, _counted(row.get("weeks"), "week"), _specialty(row, names), _place(row), program)


def _letter(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    author, program = labels.LETTER_AUTHORS[row["author"]], row.get("program_id")
    return _row(author, _specialty(row, names), _place(row), program)


def _research(research: Mapping[str, Any]) -> str:
    return _row(
        _counted(research.get("projects"), "project"), _counted(research.get("publications"), "publication")
    )


def _service(row: Mapping[str, Any]) -> str:
    return _row(labels.SERVICE_FOCUSES[row["focus"]], _counted(row.get("months"), "month"), _place(row))


def _wishes(wishes: Mapping[str, Any]) -> str:
    return _row(
        labels.WISHED_RINGS.get(wishes.get("ring") or ""),
        *(STATES.get(state, state) for state in wishes.get("states") or ()),
        *(labels.PROGRAM_TYPES[kind].lower() for kind in wishes.get("program_types") or ()),
    )
