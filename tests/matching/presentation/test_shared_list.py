"""What a mode hides is not in the value that every format is made from."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from matching.models import SavedList
from matching.presentation.shared_list import ALL, LIST, NO_FLAGS, SharedList, shared_view
from matching.selectors import list_entries
from tests.matching.shared import CLOSED, HIDDEN, NUMBERS, TOLD, list_with_secrets

pytestmark = pytest.mark.django_db


def view(saved_list: SavedList, mode: str) -> SharedList:
    entries = list(list_entries(saved_list))
    profile = saved_list.match.run.profile
    return shared_view(
        saved_list, entries, saved_list.figures, profile, mode, specialties={"neurology": "Neurology"}
    )


def test_shared_view_all_holds_everything() -> None:
    shared = view(list_with_secrets(), ALL)
    told = repr(shared)
    assert [row.name for row in shared.rows] == ["Peña Hospital", "Žilina Clinic", CLOSED]
    assert [word for word in TOLD if word not in told] == []
    assert shared.rows[2].inner is not None
    assert shared.rows[2].inner.closed
    assert shared.rows[2].inner.gates[0].words == "Lowest Step 2 CK: asks 231, you have 213"
    assert (shared.model_version, shared.data_version) == ("m-10", "d-11")


@pytest.mark.parametrize("mode", [NO_FLAGS, LIST])
def test_shared_view_hides_what_speaks_against_her(mode: str) -> None:
    told = repr(view(list_with_secrets(), mode))
    assert [word for word in HIDDEN if word in told] == []


def test_shared_view_no_flags_leaves_closed_programs_out_without_a_gap() -> None:
    shared = view(list_with_secrets(), NO_FLAGS)
    assert [(row.position, row.name) for row in shared.rows] == [(1, "Peña Hospital"), (2, "Žilina Clinic")]
    assert shared.rows[1].standing is not None
    assert shared.rows[1].standing.status == "applied"


def test_shared_view_no_flags_shows_no_tier_where_there_is_no_number() -> None:
    saved_list = list_with_secrets()
    saved_list.entries.filter(position=2).update(probability=None, low=None, high=None)
    shared = view(saved_list, NO_FLAGS)
    assert shared.rows[1].odds is not None
    assert (shared.rows[1].odds.tier, shared.rows[1].odds.chance) == ("", None)


def test_shared_view_list_holds_names_places_and_codes_alone() -> None:
    shared = view(list_with_secrets(), LIST)
    assert [row.name for row in shared.rows] == ["Peña Hospital", "Žilina Clinic", CLOSED]
    assert [word for word in NUMBERS if word in repr(shared)] == []
    assert shared.rows[0].acgme_id == "0400521001"
    assert shared.model_version == ""


def test_shared_view_of_a_list_without_figures_has_none() -> None:
    saved_list = list_with_secrets()
    saved_list.figures = None
    assert view(saved_list, ALL).figures is None
    assert view(saved_list, ALL).data_version == "d-8"


def test_shared_view_names_no_owner_and_no_match() -> None:
    saved_list = list_with_secrets()
    for mode in (ALL, NO_FLAGS, LIST):
        told = repr(view(saved_list, mode))
        assert str(saved_list.pk) not in told
        assert str(saved_list.match_id) not in told
        assert str(saved_list.visitor) not in told


SECRETS = st.text(alphabet="ζξψ", min_size=4, max_size=12)


class TestSharedViewOfAnything(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(*[SECRETS] * 3, st.integers(1, 300), st.sampled_from([NO_FLAGS, LIST]))
    def test_shared_view_hides_any_note_reason_and_answer(
        self, note: str, label: str, school: str, score: int, mode: str
    ) -> None:
        saved_list = list_with_secrets()
        saved_list.match.run.profile = {
            "medical_school": {"name": school},
            "step2ck": {"score": score, "status": "fail"},
        }
        shown = {"reasons": [{"factor": "f", "label": f"{label} {score}", "contribution": 1.0}], "gates": []}
        saved_list.entries.update(note=note, shown=shown)
        told = repr(view(saved_list, mode))
        assert all(
            secret not in told for secret in (note, label, school, f"score={score}", f"{label} {score}")
        )
