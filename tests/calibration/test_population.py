"""The made-up people against the parameters they are made from."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from matching.calibration.population import ELSEWHERE, KINDS, Marginals, Member, population_make
from matching.scoring.applicant import ApplicantType
from matching.scoring.person import pass_mark
from tests.calibration.made_world import world

PEOPLE = 1000
YEAR = 2026
READ_ELSEWHERE = (
    # by the core where an applicant has not said
    "population.local_share",
    "population.publications.us_img",
    "population.years_since_graduation.us_img",
    "population.type_share.",
    # when she chooses, and when the report compares
    "population.openness_known",
    "population.signals",
    "population.us_md_share_of_us_schools",
    "population.interviews_per_100.us_img",
)


class Watched(dict[str, float]):
    """Remembers which keys were read."""

    def __init__(self, values: Any) -> None:
        super().__init__(values)
        self.seen: set[str] = set()

    def __getitem__(self, name: str) -> float:
        self.seen.add(name)
        return super().__getitem__(name)

    def items(self) -> Any:
        for name, value in super().items():
            if name.startswith(("population.specialty.", "population.home.")):
                self.seen.add(name)
            yield name, value


def people(
    kind: ApplicantType, count: int = PEOPLE, seed: int = 1, correlation: float | None = None
) -> list[Member]:
    changes = {} if correlation is None else {"population.correlation": correlation}
    values = {**world().values, **changes}
    return population_make(kind, count, seed, values=values, sites=world().sites, application_year=YEAR)


def share(members: list[Member], of: Callable[[Member], bool]) -> float:
    return sum(of(member) for member in members) / len(members)


def test_the_same_seed_makes_the_same_people() -> None:
    assert people("us_img", 50) == people("us_img", 50)
    assert people("us_img", 50) != people("us_img", 50, seed=2)


@pytest.mark.parametrize("kind", KINDS)
def test_exams_and_years_have_the_stated_marginals(kind: ApplicantType) -> None:
    members, of = people(kind), Marginals(world().values, kind)
    scores = np.array([member.applicant.step2ck.score for member in members], dtype=float)
    assert scores.mean() == pytest.approx(of("step2ck", "mean"), abs=0.3)
    assert scores.std() == pytest.approx(of("step2ck", "sd"), rel=0.05)
    assert scores.min() >= pass_mark(world().values, "step2ck")
    for step in ("step1", "step2ck"):
        failed = share(members, lambda m, s=step: getattr(m.applicant, s).attempts > 1)  # type: ignore[misc]
        assert failed == pytest.approx(of(f"{step}_fail"), abs=0.002)
    years = [YEAR - (member.applicant.graduation_year or 0) for member in members]
    assert np.mean(years) == pytest.approx(of("years_out"), rel=0.05, abs=0.02)
    passed = share(members, lambda m: m.applicant.step3.status == "pass")
    assert passed == pytest.approx(of("step3_passed"), abs=0.002)


@pytest.mark.parametrize("kind", KINDS)
def test_what_they_send_want_and_bring_has_the_stated_marginals(kind: ApplicantType) -> None:
    members, of = people(kind), Marginals(world().values, kind)
    assert np.mean([m.applications for m in members]) == pytest.approx(of("applications"), rel=0.01)
    mix = of.shares("specialty")
    for name, weight in mix.items():
        first = share(members, lambda m, n=name: m.applicant.specialties[0] == n)  # type: ignore[misc]
        assert first == pytest.approx(weight / sum(mix.values()), abs=0.002)
    two = share(members, lambda m: len(m.applicant.specialties) == 2)
    assert two == pytest.approx(of("second_specialty"), abs=0.002)
    letters = np.mean([len(m.applicant.letters or ()) for m in members])
    assert letters == pytest.approx(of("letters_in_specialty"), abs=0.01)
    publications = np.mean([m.applicant.research_publications or 0 for m in members])
    assert publications == pytest.approx(of("publications_mean"), rel=0.03)
    weeks = np.mean([sum(e.weeks or 0 for e in m.applicant.experience or ()) for m in members])
    assert weeks == pytest.approx(of("usce_weeks", "mean"), rel=0.03)
    at_home = share(members, lambda m: any(tie.kind == "residence" for tie in m.applicant.ties or ()))
    assert at_home == pytest.approx(of("home_share"), abs=0.002)


def test_visas_are_for_the_non_us_imgs_who_need_them() -> None:
    needs = share(people("non_us_img"), lambda m: m.applicant.visa_needed != "none")
    assert needs == pytest.approx(world().values["population.visa_needed.non_us_img"], abs=0.002)
    assert share(people("us_img"), lambda m: m.applicant.visa_needed != "none") == 0


def test_low_scores_fails_and_years_hang_together_as_stated() -> None:
    failed = [m.applicant.step2ck.score or 0 for m in people("us_img") if m.applicant.step1.attempts == 2]
    apart = [
        m.applicant.step2ck.score or 0
        for m in people("us_img", correlation=0.0)
        if m.applicant.step1.attempts == 2
    ]
    everyone = np.mean([m.applicant.step2ck.score or 0 for m in people("us_img")])
    assert np.mean(failed) < everyone - 2
    assert np.mean(apart) == pytest.approx(everyone, abs=1.5)


def test_step1_has_a_score_where_it_was_taken_while_there_were_scores() -> None:
    for member in people("us_img", 300):
        exam, graduated = member.applicant.step1, member.applicant.graduation_year or 0
        assert (exam.score is not None) == (graduated <= 2023), (exam, graduated)


def test_rotations_are_at_programs_of_the_specialty_in_the_state() -> None:
    columns, found = world().columns, 0
    for member in people("us_md", 300):
        for item in member.applicant.experience or ():
            if item.program_id:
                row, found = columns.row_of[item.program_id], found + 1
                assert (
                    columns.specialties[columns.specialty[row]]
                    == item.specialty
                    == member.applicant.specialties[0]
                )
                assert str(columns.place_state[columns.cell[row] // 2]) == item.state
    assert found > 100


def test_clerkships_elsewhere_are_in_no_specialty_applied_to() -> None:
    others = {
        item.specialty
        for member in people("us_img", 100)
        for item in member.applicant.experience or ()
        if item.specialty not in member.applicant.specialties
    }
    assert others == {ELSEWHERE}


def test_every_population_parameter_is_read() -> None:
    values = Watched(world().values)
    for kind in KINDS:
        population_make(kind, 300, 1, values=values, sites=world().sites, application_year=YEAR)
    stated = {name for name in world().values if name.startswith("population.")}
    assert {name for name in stated - values.seen if not name.startswith(READ_ELSEWHERE)} == set()


def test_a_missing_parameter_is_named() -> None:
    values = {name: value for name, value in world().values.items() if ".second_tie" not in name}
    with pytest.raises(KeyError, match=r"population\.second_tie\.us_img"):
        population_make("us_img", 5, 1, values=values, sites=world().sites, application_year=YEAR)


def test_shares_come_by_kind_and_by_us_schools_and_missing_ones_are_named() -> None:
    values = {"population.home.us_school.pacific": 1.0}
    assert Marginals(values, "us_do").shares("home") == {"pacific": 1.0}
    with pytest.raises(KeyError, match=r"population\.home\.us_img\.\*"):
        Marginals(values, "us_img").shares("home")
