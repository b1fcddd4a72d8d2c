"""A form that is being filled in follows the profile, and keeps what else was typed."""

from matching.planning.drafts import typed_after

OLD = {"experience-rows": ["1"], "experience-0-kind": ["elective"], "step3_status": ["not_taken"]}
NEW = {
    "experience-rows": ["2"],
    "experience-0-kind": ["elective"],
    "experience-1-kind": ["externship"],
    "experience-1-weeks": ["4"],
    "step3_status": ["pass"],
    "step3_score": ["212"],
}


def test_a_form_as_the_profile_was_becomes_as_it_is_and_back() -> None:
    assert typed_after(OLD, OLD, NEW) == NEW
    assert typed_after(NEW, NEW, OLD) == OLD


def test_rows_typed_since_stay_and_the_new_one_stands_after_them() -> None:
    typed = {**OLD, "experience-rows": ["2"], "experience-1-kind": ["research"], "school_name": ["Half"]}
    after = typed_after(typed, OLD, NEW)
    assert after["experience-rows"] == ["3"]
    assert after["experience-1-kind"] == ["research"]
    assert (after["experience-2-kind"], after["experience-2-weeks"]) == (["externship"], ["4"])
    assert after["school_name"] == ["Half"]
    assert typed_after(after, NEW, OLD) == typed
