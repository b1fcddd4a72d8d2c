"""The programs to write to first: the open question whose answer would move the list most, ready to send."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from .programs import program_name, program_place, program_specialty

SUBJECT = "A question before I apply: {name}"
LETTER = "Dear program coordinator,\n\n{question}\n\nThank you for your time.\n"


@dataclass(frozen=True, slots=True)
class Ask:
    """One letter to write; ``letter`` is a mailto link without an address, which the applicant looks up."""

    id: str
    name: str
    place: str
    specialty: str
    why: str
    question: str
    letter: str


def asks(summary: Mapping[str, Any]) -> tuple[Ask, ...]:
    """The letters by what their answers are worth; none where nothing open would move the list."""
    return tuple(_ask(entry) for entry in summary.get("ask_first") or ())


def _ask(entry: Mapping[str, Any]) -> Ask:
    program, question = entry["program"], entry["question"]
    name = program_name(program)
    body = LETTER.format(question=question)
    return Ask(
        id=program["id"],
        name=name,
        place=program_place(program),
        specialty=program_specialty(program),
        why=entry["why"],
        question=question,
        letter=f"mailto:?subject={quote(SUBJECT.format(name=name))}&body={quote(body)}",
    )
