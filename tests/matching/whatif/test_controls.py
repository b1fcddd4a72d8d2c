"""Which controls there are, where each stands, and why one is locked."""

import pytest

from matching.schema import MatchOptions
from matching.whatif.control import GROUPS, Scale, grid
from matching.whatif.controls import controls_of, fixed_of
from tests.matching.whatif.desks import SLUGS, control, start

ALWAYS = {
    "step1_passed", "step2ck_expected", "step2ck_passed", "ecfmg_certified", "step3_passed",
    "hands_on_weeks", "observership_weeks", "letters_specialty", "letter_academic", "letter_local",
    "publications", "service_months", "spanish", "move", "field_more",
    "la_weight", "rings", "max_applications", "max_usd", "signals",
}  # fmt: skip


@pytest.mark.parametrize("slug", SLUGS)
def test_controls_are_all_there_for_everyone_once_each_and_in_a_group(slug: str) -> None:
    controls = controls_of(start(slug))
    names = [each.name for each in controls]
    assert len(names) == len(set(names))
    assert set(names) >= ALWAYS
    assert {each.group for each in controls} == set(GROUPS)
    assert all(each.change or each.option for each in controls if each.locked is None)


@pytest.mark.parametrize("slug", SLUGS)
def test_controls_stand_within_their_own_bounds(slug: str) -> None:
    for each in controls_of(start(slug)):
        if each.scale is not None and each.locked is None:
            stands = int(each.stands)
            assert each.scale.low <= stands <= each.scale.high
            assert (stands - each.scale.low) % each.scale.step == 0
            assert (each.scale.high - each.scale.low) % each.scale.step == 0
        if each.choices:
            assert each.stands in dict(each.choices)


@pytest.mark.parametrize("slug", SLUGS)
def test_controls_give_a_reason_in_a_sentence_where_they_are_locked(slug: str) -> None:
    locked = [each.locked for each in controls_of(start(slug)) if each.locked]
    assert locked
    for each in locked:
        assert each.reason.endswith(".")
        assert "{" not in each.reason
        assert not (each.unknown and each.done)


@pytest.mark.parametrize(
    ("slug", "name", "words"),
    [
        ("los-angeles-224", "step2ck_passed", "cannot be taken again"),
        ("los-angeles-224", "step2ck_expected", "cannot be taken again"),
        ("los-angeles-224", "ecfmg_certified", "You hold it."),
        ("los-angeles-224", "spanish", "You speak it."),
        ("pending-step2ck", "step3_passed", "needs the degree first, and you graduate in 2027"),
        ("pending-step2ck", "ecfmg_certified", "needs the degree first"),
        ("osteopath-conduct", "ecfmg_certified", "for graduates of schools abroad"),
        ("step2ck-failed", "step2ck_expected", "We count a pass after a fail at 218"),
        ("score-drop", "step3_passed", "Passed."),
        ("strong-245", "letters_specialty", "as many letters in your field as count"),
        ("eight-answers", "letters_specialty", "You have not told us of your letters"),
        ("los-angeles-224", "letter_local", "You have a letter from greater Los Angeles already."),
        ("repeat-218", "letter_local", "You have a letter from California already, and we reckon with one."),
        ("pending-step2ck", "move", "You live or grew up in California already."),
        ("non-us-visa", "move", "where you would like to train"),
    ],
)
def test_control_is_locked_with_the_reason_that_is_hers(slug: str, name: str, words: str) -> None:
    locked = control(controls_of(start(slug)), name).locked
    assert locked is not None
    assert words in locked.reason


def test_control_says_what_it_was_not_told_and_not_that_it_is_impossible() -> None:
    controls = controls_of(start("eight-answers"))
    unknown = {each.name for each in controls if each.locked and each.locked.unknown}
    assert {"hands_on_weeks", "letters_specialty", "spanish", "move", "step3_passed"} <= unknown
    assert control(controls, "step2ck_passed").locked is not None
    assert "step2ck_passed" not in unknown


def test_what_stays_is_said_in_the_words_of_the_plan() -> None:
    fixed = " ".join(fixed_of(start("osteopath-conduct")))
    assert "A failed attempt at Step 1 stays on the transcript." in fixed
    assert "A concern about conduct stays on the file" in fixed
    assert "The need for a visa" in " ".join(fixed_of(start("non-us-visa")))


def test_a_gap_is_a_control_only_where_there_is_one() -> None:
    names = {slug: {each.name for each in controls_of(start(slug))} for slug in SLUGS}
    assert "gap_explained" in names["reapplicant-gap"]
    assert "gap_explained" not in names["los-angeles-224"]


def test_specialties_of_her_own_are_on_and_those_offered_off() -> None:
    controls = controls_of(start("pending-step2ck"))
    stands = {each.name: each.stands for each in controls if each.group == "fields"}
    assert stands["field_psychiatry"] is True
    assert stands["field_pediatrics"] is False
    assert stands["field_more"] == ""


def test_the_options_stand_where_the_match_had_them() -> None:
    options = MatchOptions(
        la_weight=0.33, max_applications=63, max_usd=1234, signals=False, rings=("los-angeles", "national")
    )
    controls = controls_of(start("los-angeles-224", options))
    assert [control(controls, name).stands for name in ("la_weight", "max_applications", "max_usd")] == [
        33, 63, 1234,
    ]  # fmt: skip
    assert control(controls, "signals").stands is False
    assert control(controls, "rings").said("") == "as you chose"


@pytest.mark.parametrize(
    ("scale", "value", "words"),
    [
        (Scale(0, 12, prefix="+", unit="weeks", zero="none more"), 0, "none more"),
        (Scale(0, 12, prefix="+", unit="weeks", zero="none more"), 1, "+1 week"),
        (Scale(0, 12, prefix="+", unit="weeks", zero="none more"), 8, "+8 weeks"),
        (Scale(0, 6100, prefix="$", top="no limit"), 1200, "$1,200"),
        (Scale(0, 6100, prefix="$", top="no limit"), 6100, "no limit"),
        (Scale(0, 100, times=True, zero="the same"), 30, "×1.30"),
    ],
)
def test_scale_says_its_number_in_words(scale: Scale, value: int, words: str) -> None:
    assert scale.said(value) == words


@pytest.mark.parametrize("stands", [0, 5, 7, 80, 151, 300])
def test_grid_meets_where_it_stands(stands: int) -> None:
    low, high, step = grid(stands, 5, 150, 5)
    assert low <= stands <= high
    assert (stands - low) % step == (high - low) % step == 0
