import pytest
from django.conf import settings as site_settings
from django.test import Client
from pytest_django import Settings

from programs.models import DataVersion
from tests.matching.pages import text_of

COMPONENTS = sorted(
    path.name for path in (site_settings.BASE_DIR / "templates" / "_components").glob("*.html")
)


@pytest.mark.parametrize("name", COMPONENTS)
def test_styleguide_shows_every_component(
    client: Client, small_catalogue: DataVersion, settings: Settings, name: str
) -> None:
    settings.DEBUG = True
    assert f"_components/{name}" in {part.name for part in client.get("/styleguide/").templates}


def test_styleguide_says_it_with_real_values(
    client: Client, small_catalogue: DataVersion, settings: Settings
) -> None:
    settings.DEBUG = True
    text = text_of(client.get("/styleguide/"))
    for part in (
        "tier--safety",
        "chance__words",
        'class="chart hist',
        "error-summary",
        'class="toast success"',
    ):
        assert part in text


def test_styleguide_is_for_builders_alone(client: Client, db: None) -> None:
    assert client.get("/styleguide/").status_code == 404


def test_styleguide_before_anything_is_loaded(client: Client, db: None, settings: Settings) -> None:
    settings.DEBUG = True
    response = client.get("/styleguide/")
    assert response.status_code == 200
    assert "A program" not in text_of(response)
