"""The whole way over the real catalogue: a seeded sample of applicants."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import logit

from applicants.personas import PERSONAS
from applicants.schema import ProfileDocument
from matching.catalogue import LoadedCatalogue
from matching.inputs import applicant_of
from matching.packing import answer_pack
from matching.scoring.answer import Answer
from matching.scoring.applicant import Applicant, Exam, Experience, Letter, Options, Tie
from matching.scoring.columns import Columns
from matching.scoring.rules import FAIL
from matching.scoring.score import catalogue_score, score
from matching.scoring.tiers import SAFETY
from tests.scoring.made_catalogue import Told, model_now, rows_of

pytestmark = pytest.mark.django_db  # to load the catalogue once

OPTIONS = Options(top=500, signals=False)  # a signal moves from one program to another
TRACKS_IN_CATALOGUE = 4346


@pytest.fixture(scope="module")
def columns(real_catalogue: LoadedCatalogue) -> Columns:
    return real_catalogue.columns("2027")


def persona(slug: str) -> Applicant:
    (document,) = (p.document for p in PERSONAS if p.slug == slug)
    return applicant_of(ProfileDocument.model_validate(document))


def drawn_applicant(seed: int) -> Applicant:
    """A sample with one thing changed at random: of all kinds, in a fixed order."""
    rng = np.random.default_rng(seed)
    applicant = persona(PERSONAS[seed % len(PERSONAS)].slug)
    return replace(
        applicant,
        graduation_year=int(rng.integers(2008, 2027)),
        step2ck=Exam("pass", int(rng.integers(214, 265)), int(rng.integers(1, 4))),
        step1=Exam("pass", None, int(rng.integers(1, 4))),
    )


def answered(applicant: Applicant, columns: Columns, options: Options = OPTIONS) -> Answer:
    return score(applicant, options, columns, model_now())


def worse_and_better(applicant: Applicant) -> list[tuple[Applicant, Applicant]]:
    exam1, exam2 = applicant.step1, applicant.step2ck
    rotation = Experience("sub_internship", 8, "CA", "los-angeles", None, "internal-medicine")
    letter = Letter("us_academic", "NY", "national", None, "internal-medicine")
    return [
        (applicant, replace(applicant, step2ck=replace(exam2, score=(exam2.score or 0) + 9))),
        (replace(applicant, step1=replace(exam1, attempts=(exam1.attempts or 1) + 1)), applicant),
        (replace(applicant, step2ck=replace(exam2, attempts=(exam2.attempts or 1) + 1)), applicant),
        (replace(applicant, step1=replace(exam1, status="fail")), applicant),
        (applicant, replace(applicant, experience=(*(applicant.experience or ()), rotation))),
        (replace(applicant, letters=()), replace(applicant, letters=(letter,))),
        (replace(applicant, ties=()), replace(applicant, ties=(Tie("family", "TX"),))),
    ]


def told_all(applicant: Applicant, columns: Columns) -> dict[str, Told]:
    return rows_of(answered(applicant, columns), columns)


def test_the_catalogue_is_the_real_one(columns: Columns) -> None:
    assert len(columns) == TRACKS_IN_CATALOGUE
    assert len(columns.counts.rows) > 0
    assert set(columns.ring.tolist()) == {0, 1, 2, 3}


@pytest.mark.parametrize("slug", [p.slug for p in PERSONAS])
def test_a_sample_persona_gets_a_whole_answer(slug: str, columns: Columns) -> None:
    applicant = persona(slug)
    answer = answered(applicant, columns)
    rows, verdicts = answer.rows, answer.verdicts
    assert rows.base + rows.contributions.sum(axis=1) == pytest.approx(logit(rows.p), abs=1e-6)
    assert (rows.low <= rows.p).all()
    assert (rows.p <= rows.high).all()
    assert len(answer.widest.rows) == OPTIONS.max_applications
    programs = columns.program[answer.widest.rows]
    assert len(np.unique(programs)) == len(programs)
    scored = catalogue_score(applicant, columns, model_now())
    asked = np.isin(columns.specialty, [columns.specialties.index(name) for name in applicant.specialties])
    kinds = np.array([name in ("categorical", "primary-care", "unknown") for name in columns.tracks])
    assert sum(answer.tiers_all) == int((asked & kinds[columns.track] & ~scored.screening.out).sum())
    strict = set(verdicts.row[(verdicts.verdict == FAIL) & verdicts.strict].tolist())
    assert set(answer.screened.tolist()) <= strict
    pmf = answer.interviews.pmf
    assert pmf.sum() == pytest.approx(1, abs=1e-9)
    assert pmf @ np.arange(len(pmf)) == pytest.approx(rows.p[rows.selected].sum(), abs=1e-6)
    assert (rows.match_if[rows.selected] * rows.p[rows.selected]).sum() == pytest.approx(
        answer.widest.match.value, abs=1e-9
    )


@pytest.mark.parametrize("seed", range(8))
def test_better_is_never_worse_on_the_real_catalogue(seed: int, columns: Columns) -> None:
    for lesser, better in worse_and_better(drawn_applicant(seed)):
        before, after = told_all(lesser, columns), told_all(better, columns)
        both = before.keys() & after.keys()
        assert len(both) > 100
        for name in both:
            assert after[name].p >= before[name].p - 1e-9
            assert after[name].low >= before[name].low - 1e-6
            assert after[name].tier >= before[name].tier


@pytest.mark.parametrize("seed", range(8))
def test_every_track_moves_the_same_way_not_only_those_shown(seed: int, columns: Columns) -> None:
    for lesser, better in worse_and_better(drawn_applicant(seed)):
        before, after = (catalogue_score(a, columns, model_now()) for a in (lesser, better))
        open_twice = ~before.screening.out & ~after.screening.out
        assert (after.log_odds[open_twice] - before.log_odds[open_twice]).min() >= -1e-9


@pytest.mark.parametrize("seed", range(2))
def test_lists_nest_on_the_real_catalogue(seed: int, columns: Columns) -> None:
    applicant = drawn_applicant(seed)
    short, longer = (
        answered(applicant, columns, replace(OPTIONS, max_applications=most)) for most in (25, 60)
    )
    for one, two in zip(short.scopes, longer.scopes, strict=True):
        assert two.rows[: len(one.rows)].tolist() == one.rows.tolist()
        assert two.match.value >= one.match.value
        assert two.none <= one.none


def test_the_same_bytes_again_whatever_came_between(columns: Columns) -> None:
    first = answer_pack(answered(drawn_applicant(4), columns))
    answered(drawn_applicant(5), columns)
    assert answer_pack(answered(drawn_applicant(4), columns)) == first


def test_more_rows_asked_for_change_none_of_those_shown_before(columns: Columns) -> None:
    few = rows_of(answered(persona("step1-fail"), columns, replace(OPTIONS, top=100)), columns)
    many = told_all(persona("step1-fail"), columns)
    assert few.keys() <= many.keys()
    for name, row in few.items():
        assert many[name] == row


def test_at_the_pass_mark_three_attempts_fifteen_years_out_nothing_is_safe(columns: Columns) -> None:
    applicant = replace(
        persona("los-angeles-224"),
        graduation_year=2011,
        specialties=(),
        step2ck=Exam("pass", 218, 3),
    )
    answer = answered(applicant, columns)
    assert answer.tiers_all[SAFETY] == 0


def test_los_angeles_wished_for_is_in_the_list(columns: Columns) -> None:
    answer = answered(persona("los-angeles-224"), columns)
    rings = np.bincount(columns.ring[answer.widest.rows], minlength=4)
    assert rings[0] > 0
    assert rings[1] > 0
    assert rings[3] > 0


def test_who_has_said_nothing_is_given_no_program_whose_odds_rest_on_nothing(columns: Columns) -> None:
    rows = score(Applicant(), OPTIONS, columns, model_now()).rows
    assert rows.selected.any()
    assert not rows.abstained[rows.selected].any()
    assert rows.abstained.any()  # shown, without a number
