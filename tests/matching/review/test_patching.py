"""What may be proposed, without a database: each fault under the field it is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.review.members import MEMBERS
from matching.review.patching import KINDS, REASONS, Known, Listed, Proposed, faults_of, trimmed
from matching.schema import MAX_APPLICATIONS

KINDS_OF_SIGNAL = {"gold": 0, "silver": 2}
KNOWN = Known(
    listed={
        "sp1": Listed("target", "gold"),
        "sp2": Listed("reach", ""),
        "sp3": Listed("safety", "silver", locked=True),
        "sp4": Listed("target", "gold"),
    },
    catalogue=frozenset({"sp8", "sp9"}),
    other_track=frozenset({"sp9"}),
    signals=dict.fromkeys(("sp1", "sp2", "sp3"), KINDS_OF_SIGNAL),
    specialty={"sp1": "im", "sp2": "im", "sp3": "im", "sp4": "fm"},
    open=frozenset({("remove", "sp2"), ("ask", "letters")}),
    stated=frozenset({"visa_needed"}),
)
GOOD = [
    Proposed("add", "sp8"),
    Proposed("remove", "sp1"),
    Proposed("tier", "sp1", tier="reach", reason="knows"),
    Proposed("tier", "sp1", tier="reach", reason="other", text="They told me.", private=True),
    Proposed("signal", "sp2", signal="silver"),
    Proposed("signal", "sp2", other="sp1", signal="gold"),
    Proposed("signal", "sp3", other="sp1", signal="gold"),
    Proposed("signal", "sp1", signal=""),
    Proposed("lock", "sp1"),
    Proposed("note", text="Apply early."),
    Proposed("note", text="For us.", private=True),
    Proposed("ask", field="step3.status"),
    Proposed("ask", text="When do your letters come?"),
]
BAD = [
    (Proposed("repaint"), "kind"),
    (Proposed("add"), "program"),
    (Proposed("add", "sp1"), "program"),
    (Proposed("add", "sp7"), "program"),
    (Proposed("add", "sp9"), "program"),
    (Proposed("remove"), "program"),
    (Proposed("remove", "sp8"), "program"),
    (Proposed("remove", "sp2"), "program"),  # open already
    (Proposed("tier", "sp8", tier="reach", reason="knows"), "program"),
    (Proposed("tier", "sp1", tier="target", reason="knows"), "tier"),
    (Proposed("tier", "sp1", tier="", reason="knows"), "tier"),
    (Proposed("tier", "sp1", tier="certain", reason="knows"), "tier"),
    (Proposed("tier", "sp1", tier="reach"), "reason"),
    (Proposed("tier", "sp1", tier="reach", reason="because"), "reason"),
    (Proposed("tier", "sp1", tier="reach", reason="other"), "text"),
    (Proposed("signal", "sp8", signal="gold"), "program"),
    (Proposed("signal", "sp1", signal="gold"), "signal"),
    (Proposed("signal", "sp2", signal="signal"), "signal"),
    (Proposed("signal", "sp2", signal=""), "signal"),
    (Proposed("signal", "sp2", signal="gold"), "other"),  # none left
    (Proposed("signal", "sp2", signal="gold", other="sp2"), "other"),
    (Proposed("signal", "sp2", signal="gold", other="sp8"), "other"),
    (Proposed("signal", "sp2", signal="gold", other="sp3"), "other"),
    (Proposed("signal", "sp2", signal="gold", other="sp4"), "other"),  # another specialty
    (Proposed("signal", "sp1", signal="", other="sp2"), "other"),
    (Proposed("lock", "sp3"), "program"),
    (Proposed("lock", "sp8"), "program"),
    (Proposed("remove", "sp1", private=True), "private"),
    (Proposed("ask", field="letters", private=True), "private"),
    (Proposed("note"), "text"),
    (Proposed("note", text="a" * 1001), "text"),
    (Proposed("ask"), "field"),
    (Proposed("ask", field="shoe_size"), "field"),
    (Proposed("ask", field="visa_needed"), "field"),
    (Proposed("ask", field="letters"), "field"),  # open already
]


@pytest.mark.parametrize("proposed", GOOD, ids=repr)
def test_faults_of_what_fits(proposed: Proposed) -> None:
    assert faults_of(proposed, KNOWN) == {}


@pytest.mark.parametrize(("proposed", "field"), BAD, ids=repr)
def test_faults_of_what_does_not_fit_name_the_field(proposed: Proposed, field: str) -> None:
    found = faults_of(proposed, KNOWN)
    assert field in found
    assert found[field].endswith(".")


def test_faults_of_a_full_list() -> None:
    full = Known({f"x{number}": Listed() for number in range(MAX_APPLICATIONS)}, frozenset({"sp8"}))
    assert "full" in faults_of(Proposed("add", "sp8"), full)["program"]


def test_trimmed_drops_what_a_kind_has_no_use_for() -> None:
    everything = ("sp1", "sp2", "reach", "gold", "knows", " said ", True, "letters")
    assert trimmed(Proposed("note", *everything)) == Proposed("note", text="said", private=True)
    assert trimmed(Proposed("ask", *everything)).field == "letters"
    assert trimmed(Proposed("lock", *everything)) == Proposed(
        "lock", "sp1", reason="knows", text="said", private=True
    )


texts = st.text(max_size=8)
programs = st.sampled_from(["", "sp1", "sp2", "sp3", "sp4", "sp8", "sp9", "no such"])
anything = st.builds(
    Proposed,
    kind=st.sampled_from(KINDS) | texts,
    program=programs,
    other=programs,
    tier=st.sampled_from(["safety", "target", "reach"]) | texts,
    signal=st.sampled_from(["", "gold", "silver", "signal"]) | texts,
    reason=st.sampled_from(["", *REASONS]) | texts,
    text=texts,
    private=st.booleans(),
    field=st.sampled_from(["", *MEMBERS]) | texts,
)


@given(anything)
def test_faults_of_anything_name_fields_of_a_change(proposed: Proposed) -> None:
    found = faults_of(trimmed(proposed), KNOWN)
    assert set(found) <= {
        "kind", "program", "other", "tier", "signal", "reason", "text", "private", "field",
    }  # fmt: skip
    assert all(found.values())
