import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from applicants.visitors import SESSION_KEY
from matching.catalogue import LoadedCatalogue
from matching.models import Match
from tests.real_catalogue import real_catalogue_load


@pytest.fixture(scope="session")
def real_catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> LoadedCatalogue:
    """Every program of the fixtures."""
    with django_db_blocker.unblock():
        return real_catalogue_load()


@pytest.fixture
def own(client: Client, scored: Match) -> Client:
    """The browser of the match's owner."""
    session = client.session
    session[SESSION_KEY] = str(scored.visitor)
    session.save()
    return client
