"""The page where she tells what became of her list: one choice a program, filled in from the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from matching.presentation.list_page import program_facts
from matching.presentation.programs import program_name, program_place, program_specialty
from matching.presentation.select_options import Choices, select_options

from .forms import APPLIED_TO, Typed
from .results import MATCHED, NOT_APPLIED, PLAN, RESULTS, result_of
from .timing import SeasonTimes, date_words

if TYPE_CHECKING:
    from datetime import date

    from matching.models import ListEntry, Outcome, OutcomeReport
    from programs.models import Program

UNASKED: Choices = (("", "not said"),)
BASE: Choices = ((NOT_APPLIED, "did not apply"), *RESULTS.items())
BEFORE_WEEK: Choices = tuple(each for each in BASE if each[0] != MATCHED)
SAID_BEFORE = "some"  # who has told once is not asked again: what she left open then stays open
ENDINGS: Choices = (
    ("unknown", "Not known yet"),
    ("here", "I matched at a program above"),
    ("elsewhere", "I matched at another program"),
    ("none", "I did not match"),
)


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    name: str
    where: str
    specialty: str
    options: SafeString
    planned: bool
    off_list: bool
    error: str


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    words: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Fault:
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class TellPage:
    """``rows`` in the order of the list, then those that left it since."""

    rows: tuple[Row, ...]
    planned: int
    applied: tuple[Choice, ...]
    endings: tuple[Choice, ...]
    consent: bool
    faults: tuple[Fault, ...]
    applied_error: str
    ending_error: str
    asks_ending: bool


def tell_page(
    entries: Sequence["ListEntry"],
    told: Sequence["Outcome"],
    *,
    report: "OutcomeReport | None",
    times: SeasonTimes,
    today: "date",
    typed: Typed | None = None,
) -> TellPage:
    """``typed`` is shown again where it could not be taken over; what it leaves open, as it stands now."""
    results = {row.program_id: row.result for row in told}
    listed = {entry.program_id for entry in entries}
    asks = times.week_begun(today) or MATCHED in results.values()
    choices = BASE if asks else BEFORE_WEEK
    rows = [
        _row(entry.program, result_of(entry.status, results.get(entry.program_id, "")), choices, typed)
        for entry in entries
    ]
    gone = [row for row in told if row.program_id not in listed]
    rows += [_row(row.program, row.result, choices, typed, off_list=True) for row in gone]
    faults = typed.faults if typed else {}
    named = {row.id: row.name for row in rows}
    ending = typed.ending if typed else report.ending if report else "unknown"
    applied = typed.applied if typed else SAID_BEFORE if report else ""
    return TellPage(
        rows=tuple(rows),
        planned=sum(row.planned for row in rows),
        applied=_choices(tuple(APPLIED_TO.items()), applied),
        endings=_choices(ENDINGS, ending),
        consent=typed.consent if typed else bool(report and report.consented_at),
        faults=(
            *(
                Fault(f"{name}-{'all' if name == 'applied' else 'unknown'}", text)
                for name, text in faults.items()
            ),
            *(
                Fault(f"result-{n}", f"{named[n]}: {text}")
                for n, text in (typed.errors if typed else {}).items()
            ),
        ),
        applied_error=faults.get("applied", ""),
        ending_error=faults.get("ending", ""),
        asks_ending=asks or ending != "unknown",
    )


def planned_of(entries: Sequence["ListEntry"]) -> frozenset[str]:
    return frozenset(entry.program_id for entry in entries if entry.status == PLAN)


def names_asked(entries: Sequence["ListEntry"], told: Sequence["Outcome"]) -> dict[str, str]:
    """Every program the page asks about, by id."""
    programs = [entry.program for entry in entries] + [row.program for row in told]
    return {program.pk: program_name(program_facts(program)) for program in programs}


def when_words(times: SeasonTimes) -> str:
    """Why there is nothing to tell yet."""
    return (
        f"Applications for the {times.season} season open in {date_words(times.opens)}. "
        "Come back when you have sent yours."
    )


def _row(
    program: "Program", result: str, choices: Choices, typed: Typed | None, *, off_list: bool = False
) -> Row:
    facts, planned = program_facts(program), not result
    chosen = (typed.choices.get(program.pk) or result) if typed else result
    options: Choices = (*UNASKED, *choices) if planned else choices
    return Row(
        id=program.pk,
        name=program_name(facts),
        where=program_place(facts),
        specialty=program_specialty(facts),
        options=select_options(options, chosen),
        planned=planned,
        off_list=off_list,
        error=typed.errors.get(program.pk, "") if typed else "",
    )


def _choices(choices: Choices, chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, words, value == chosen) for value, words in choices)
