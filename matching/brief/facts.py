"""What a brief is drawn from: her profile, the stored answer to it, the season's dates. Frozen; no clock."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from matching.brief.program_facts import ProgramFacts
from matching.scoring.applicant import HANDS_ON, Applicant, Exam, Experience, Letter, Ring
from matching.season_dates import SeasonDate, opening_after, season_date

HOME = "los-angeles"
EXAMS: tuple[tuple[str, str], ...] = (("step1", "Step 1"), ("step2ck", "Step 2 CK"), ("step3", "Step 3"))
US_AUTHORS = frozenset({"us_academic", "us_clinical"})


@dataclass(frozen=True, slots=True)
class Dates:
    """``match_week``: of the season of the answer while it lies ahead; the next ones by the next opening."""

    as_of: date
    opens: SeasonDate | None
    opens_season: str
    match_week: SeasonDate | None
    next_match_week: SeasonDate | None


@dataclass(frozen=True, slots=True)
class FactorCount:
    """On how many programs of the list a factor lowers the odds, and on how many it raises them."""

    lowers: int
    raises: int


@dataclass(frozen=True)
class BriefFacts:
    me: Applicant
    season: str
    dates: Dates
    applied_before: bool | None
    applications: int
    by_ring: Mapping[str, int]
    factors: Mapping[str, FactorCount]
    closed: tuple[tuple[str, int], ...]
    closed_count: int
    met: Mapping[str, int]
    programs: tuple[ProgramFacts, ...]
    shown: int
    saved: bool
    specialty_names: Mapping[str, str]

    # exams
    def exam(self, name: str) -> Exam:
        found: Exam = getattr(self.me, name)
        return found

    @property
    def repeated(self) -> tuple[tuple[str, Exam], ...]:
        """Exams passed after a fail, with their names."""
        told = ((label, self.exam(name)) for name, label in EXAMS)
        return tuple((label, exam) for label, exam in told if exam.passed and (exam.attempts or 0) > 1)

    @property
    def failed(self) -> tuple[str, ...]:
        """Exams failed and not passed yet."""
        return tuple(label for name, label in EXAMS if self.exam(name).passed is False)

    @property
    def gap(self) -> int | None:
        """Step 2 CK less Step 1, where both have a number."""
        first, second = self.me.step1.score, self.me.step2ck.score
        return second - first if first is not None and second is not None else None

    # where she comes from
    @property
    def abroad(self) -> bool:
        return self.me.applicant_type in ("us_img", "non_us_img")

    @property
    def years_out(self) -> int | None:
        year = self.me.graduation_year
        return max(0, self.dates.as_of.year - year) if year is not None else None

    @property
    def wants_home(self) -> bool:
        return self.me.wishes.ring == HOME

    # what she did
    @property
    def hands_on(self) -> tuple[Experience, ...]:
        return tuple(item for item in self.me.experience or () if item.kind in HANDS_ON)

    @property
    def hands_on_weeks(self) -> int:
        return sum(item.weeks or 0 for item in self.hands_on)

    @property
    def us_letters(self) -> tuple[Letter, ...]:
        return tuple(item for item in self.me.letters or () if item.author in US_AUTHORS)

    @property
    def tongues(self) -> tuple[str, ...]:
        return tuple(code for code in self.me.languages or () if code != "en")

    def at_home(self, member: str) -> tuple[Any, ...]:
        """Her experience, letters, service or ties in greater Los Angeles."""
        return tuple(item for item in getattr(self.me, member) or () if item.ring == HOME)

    @property
    def clinical_home(self) -> tuple[Experience, ...]:
        return tuple(item for item in self.at_home("experience") if item.kind != "research")

    @property
    def linked_home(self) -> bool:
        return any(self.at_home(name) for name in ("experience", "letters", "service", "ties"))

    # the answer
    def factor_acts(self, name: str) -> bool:
        found = self.factors.get(name)
        return found is not None and bool(found.lowers or found.raises)

    def lowers(self, name: str) -> int:
        return self.factors[name].lowers if name in self.factors else 0

    def count(self, holds: Callable[[ProgramFacts], bool]) -> int:
        return sum(1 for program in self.programs if holds(program))

    def named(self, specialty: str) -> str:
        name = self.specialty_names.get(specialty, specialty.replace("-", " "))
        return name.lower()

    @property
    def may_have_applied(self) -> bool:
        """Whether she could apply in the season of the answer, and its Match Week lies ahead."""
        year = self.me.graduation_year
        late = year is not None and year > int(self.season)
        return self.dates.match_week is not None and not late and self.me.step2ck.status != "not_taken"

    @property
    def wish(self) -> Ring | None:
        return self.me.wishes.ring


def dates_of(season: str, as_of: date) -> Dates:
    """The dates of the season that are still ahead on ``as_of``, and those of the next opening."""
    following = opening_after(season, as_of)
    week = season_date(season, "match_week")
    opens_season = following[0] if following else ""
    return Dates(
        as_of=as_of,
        opens=following[1] if following else None,
        opens_season=opens_season,
        match_week=week if week and week.day > as_of else None,
        next_match_week=season_date(opens_season, "match_week") if opens_season else None,
    )


def factors_counted(rows: Sequence[Mapping[str, Any]]) -> dict[str, FactorCount]:
    """How often each factor lowers and raises the odds on the rows, as far as they are explained."""
    lowers: dict[str, int] = {}
    raises: dict[str, int] = {}
    for row in rows:
        for factor in row.get("factors", ()):
            count = lowers if factor["contribution"] < 0 else raises
            count[factor["factor"]] = count.get(factor["factor"], 0) + 1
    return {name: FactorCount(lowers.get(name, 0), raises.get(name, 0)) for name in {*lowers, *raises}}


def gates_met(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """On how many rows each stated rule is met."""
    met: dict[str, int] = {}
    for row in rows:
        for gate in row.get("gates", ()):
            if gate["verdict"] == "pass":
                met[gate["gate"]] = met.get(gate["gate"], 0) + 1
    return met


def closed_by(summary: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
    """The strict rules that close most programs to her, by label."""
    return tuple((gate["label"], gate["count"]) for gate in summary["screened_out"]["by_gate"])
