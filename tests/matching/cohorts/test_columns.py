"""The columns of CSV reach every member a line may have, and are documented."""

from pydantic import BaseModel

from applicants.schema import MedicalSchool, ProfileDocument, Research, Step2CK, Wishes
from matching.cohorts.asked import DEFAULTS
from matching.cohorts.columns import COLUMNS
from matching.schema import MatchOptions

INNER: dict[str, type[BaseModel]] = {
    "medical_school": MedicalSchool,
    "step2ck": Step2CK,
    "research": Research,
    "wishes": Wishes,
}


def test_columns_reach_every_member_of_profile_and_options() -> None:
    into = {column.into for column in COLUMNS}
    assert {where[1] for where in into if where[0] == "profile"} == set(ProfileDocument.model_fields)
    options = {where[1] for where in into if where[0] == "options"}
    assert options == set(MatchOptions.model_fields) - (set(DEFAULTS) - {"max_applications"})
    for member, model in INNER.items():
        assert {where[2] for where in into if where[:2] == ("profile", member)} == set(model.model_fields)


def test_columns_have_names_of_their_own_and_words() -> None:
    assert (
        len({column.name for column in COLUMNS}) == len({column.into for column in COLUMNS}) == len(COLUMNS)
    )
    for column in COLUMNS:
        assert column.meaning, column.name
        assert column.values, column.name
        assert bool(column.parts) == (column.kind == "records")


def test_columns_speak_of_cells_alone() -> None:
    assert not [column.name for column in COLUMNS if "[]" in column.meaning]
