"""What may differ between two answers: her answers and wishes in groups, and what each group reads.

A group is one cause in the split. Where too many groups changed they are taken together by section.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["answers", "options", "data", "model"]
DATA, MODEL = "data", "model"


@dataclass(frozen=True, slots=True)
class Group:
    """``members``: of the profile document, or of the options; ``reads``: what the core reads of them, under
    its own names; nothing where no number depends on it."""

    code: str
    words: str
    section: str
    members: tuple[str, ...]
    reads: tuple[str, ...]
    kind: Kind = "answers"


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    words: str


SECTIONS: tuple[Section, ...] = (
    Section("you", "your background"),
    Section("exams", "your exams"),
    Section("training", "your experience, letters and ties"),
    Section("asked", "what you ask for"),
)


def _plain(code: str, words: str, section: str) -> Group:
    return Group(code, words, section, (code,), (code,))


def _option(code: str, words: str, *members: str) -> Group:
    return Group(code, words, "asked", members, members, "options")


ANSWER_GROUPS: tuple[Group, ...] = (
    _plain("applicant_type", "your kind of graduate", "you"),
    Group("medical_school", "your medical school", "you", ("medical_school",), ()),
    _plain("graduation_year", "your graduation year", "you"),
    _plain("ecfmg_certified", "your ECFMG certificate", "you"),
    _plain("visa_needed", "the visa you need", "you"),
    _plain("military_service", "your military service", "you"),
    _plain("step1", "your Step 1", "exams"),
    _plain("step2ck", "your Step 2 CK", "exams"),
    _plain("step3", "your Step 3", "exams"),
    _plain("specialties", "the specialties you named", "asked"),
    _plain("experience", "your US experience", "training"),
    _plain("letters", "your letters", "training"),
    Group(
        "research",
        "your research",
        "training",
        ("research",),
        ("research_projects", "research_publications"),
    ),
    _plain("service", "your service", "training"),
    _plain("languages", "your languages", "training"),
    _plain("ties", "your ties", "training"),
    _plain("red_flags", "your red flags", "you"),
    _plain("wishes", "your wishes", "asked"),
)
OPTION_GROUPS: tuple[Group, ...] = (
    _option("limits", "your limits on number and fees", "max_applications", "max_usd"),
    _option("rings", "how far you look", "rings"),
    _option("tracks", "the tracks you look at", "tracks"),
    _option("la_weight", "how much Los Angeles counts", "la_weight"),
    _option("signals", "whether signals are placed", "signals"),
    _option("programs", "the programs you hold in or out", "must_include", "must_exclude"),
)
GROUPS: dict[str, Group] = {group.code: group for group in (*ANSWER_GROUPS, *OPTION_GROUPS)}
WORDS: dict[str, str] = {
    **{code: group.words for code, group in GROUPS.items()},
    **{f"section:{section.code}": section.words for section in SECTIONS},
    DATA: "new data on the programs",
    MODEL: "a new version of the model",
}


def groups_changed(
    before: Mapping[str, Any], after: Mapping[str, Any], groups: tuple[Group, ...]
) -> tuple[str, ...]:
    """Codes of the groups whose members differ in two documents, in their order."""
    return tuple(
        group.code
        for group in groups
        if any(before.get(member) != after.get(member) for member in group.members)
    )
