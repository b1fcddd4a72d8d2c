"""The real catalogue, loaded from fixtures into a test database once a session and kept in memory."""

from django.conf import settings
from django.db import transaction

from matching.catalogue import LoadedCatalogue
from programs.services.loading import catalogue_load
from programs.snapshot import snapshot_get

_loaded: list[LoadedCatalogue] = []


def real_catalogue_load() -> LoadedCatalogue:
    """Needs a migrated database, which it leaves as it was."""
    if not _loaded:
        with transaction.atomic():
            version = catalogue_load(folder=settings.FIXTURES_DIR).version.version
            _loaded.append(LoadedCatalogue(snapshot_get(version)))
            transaction.set_rollback(True)
    return _loaded[0]
