"""The seeded reference population: made-up applicants whose marginals are the ``population.*`` parameters.

Everything is known of them. A parameter is looked up for the kind of graduate, then for graduates of US
schools together, then for all: ``population.<what>.<kind>``, ``population.<what>.us_school``,
``population.<what>``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

import numpy as np

from matching.calibration.marginals import (
    above,
    binomial,
    counts,
    linked,
    pick,
    pick_even,
    spread,
    uniforms,
)
from matching.calibration.sites import Sites
from matching.scoring.applicant import (
    Applicant,
    ApplicantType,
    Exam,
    Experience,
    Letter,
    LetterAuthor,
    RedFlag,
    Service,
    Tie,
    VisaNeed,
)
from matching.scoring.draws import Floats
from matching.scoring.gate_judges import SCORELESS_FROM
from matching.scoring.kinds import IMG_TYPES
from matching.scoring.person import pass_mark

KINDS: tuple[ApplicantType, ...] = get_args(ApplicantType)
ELSEWHERE = "other"  # a specialty she does not apply to
_MONTH = "06"


@dataclass(frozen=True, slots=True)
class Member:
    """One of the population, and the number of programs she applies to."""

    applicant: Applicant
    applications: int


@dataclass(frozen=True)
class Marginals:
    """The ``population.*`` parameters as one kind of graduate reads them."""

    values: Mapping[str, float]
    kind: ApplicantType

    def __call__(self, what: str, part: str = "") -> float:
        """``part``: "mean" or "sd", where it has both. Raises KeyError naming what is missing."""
        end = f".{part}" if part else ""
        for name in self._names(what):
            if name + end in self.values:
                return self.values[name + end]
        raise KeyError(f"population.{what}.{self.kind}{end}")

    def shares(self, what: str) -> dict[str, float]:
        """``population.<what>.<kind>.<name>`` by name. Raises KeyError where there is none."""
        for prefix in self._names(what):
            found = {
                name.removeprefix(f"{prefix}."): value
                for name, value in sorted(self.values.items())
                if name.startswith(f"{prefix}.")
            }
            if found and prefix != f"population.{what}":
                return found
        raise KeyError(f"population.{what}.{self.kind}.*")

    def _names(self, what: str) -> tuple[str, ...]:
        school = () if self.kind in IMG_TYPES else (f"population.{what}.us_school",)
        return (f"population.{what}.{self.kind}", *school, f"population.{what}")


def population_make(
    kind: ApplicantType,
    count: int,
    seed: int,
    *,
    values: Mapping[str, float],
    sites: Sites,
    application_year: int,
) -> list[Member]:
    """``count`` applicants of one kind; the same arguments give the same people. Raises KeyError."""
    marginals = Marginals(values, kind)
    table = _traits(marginals, uniforms(kind, count, seed))
    maker = _Maker(marginals, sites, application_year)
    return [maker.member({trait: column[index] for trait, column in table.items()}) for index in range(count)]


def _traits(of: Marginals, uniform: Mapping[str, Floats]) -> dict[str, list[float]]:
    """Amounts where the trait has a distribution, uniforms where something is chosen by it. Scores, fails and
    years out hang together by one common strength."""
    correlation, strong = of("correlation"), uniform["strength"]
    table = {
        **uniform,
        "step1_fail": linked(strong, uniform["step1_fail"], correlation),
        "step2ck_fail": linked(strong, uniform["step2ck_fail"], correlation),
        "step2ck": above(
            linked(strong, uniform["step2ck"], correlation),
            of("step2ck", "mean"),
            of("step2ck", "sd"),
            pass_mark(of.values, "step2ck"),
        ),
        "years_out": counts(
            linked(1 - strong, uniform["years_out"], correlation), of("years_out"), of("years_out_most")
        ),
        "applications": spread(uniform["applications"], of("applications"), of("applications_spread")),
        "usce_weeks": above(uniform["usce_weeks"], of("usce_weeks", "mean"), of("usce_weeks", "sd"), 0.0),
        "letters": binomial(
            uniform["letters"], of("letters_in_specialty"), int(of.values["letters.counted_most"])
        ),
        "publications": counts(uniform["publications"], of("publications_mean")),
    }
    return {trait: column.tolist() for trait, column in table.items()}


class _Maker:
    """Puts one person together from her traits."""

    def __init__(self, of: Marginals, sites: Sites, application_year: int) -> None:
        self.of, self.sites, self.year = of, sites, application_year
        self.specialties = of.shares("specialty")
        self.states, self.edges = sites.states(of.shares("home"))
        self.step1_mark = pass_mark(of.values, "step1")

    def member(self, trait: Mapping[str, float]) -> Member:
        of, graduated = self.of, self.year - int(trait["years_out"])
        score = round(trait["step2ck"])
        specialties = self._specialties(trait)
        home = self._state(trait["home_state"]) if trait["home"] < of("home_share") else None
        away = self._state(trait["usce_state"])
        place = home if home and trait["usce_at_home"] < of("usce_at_home") else away
        here = self._program(trait, place, specialties[0])
        applicant = Applicant(
            applicant_type=of.kind,
            graduation_year=graduated,
            visa_needed=self._visa(trait),
            ecfmg_certified=trait["ecfmg"] < of("ecfmg_certified") if of.kind in IMG_TYPES else None,
            military_service=False,
            step1=self._step1(trait, graduated, score),
            step2ck=Exam("pass", score, 1 + (trait["step2ck_fail"] < of("step2ck_fail"))),
            step3=_step3(trait["step3"] < of("step3_passed")),
            specialties=specialties,
            experience=self._experience(trait, specialties, place, here),
            letters=self._letters(trait, specialties, place, here),
            research_publications=int(trait["publications"]),
            service=self._service(trait),
            languages=("en", "es") if trait["spanish"] < of("spanish") else ("en",),
            ties=self._ties(trait, home),
            red_flags=self._flags(trait),
        )
        return Member(applicant, max(1, round(trait["applications"])))

    def _specialties(self, trait: Mapping[str, float]) -> tuple[str, ...]:
        first = pick(trait["specialty"], self.specialties)
        others = {name: share for name, share in self.specialties.items() if name != first}
        if trait["second_specialty"] < self.of("second_specialty") and any(others.values()):
            return first, pick(trait["which_second"], others)
        return (first,)

    def _state(self, uniform: float) -> str:
        return self.states[int(np.searchsorted(self.edges, uniform))]

    def _program(self, trait: Mapping[str, float], place: str, specialty: str) -> str | None:
        """A program of her specialty where she rotated; None where she did not, or the state has none."""
        here = self.sites.programs.get((place, specialty), ())
        rotated = here and trait["rotation_here"] < self.of("rotation_here")
        return pick_even(trait["which_program"], here) if rotated else None

    def _visa(self, trait: Mapping[str, float]) -> VisaNeed:
        if self.of.kind != "non_us_img" or trait["visa"] >= self.of("visa_needed"):
            return "none"
        return "j1" if trait["visa_j1_only"] < self.of("visa_j1_only") else "either"

    def _step1(self, trait: Mapping[str, float], graduated: int, score: int) -> Exam:
        """Scored where it was taken while there were scores; then a stated distance below Step 2 CK."""
        taken = f"{graduated - int(self.of('step1_years_before_graduation'))}-{_MONTH}"
        below = round(score - self.of("step1_below_step2ck"))
        scored = max(below, int(self.step1_mark)) if taken < SCORELESS_FROM else None
        return Exam("pass", scored, 1 + (trait["step1_fail"] < self.of("step1_fail")), taken)

    def _experience(
        self, trait: Mapping[str, float], specialties: tuple[str, ...], place: str, here: str | None
    ) -> tuple[Experience, ...]:
        left, items = round(trait["usce_weeks"]), []
        for specialty in specialties:
            weeks = min(left, round(self.of("specialty_weeks")))
            left -= weeks
            program = here if specialty == specialties[0] else None
            if weeks or program:
                items.append(Experience("sub_internship", weeks, place, None, program, specialty))
        if left:
            items.append(Experience("core_clerkship", left, place, None, None, ELSEWHERE))
        return tuple(items)

    def _letters(
        self, trait: Mapping[str, float], specialties: tuple[str, ...], place: str, here: str | None
    ) -> tuple[Letter, ...]:
        """In her specialties by turns; the first from where she rotated, if they write one."""
        academic = trait["letters_academic"] < self.of("letters_academic")
        author: LetterAuthor = "us_academic" if academic else "us_clinical"
        wrote = here if trait["letter_here"] < self.of("letter_here") else None
        return tuple(
            Letter(author, place, None, None if turn else wrote, specialties[turn % len(specialties)])
            for turn in range(int(trait["letters"]))
        )

    def _service(self, trait: Mapping[str, float]) -> tuple[Service, ...]:
        months = round(self.of.values["mission.full_months"])
        return (Service("free_clinic", months),) if trait["service"] < self.of("service") else ()

    def _ties(self, trait: Mapping[str, float], home: str | None) -> tuple[Tie, ...]:
        second = self._state(trait["tie_state"]) if trait["second_tie"] < self.of("second_tie") else None
        homes = (Tie("residence", home),) if home else ()
        return (*homes, Tie("family", second)) if second else homes

    def _flags(self, trait: Mapping[str, float]) -> tuple[RedFlag, ...]:
        flags: tuple[RedFlag, ...] = ("gap_unexplained", "professionalism")
        return tuple(flag for flag in flags if trait[flag] < self.of(f"red_flag.{flag}"))


def _step3(passed: bool) -> Exam:
    return Exam("pass", None, 1) if passed else Exam("not_taken", None, 0)
