"""A migrated, empty SQLite database kept from one run to the next: migrating takes longer than most tests.

It is found by what it was made from (every migration there is, the models they stand beside, the pinned
packages), so that another state of the code makes another one.
"""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

FOLDER: Path = settings.VAR_DIR / "migrated"


def kept() -> Path:
    """Where the database of this state of the code lies, or will."""
    digest = hashlib.sha256()
    for path in sorted(_made_from()):
        digest.update(path.read_bytes())
    return FOLDER / f"{digest.hexdigest()[:24]}.sqlite3"


def restore(to: Path) -> bool:
    """Whether there was one to copy."""
    try:
        shutil.copyfile(kept(), to)
    except FileNotFoundError:
        return False
    return True


def keep(made: Path) -> None:
    """Two runs at once may both come here: the last one wins, and both are whole."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    part = FOLDER / f"{os.getpid()}.part"
    part.unlink(missing_ok=True)
    with sqlite3.connect(made) as source, sqlite3.connect(part) as copy:
        source.backup(copy)
    part.replace(kept())


def _made_from() -> Iterator[Path]:
    yield settings.BASE_DIR / "constraints.txt"
    yield Path(settings.BASE_DIR / "smartpick" / "settings.py")
    for app in apps.get_app_configs():
        name, _explicit = MigrationLoader.migrations_module(app.label)
        if name is None:
            continue
        try:
            module = import_module(name)
        except ModuleNotFoundError:
            continue
        assert module.__file__
        yield from Path(module.__file__).parent.glob("*.py")
        if Path(app.path).is_relative_to(settings.BASE_DIR):
            yield from Path(app.path, "models").glob("*.py")
