"""How fresh what we hold is: a line a program and key field, the most used first.

All lines are looked at each time (4,346 programs by thirteen fields), the few of a page are read in full: a
constant number of queries however many programs and facts there are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import F, QuerySet

from programs.choices import COUNTED, CheckState, Ring
from programs.current import Value
from programs.fact_fields import FACT_FIELDS
from programs.models import Program, ProgramFact
from programs.selectors import programs_open

KEY_FIELDS = (
    "accepts_img", "visa_j1", "visa_h1b", "us_citizen_or_pr_only", "min_step2ck", "min_step1",
    "max_attempts_step1", "max_attempts_step2ck", "max_years_since_graduation", "usce_months_required",
    "ecfmg_required_at", "letters_required", "positions_pgy1",
)  # fmt: skip
NOTHING, NEVER, OLD, CONFLICT = "nothing", "never", "old", "conflict"
KINDS = {
    CONFLICT: "sources disagree",
    OLD: "older than a season",
    NEVER: "never verified",
    NOTHING: "nothing held",
}
A_SEASON = timedelta(days=365)
RINGS = {ring.value: place for place, ring in enumerate(Ring)}
MEANT = {
    NOTHING: "no source says anything of it yet",
    NEVER: "held, but neither the day it was read nor the year of the page is known",
    OLD: "read more than a year ago, or on a page of two years ago or before",
    CONFLICT: "two sources that both count say otherwise",
}


class Said(NamedTuple):
    """What a counted fact of one program and field says, as far as freshness asks."""

    value: Value
    observed_on: date | None
    page_year: int | None
    season: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What the board is to show; "" is all. ``kind`` "" leaves out what nothing is held of."""

    kind: str = ""
    field: str = ""
    ring: str = ""
    specialty: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """``fact`` is the current one, ``facts`` all that count; ``waiting`` waits for its second reader."""

    program: Program
    uses: int
    field: str
    kinds: tuple[str, ...]
    fact: ProgramFact | None
    facts: tuple[ProgramFact, ...]
    waiting: ProgramFact | None

    @property
    def label(self) -> str:
        return FACT_FIELDS[self.field].label

    @property
    def kind_words(self) -> str:
        return ", ".join(KINDS[kind] for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Board:
    """``counts``: by kind, of all that the other filters leave; ``found``: the lines there are."""

    counts: Mapping[str, int]
    held: int
    cells: int
    found: int
    lines: tuple[Line, ...]


def kinds_of(said: Iterable[Said], today: date, *, counted: bool = False) -> tuple[str, ...]:
    """Why one should look again; empty where all is fresh. ``counted``: numbers of two years may differ."""
    facts = list(said)
    current = next((fact for fact in facts if fact.is_current), None)
    if current is None:
        return (NOTHING,)
    kinds = []
    rivals = [fact for fact in facts if not counted or _year(fact) == _year(current)]
    if current.value is not None and any(fact.value not in (None, current.value) for fact in rivals):
        kinds.append(CONFLICT)
    same = [fact for fact in facts if fact.value == current.value]
    days = [fact.observed_on for fact in same if fact.observed_on]
    years = [fact.page_year for fact in same if fact.page_year]
    if not days and not years:
        kinds.append(NEVER)
    elif max(days) < today - A_SEASON if days else max(years) <= today.year - 2:
        kinds.append(OLD)
    return tuple(kinds)


def _year(fact: Said) -> tuple[str, int | None]:
    return fact.season, fact.page_year


def freshness(asked: Asked, *, today: date, per_page: int = 50) -> Board:
    """The page of the board that is asked for."""
    programs = _programs(asked)
    fields = (asked.field,) if asked.field else KEY_FIELDS
    said = _said(asked, fields)
    counts: Counter[str] = Counter()
    found: list[tuple[str, str, tuple[str, ...]]] = []
    nothing = (NOTHING,)
    for program in programs:
        for field in fields:
            facts = said.get((program, field))
            numbers = FACT_FIELDS[field].topic == "numbers"
            kinds = kinds_of(facts, today, counted=numbers) if facts else nothing
            counts.update(kinds)
            if (asked.kind in kinds) if asked.kind else (kinds and kinds != nothing):
                found.append((program, field, kinds))
    first = (asked.page - 1) * per_page
    cells = len(programs) * len(fields)
    return Board(
        counts={kind: counts[kind] for kind in KINDS},
        held=cells - counts[NOTHING],
        cells=cells,
        found=len(found),
        lines=_lines(found[first : first + per_page]),
    )


def _chosen(asked: Asked) -> QuerySet[Program]:
    rows = programs_open()
    if asked.ring:
        rows = rows.filter(ring=asked.ring)
    return rows.filter(specialty=asked.specialty) if asked.specialty else rows


def _programs(asked: Asked) -> list[str]:
    """Ids, the most used first, then the innermost ring, then by name."""
    rows = _chosen(asked).order_by("name", "id").values_list("id", "ring", "use__lists")
    return [row[0] for row in sorted(rows, key=lambda row: (-(row[2] or 0), RINGS[row[1]]))]


def _said(asked: Asked, fields: Iterable[str]) -> dict[tuple[str, str], list[Said]]:
    rows = ProgramFact.objects.filter(field__in=list(fields), check_state__in=COUNTED).order_by()
    if asked.ring or asked.specialty:
        rows = rows.filter(program__in=_chosen(asked))
    said: dict[tuple[str, str], list[Said]] = {}
    columns = ("value_number", "value_code", "observed_on", "page_year", "season", "is_current")
    for program, field, number, code, *rest in rows.values_list("program_id", "field", *columns):
        value = number if number is not None else code or None
        said.setdefault((program, field), []).append(Said(value, *rest))
    return said


def _lines(cells: list[tuple[str, str, tuple[str, ...]]]) -> tuple[Line, ...]:
    """The cells of one page in full."""
    ids = {program for program, _, _ in cells}
    rows = Program.objects.filter(id__in=ids).select_related("specialty").annotate(lists=F("use__lists"))
    programs = {program.pk: program for program in rows.defer("search_text")}
    facts: dict[tuple[str, str], list[ProgramFact]] = {}
    held = ProgramFact.objects.filter(program__in=ids, field__in={field for _, field, _ in cells})
    for fact in held.exclude(check_state=CheckState.REFUSED).order_by("-is_current", "id"):
        facts.setdefault((fact.program_id, fact.field), []).append(fact)
    return tuple(
        _line(programs[program], field, kinds, facts.get((program, field), []))
        for program, field, kinds in cells
    )


def _line(program: Program, field: str, kinds: tuple[str, ...], facts: list[ProgramFact]) -> Line:
    counted = tuple(fact for fact in facts if fact.check_state in COUNTED)
    return Line(
        program=program,
        uses=getattr(program, "lists", None) or 0,
        field=field,
        kinds=kinds,
        fact=next((fact for fact in counted if fact.is_current), None),
        facts=counted,
        waiting=next((fact for fact in facts if fact.check_state == CheckState.WAITING), None),
    )
