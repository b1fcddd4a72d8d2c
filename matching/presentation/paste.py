"""A pasted list before it is taken over: what each line is, and what is to be decided."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matching.paste import Line, Read

from .list_page import program_facts
from .programs import program_name, program_place, program_specialty

if TYPE_CHECKING:
    from programs.models import Program


@dataclass(frozen=True, slots=True)
class Candidate:
    id: str
    name: str
    where: str
    specialty: str

    @property
    def words(self) -> str:
        return f"{self.name}, {self.where} ({self.specialty})"


@dataclass(frozen=True, slots=True)
class PasteRow:
    """``said``: why a line is not simply added."""

    line: Line
    candidates: tuple[Candidate, ...]
    said: str = ""

    @property
    def first(self) -> Candidate:
        return self.candidates[0]


@dataclass(frozen=True, slots=True)
class PastePage:
    matched: tuple[PasteRow, ...]
    questions: tuple[PasteRow, ...]
    doubled: tuple[PasteRow, ...]
    unmatched: tuple[PasteRow, ...]

    @property
    def unmatched_text(self) -> str:
        return "\n".join(row.line.text for row in self.unmatched)

    @property
    def addable(self) -> bool:
        return bool(self.matched or self.questions)


def paste_page(
    reads: Sequence[Read], programs: "Mapping[str, Program]", listed: Collection[str]
) -> PastePage:
    """``programs``: every candidate by id; ``listed``: keys of the programs on the list already."""
    matched: list[PasteRow] = []
    questions: list[PasteRow] = []
    doubled: list[PasteRow] = []
    unmatched: list[PasteRow] = []
    seen: dict[str, int] = {}
    for read in reads:
        row = PasteRow(read.line, tuple(_candidate(programs[name]) for name in read.candidates))
        if not row.candidates:
            unmatched.append(row)
        elif not read.sure:
            questions.append(row)
        else:
            key = programs[read.candidates[0]].program_key
            if key in listed:
                doubled.append(PasteRow(row.line, row.candidates, "on your list already"))
            elif key in seen:
                doubled.append(PasteRow(row.line, row.candidates, f"the same program as line {seen[key]}"))
            else:
                matched.append(row)
            seen.setdefault(key, read.line.number)
    return PastePage(tuple(matched), tuple(questions), tuple(doubled), tuple(unmatched))


def _candidate(program: "Program") -> Candidate:
    facts = program_facts(program)
    return Candidate(program.pk, program_name(facts), program_place(facts), program_specialty(facts))
