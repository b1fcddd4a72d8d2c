"""Twelve people on several days: what every plan must keep to."""

from datetime import date

import pytest

from applicants.services import profile_validate
from matching.catalogue import LoadedCatalogue
from matching.engine import answer_compute
from matching.inputs import applicant_of
from matching.planning.asked import Asked
from matching.planning.dates import aim_usual
from matching.planning.document import PlanDocument, Step, document_dump, document_load
from matching.planning.groups import KINDS
from matching.planning.headline import lede
from matching.planning.phases import ORDER
from matching.planning.reckon import plan_reckon
from matching.planning.selectors import StepTold, key_of
from matching.schema import MatchOptions
from matching.season_dates import SeasonDate, season_date
from tests.profiles import TWELVE, Someone, someone
from tests.reading import HARDEST, grade

pytestmark = pytest.mark.django_db  # to load the catalogue once
SEASON = "2027"
DAYS = (
    (date(2026, 11, 22), "2028"),
    (date(2026, 11, 22), "2029"),
    (date(2027, 5, 1), "2028"),
    (date(2027, 8, 25), "2028"),
    (date(2026, 11, 22), "2027"),
    (date(2027, 3, 8), "2027"),
)


def plan_of(
    slug: str, catalogue: LoadedCatalogue, as_of: date = DAYS[0][0], aim: str = "2028"
) -> PlanDocument:
    profile = profile_validate(someone(slug).document, season=SEASON)
    asked = Asked(profile, MatchOptions(), aim, someone(slug).applied_before)
    return plan_reckon(asked, catalogue, season=SEASON, as_of=as_of)


@pytest.mark.parametrize(("as_of", "aim"), DAYS)
@pytest.mark.parametrize("who", TWELVE, ids=lambda who: who.slug)
def test_every_plan_keeps_its_order_and_its_window(
    who: Someone, as_of: date, aim: str, real_catalogue: LoadedCatalogue
) -> None:
    document = plan_of(who.slug, real_catalogue, as_of, aim)
    assert document_load(document_dump(document)) == document
    _in_order(document)
    spans = {phase.code: phase for phase in document.phases}
    end = document.phases[-1].ends
    for step in document.steps:
        assert as_of <= step.start <= step.due < end, step.code
        assert step.start >= spans[step.phase].starts or step.kind == "task", step.code
        assert not step.too_late
        assert len(step.label) <= 150
        if step.kind == "action":
            assert step.gain_match is not None
            assert step.gain_los_angeles is not None
            for gain in (step.gain_match, step.gain_los_angeles):
                assert gain.low <= gain.value <= gain.high
    assert all(step.too_late and step.start < as_of for step in document.late)
    assert all(step.next_start is None or step.next_start > step.start for step in document.late)


def _in_order(document: PlanDocument) -> None:
    """Topological: whatever comes first stands before, in no later phase, and ends before the next begins."""
    order = list(document.steps)
    by_code = {step.code: step for step in order if step.program is None}
    for at, step in enumerate(order):
        for code in step.first:
            if code not in by_code:
                continue
            before = by_code[code]
            assert order.index(before) < at, (code, step.code)
            assert ORDER.index(before.phase) <= ORDER.index(step.phase)
            if step.kind == "action":
                assert before.due <= step.start, (code, step.code)


@pytest.mark.parametrize("who", TWELVE, ids=lambda who: who.slug)
def test_no_plan_offers_what_is_done_or_cannot_be(who: Someone, real_catalogue: LoadedCatalogue) -> None:
    document = plan_of(who.slug, real_catalogue)
    me = applicant_of(profile_validate(who.document, season=SEASON))
    codes = {step.code for step in (*document.steps, *document.late, *document.little)}
    for exam in ("step1", "step2ck", "step3"):
        if getattr(me, exam).status in ("pass", "pending"):
            assert f"{exam}_passed" not in codes
    if me.step2ck.status != "not_taken":
        assert not codes & {"step2ck_plus_5", "step2ck_plus_10", "practice_exam"}
    if me.ecfmg_certified or me.applicant_type in ("us_md", "us_do"):
        assert not codes & {"ecfmg_certified", "ecfmg"}
    if "gap_unexplained" not in (me.red_flags or ()):
        assert "gap_explained" not in codes
    if who.applied_before is not True:
        assert not codes & {"feedback", "what_changed", "new_letter", "new_statement"}


@pytest.mark.parametrize("who", TWELVE, ids=lambda who: who.slug)
def test_forms_of_one_thing_stand_once(who: Someone, real_catalogue: LoadedCatalogue) -> None:
    document = plan_of(who.slug, real_catalogue)
    actions = [step for step in document.steps if step.kind == "action"]
    kinds = [KINDS[step.code] for step in actions if step.program is None and step.code in KINDS]
    assert len(kinds) == len(set(kinds))
    here = [step for step in actions if step.program is not None]
    assert len(here) <= 2 * len({KINDS.get(step.code, step.code) for step in here})
    assert all(step.program.why for step in here if step.program)
    for step in actions:
        assert all(KINDS[each.code] == KINDS[step.code] for each in step.larger)


def test_a_program_out_of_the_wished_ring_is_explained_and_one_within_stands_beside(
    real_catalogue: LoadedCatalogue,
) -> None:
    here = [step.program for step in plan_of("los-angeles-224", real_catalogue).steps if step.program]
    rings = {at.ring for at in here}
    assert "los-angeles" in rings
    assert all("outside greater Los Angeles" in at.why for at in here if at.ring != "los-angeles")


def test_who_applied_before_gets_her_own_tasks(real_catalogue: LoadedCatalogue) -> None:
    codes = [step.code for step in plan_of("reapplicant-gap", real_catalogue).steps]
    assert {"feedback", "what_changed", "new_letter", "new_statement", "gap_explained"} <= set(codes)


def test_what_is_too_late_names_the_day_for_the_season_after(real_catalogue: LoadedCatalogue) -> None:
    document = plan_of("step2ck-failed", real_catalogue)
    late = {step.code: step for step in document.late}
    assert late["step3_passed"].start == date(2026, 9, 1)
    assert late["step3_passed"].next_start == date(2027, 9, 1)
    assert not {"step3_passed"} & {step.code for step in document.steps}


def test_in_interview_season_nothing_is_scored_and_the_rest_is_dated(real_catalogue: LoadedCatalogue) -> None:
    document = plan_of("reapplicant-gap", real_catalogue, aim="2027")
    assert document.stage == "interviews"
    assert document.months_left == 0
    assert [phase.code for phase in document.phases] == ["apply", "soap"]
    assert all(step.kind == "task" for step in document.steps)
    assert {"rank", "nrmp", "soap_ready", "soap_days"} <= {step.code for step in document.steps}
    assert document.late
    assert document.together is None


def test_an_awaited_result_is_asked_for_and_not_studied_for(real_catalogue: LoadedCatalogue) -> None:
    steps = {step.code: step for step in plan_of("pending-step2ck", real_catalogue).steps}
    assert steps["step2ck_result"].ask == "score"
    assert not any(code.startswith("step2ck_p") for code in steps)


def test_a_student_two_years_ahead_has_the_time(real_catalogue: LoadedCatalogue) -> None:
    document = plan_of("student-early", real_catalogue, aim="2029")
    assert document.months_left > 21
    assert {"step1_result", "step2ck_result", "hands_on_4"} <= {step.code for step in document.steps}
    assert not document.late


def test_gains_together_are_scored_once_and_are_no_sum(real_catalogue: LoadedCatalogue) -> None:
    document = plan_of("los-angeles-224", real_catalogue)
    told = document.together
    assert told is not None
    assert told.gain.value == pytest.approx(told.after.value - told.before.value)
    alone = [step.gain_match for step in document.steps if step.code in told.codes]
    assert told.gain.value < sum(gain.value for gain in alone if gain)
    assert told.los_angeles_gain.low <= told.los_angeles_gain.value <= told.los_angeles_gain.high


@pytest.mark.parametrize("slug", ["los-angeles-224", "repeat-218", "pending-step2ck"])
def test_gains_together_begin_where_the_answer_stands(slug: str, real_catalogue: LoadedCatalogue) -> None:
    document = plan_of(slug, real_catalogue)
    told = document.together
    assert told is not None
    profile = profile_validate(someone(slug).document, season=SEASON)
    options = MatchOptions()
    answer = answer_compute(profile=profile, options=options, catalogue=real_catalogue, season=SEASON)
    match = answer.widest.match
    before = (told.before.value, told.before.low, told.before.high)
    assert before == pytest.approx((match.value, match.low, match.high), abs=0.001)
    assert told.programs == tuple(_places(document).get(code, "") for code in told.codes)
    assert any(told.programs)


def _places(document: PlanDocument) -> dict[str, str]:
    """Where each step of this plan is done: of two with one code, the one with more gain for its effort."""
    found: dict[str, Step] = {}
    for step in document.steps:
        least = _worth(found[step.code], document.la_weight) if step.code in found else -1.0
        if step.program and _worth(step, document.la_weight) > least:
            found[step.code] = step
    return {code: step.program.name for code, step in found.items() if step.program}


def _worth(step: Step, la_weight: float) -> float:
    assert step.gain_match is not None
    assert step.gain_los_angeles is not None
    return step.gain_match.value + la_weight * step.gain_los_angeles.value


def test_first_sentence_tells_what_the_first_step_brings_in_los_angeles(
    real_catalogue: LoadedCatalogue,
) -> None:
    document = plan_of("repeat-218", real_catalogue)
    told = {
        key_of(step): StepTold(step, "open", None, "", None)
        for step in document.steps
        if step.kind == "action"
    }
    said = lede(document, told)
    assert "rotate for 4 weeks at Texas Tech University HSC El Paso Program and earn a letter (" in said
    assert "(match: +2 to +9 in 100, best guess +5;" in said
    assert "Los Angeles: 0 to +1 in 100" in said


def test_what_was_chosen_is_what_stands_together(real_catalogue: LoadedCatalogue) -> None:
    profile = profile_validate(someone("los-angeles-224").document, season=SEASON)
    asked = Asked(profile, MatchOptions(), "2028", None, ("step3_passed", "hands_on_8"))
    document = plan_reckon(asked, real_catalogue, season=SEASON, as_of=DAYS[0][0])
    assert document.together is not None
    assert set(document.together.codes) == {"step3_passed", "hands_on_8"}
    assert document.together.chosen


def test_what_is_ticked_is_not_offered_once_more(real_catalogue: LoadedCatalogue) -> None:
    profile = profile_validate(someone("los-angeles-224").document, season=SEASON)
    done = frozenset({("letter_specialty", None)})
    document = plan_reckon(
        Asked(profile, MatchOptions(), "2028", done=done), real_catalogue, season=SEASON, as_of=DAYS[0][0]
    )
    assert "letter_specialty" not in {step.code for step in document.steps}


def test_a_visa_is_asked_about_by_who_needs_one(real_catalogue: LoadedCatalogue) -> None:
    steps = {step.code: step for step in plan_of("non-us-visa", real_catalogue).steps}
    assert "the J-1 or the H-1B" in steps["visa"].why
    assert "Step 3" in steps["visa"].why
    assert all(step.code != "visa" for step in plan_of("los-angeles-224", real_catalogue).steps)


def test_a_us_graduate_is_not_sent_to_ecfmg(real_catalogue: LoadedCatalogue) -> None:
    document = plan_of("osteopath-conduct", real_catalogue)
    assert "concern" in {step.code for step in document.steps}
    assert not any("ECFMG" in f"{step.label} {step.why} {step.source}" for step in document.steps)


def test_the_season_aimed_at_is_by_the_day() -> None:
    assert aim_usual(SEASON, DAYS[0][0]) == "2028"
    assert season_date("2029", "soap") == SeasonDate(date(2029, 3, 1), "pattern")


def test_the_steps_that_add_little_are_named_apart(real_catalogue: LoadedCatalogue) -> None:
    document = plan_of("score-drop", real_catalogue)
    little: list[Step] = list(document.little)
    assert {step.code for step in little} & {"publication", "service_6", "spanish"}
    assert not {step.code for step in little} & {step.code for step in document.steps}


@pytest.mark.parametrize("who", TWELVE, ids=lambda who: who.slug)
def test_the_words_of_a_plan_are_easy_to_read(who: Someone, real_catalogue: LoadedCatalogue) -> None:
    document = plan_of(who.slug, real_catalogue)
    steps = (*document.steps, *document.late)
    words = [f"{step.label}. {step.why}" for step in steps]
    words += [fixed.detail for fixed in document.cannot_change]
    assert grade(" ".join(words)) <= HARDEST


def test_an_exam_that_was_failed_comes_first_of_all(real_catalogue: LoadedCatalogue) -> None:
    document = plan_of("step2ck-failed", real_catalogue)
    told = {key_of(step): StepTold(step, "open", None, "", None) for step in document.steps}
    assert "First of all: pass Step 2 CK" in lede(document, told)
    assert document.together is not None
    assert "step2ck_passed" in document.together.codes
