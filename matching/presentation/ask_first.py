"""Whom to write to first: the open questions whose answers would move the list most, ready to send."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from matching.questions import QUESTIONS

from .programs import program_name, program_place, program_specialty

SUBJECT = "A question before I apply: {name}"
LETTER = "Dear program coordinator,\n\n{question}\n\nThank you for your time.\n"


@dataclass(frozen=True, slots=True)
class Letter:
    """One program to write to; ``link`` is a mailto link without an address, which the applicant looks up."""

    id: str
    name: str
    place: str
    specialty: str
    link: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One question, why it matters, and the programs to put it to."""

    question: str
    why: str
    letters: tuple[Letter, ...]


def asks(summary: Mapping[str, Any]) -> tuple[Ask, ...]:
    """Questions and programs by what the answers are worth; none where nothing open would move the list."""
    by_fact: dict[str, list[Mapping[str, Any]]] = {}
    for entry in summary.get("ask_first") or ():
        by_fact.setdefault(entry["fact"], []).append(entry)
    return tuple(
        Ask(QUESTIONS[fact], entries[0]["why"], tuple(_letter(entry) for entry in entries))
        for fact, entries in by_fact.items()
    )


def _letter(entry: Mapping[str, Any]) -> Letter:
    program = entry["program"]
    name = program_name(program)
    subject, body = SUBJECT.format(name=name), LETTER.format(question=entry["question"])
    return Letter(
        id=program["id"],
        name=name,
        place=program_place(program),
        specialty=program_specialty(program),
        link=f"mailto:?subject={quote(subject)}&body={quote(body)}",
    )
