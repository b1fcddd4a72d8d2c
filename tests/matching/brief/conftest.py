"""The twelve briefs over the real catalogue, drawn once a session: reading them costs nothing more."""

import pytest
from pytest_django.plugin import DjangoDbBlocker

from matching.brief.drawing import Brief, brief_of
from matching.brief.facts import BriefFacts
from tests.golden.briefs import facts_of
from tests.profiles import TWELVE
from tests.real_catalogue import real_catalogue_load


@pytest.fixture(scope="session")
def facts_by_slug(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, BriefFacts]:
    with django_db_blocker.unblock():
        catalogue = real_catalogue_load()
    return {someone.slug: facts_of(someone, catalogue) for someone in TWELVE}


@pytest.fixture(scope="session")
def briefs(facts_by_slug: dict[str, BriefFacts]) -> dict[str, Brief]:
    return {slug: brief_of(facts) for slug, facts in facts_by_slug.items()}
