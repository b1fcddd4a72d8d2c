import pytest

from programs.models import DataVersion
from tests.matching.catalogue import catalogue_make


@pytest.fixture
def small_catalogue(db: None) -> DataVersion:
    """A dozen published programs."""
    return catalogue_make()
