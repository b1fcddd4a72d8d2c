from django.test import Client
from pytest_django import Settings

from programs.models import DataVersion
from tests.matching.pages import text_of


def test_styleguide_shows_every_component(
    client: Client, small_catalogue: DataVersion, settings: Settings
) -> None:
    settings.DEBUG = True
    text = text_of(client.get("/styleguide/"))
    for part in (
        "tier--safety",
        "chance__words",
        'class="chart hist chart--wide"',
        "error-summary",
        "geo-wide",
    ):
        assert part in text


def test_styleguide_is_for_builders_alone(client: Client, db: None) -> None:
    assert client.get("/styleguide/").status_code == 404


def test_styleguide_before_anything_is_loaded(client: Client, db: None, settings: Settings) -> None:
    settings.DEBUG = True
    assert client.get("/styleguide/").status_code == 200
