"""Changes are read, checked and made; what is not changed stays to the byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.inputs import applicant_of
from matching.whatif.changes import ChangeInvalid, Tried, changes_kept, changes_read, tried
from matching.whatif.control import Changes, Control
from matching.whatif.controls import controls_of
from matching.whatif.start import Start
from tests.matching.whatif.desks import SLUGS, control, forms, sent, start


def tried_or_faults(begin: Start, changes: Changes, controls: tuple[Control, ...]) -> Tried | dict[str, str]:
    try:
        return tried(begin, changes, controls)
    except ChangeInvalid as invalid:
        return invalid.faults


@pytest.mark.parametrize("slug", SLUGS)
def test_no_change_is_the_baseline_to_the_byte(slug: str) -> None:
    begin = start(slug)
    held = tried(begin, {}, controls_of(begin))
    assert held.profile is begin.profile
    assert held.options is begin.options
    assert held.profile.model_dump_json() == begin.profile.model_dump_json()


@pytest.mark.parametrize("slug", SLUGS)
def test_a_form_that_says_where_everything_stands_changes_nothing(slug: str) -> None:
    controls = controls_of(start(slug))
    whole = {each.name: sent(each.stands) for each in controls if each.locked is None}
    assert changes_read(whole, {}, controls) == {}


@given(slug=st.sampled_from(SLUGS), data=st.data())
def test_every_change_gives_a_valid_profile_or_names_its_control(slug: str, data: st.DataObject) -> None:
    begin = start(slug)
    controls = controls_of(begin)
    form = data.draw(forms(controls))
    changes = changes_read(form, {}, controls)
    assert changes.keys() <= form.keys()
    held = tried_or_faults(begin, changes, controls)
    if isinstance(held, dict):
        assert held.keys() <= changes.keys()
        return
    assert (held.profile == begin.profile and held.options == begin.options) == (not changes)
    assert held.along.keys() <= changes.keys()


@given(slug=st.sampled_from(SLUGS), data=st.data())
def test_moving_a_control_back_undoes_it(slug: str, data: st.DataObject) -> None:
    begin = start(slug)
    controls = controls_of(begin)
    before = changes_read(data.draw(forms(controls)), {}, controls)
    there = changes_read(data.draw(forms(controls)), before, controls)
    back = {name: sent(before.get(name, control(controls, name).stands)) for name in {*before, *there}}
    assert changes_read(back, there, controls) == before


@given(slug=st.sampled_from(SLUGS), data=st.data())
def test_what_is_stored_is_read_again_as_it_was(slug: str, data: st.DataObject) -> None:
    controls = controls_of(start(slug))
    changes = changes_read(data.draw(forms(controls)), {}, controls)
    assert changes_kept(changes, controls) == changes


def test_stored_changes_that_no_control_takes_any_more_are_left_out() -> None:
    controls = controls_of(start("los-angeles-224"))
    stored = {"spanish": True, "gone": 3, "hands_on_weeks": 99, "step3_passed": True}
    assert changes_kept(stored, controls) == {"step3_passed": True}


@pytest.mark.parametrize(
    ("form", "name", "words"),
    [
        ({"step2ck_passed": "no"}, "step2ck_passed", "cannot be taken again"),
        ({"spanish": "no"}, "spanish", "You speak it."),
        ({"hands_on_weeks": "13"}, "hands_on_weeks", "from none more to +12 weeks"),
        ({"hands_on_weeks": "-1"}, "hands_on_weeks", "from none more"),
        ({"hands_on_weeks": "many"}, "hands_on_weeks", "from none more"),
        ({"hands_on_weeks": "9" * 40}, "hands_on_weeks", "from none more"),
        ({"observership_weeks": "5"}, "observership_weeks", "in steps of 4"),
        ({"max_applications": "301"}, "max_applications", "from 5 to 150"),
        ({"rings": "moon"}, "rings", "Choose one of the answers."),
    ],
)
def test_a_wrong_value_names_its_control(form: dict[str, str], name: str, words: str) -> None:
    with pytest.raises(ChangeInvalid) as caught:
        changes_read(form, {}, controls_of(start("los-angeles-224")))
    assert list(caught.value.faults) == [name]
    assert words in caught.value.faults[name]


def test_the_last_specialty_is_kept() -> None:
    begin = start("strong-245")
    with pytest.raises(ChangeInvalid) as caught:
        tried(begin, {"field_internal_medicine": False}, controls_of(begin))
    assert caught.value.faults == {"field_internal_medicine": "Keep at least one specialty to apply to."}


def test_step3_brings_what_it_needs_along_and_says_so() -> None:
    begin = start("step2ck-failed")
    held = tried(begin, {"step3_passed": True}, controls_of(begin))
    me = applicant_of(held.profile)
    assert (me.step2ck.status, me.step2ck.attempts, me.ecfmg_certified, me.step3.status) == (
        "pass", 2, True, "pass",
    )  # fmt: skip
    assert held.along == {"step3_passed": ("Pass Step 2 CK", "Get the ECFMG certificate")}


def test_a_letter_brings_its_weeks_along_but_once() -> None:
    begin = start("student-early")
    controls = controls_of(begin)
    alone = tried(begin, {"letter_academic": True}, controls)
    assert alone.along == {"letter_academic": ("4 weeks of hands-on family medicine in greater Los Angeles",)}
    with_weeks = tried(begin, {"hands_on_weeks": 8, "letter_academic": True}, controls)
    assert with_weeks.along == {}
    assert [item.weeks for item in with_weeks.profile.experience or ()] == [8]


@given(slug=st.sampled_from(SLUGS), data=st.data())
def test_what_stays_never_changes(slug: str, data: st.DataObject) -> None:
    begin = start(slug)
    controls = controls_of(begin)
    held = tried_or_faults(begin, changes_read(data.draw(forms(controls)), {}, controls), controls)
    if isinstance(held, dict):
        return
    before, after = begin.profile, held.profile
    for member in ("applicant_type", "graduation_year", "medical_school", "visa_needed", "military_service"):
        assert getattr(after, member) == getattr(before, member)
    if before.step2ck and before.step2ck.status == "pass":
        assert after.step2ck == before.step2ck
    if "professionalism" in (before.red_flags or ()):
        assert "professionalism" in (after.red_flags or ())
