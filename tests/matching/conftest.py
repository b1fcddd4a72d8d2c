import uuid

import pytest

from matching.models import Match
from matching.services import match_start, run_score
from programs.models import DataVersion
from tests.matching.catalogue import catalogue_make
from tests.matching.inputs import options_of, profile_of


@pytest.fixture
def small_catalogue(db: None) -> DataVersion:
    """A dozen published programs."""
    return catalogue_make()


@pytest.fixture
def scored(small_catalogue: DataVersion) -> Match:
    """A visitor's match whose answer is there."""
    match = match_start(profile=profile_of(), options=options_of(), visitor=uuid.uuid4())
    run_score(match.run_id)
    match.refresh_from_db()
    return match
