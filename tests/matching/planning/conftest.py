import pytest
from pytest_django.plugin import DjangoDbBlocker

from matching.catalogue import LoadedCatalogue
from tests.real_catalogue import real_catalogue_load


@pytest.fixture(scope="session")
def real_catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> LoadedCatalogue:
    """Every program of the fixtures."""
    with django_db_blocker.unblock():
        return real_catalogue_load()
