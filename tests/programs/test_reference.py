import pytest
from django.conf import settings

from programs.geography import STATES
from programs.models import Specialty
from programs.reference import reference_rows
from programs.services import catalogue_load


@pytest.mark.parametrize(
    ("name", "rows"),
    [("fees", 7), ("signals", 12), ("season_dates", 26), ("state_openness", 52), ("california_licence", 7)],
)
def test_reference_rows_all_name_their_source(name: str, rows: int) -> None:
    found = reference_rows(name)
    assert len(found) == rows
    assert all(
        row["source"]
        for row in found
        if row.get("precision") != "pattern" and row.get("note") != "not announced"
    )


def test_reference_rows_speak_of_known_states() -> None:
    assert {row["state"] for row in reference_rows("state_openness")} <= set(STATES)


def test_reference_rows_of_no_file_raises() -> None:
    with pytest.raises(FileNotFoundError):
        reference_rows("horoscope")


@pytest.mark.django_db
def test_signals_and_fees_name_what_the_catalogue_knows() -> None:
    catalogue_load(folder=settings.FIXTURES_DIR)
    specialties = dict(Specialty.objects.values_list("slug", "application_service"))
    assert {row["specialty"] for row in reference_rows("signals")} <= specialties.keys()
    assert set(specialties.values()) <= {row["service"] for row in reference_rows("fees")}
