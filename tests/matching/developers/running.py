"""The site in a process of its own, as a fresh clone runs it: SQLite, no broker."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.smartpick.processes import ROOT, clean_environment


class Running(NamedTuple):
    address: str
    key: str


@contextmanager
def running_site(folder: Path) -> Iterator[Running]:
    """With the whole catalogue and a key of every scope. It may tell webhooks of this machine."""
    environment = clean_environment(
        DATABASE_URL=f"sqlite:///{folder / 'site.sqlite3'}",
        WEBHOOK_PRIVATE_ADDRESSES="1",
        LOG_LEVEL="WARNING",
        PYTHONUNBUFFERED="1",
    )
    command = [sys.executable, "manage.py", "serve", "--prepare", "--port", "0"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        found = next((line for line in server.stdout if "http://" in line), "")
        assert found, f"the site did not start: it ended with {server.wait()}"
        made = subprocess.run(
            [sys.executable, "manage.py", "create_api_key", "partner"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        address = f"http://{found.split('http://')[1].split('/')[0]}"
        yield Running(address, made.stdout.strip().splitlines()[-1])
    finally:
        server.terminate()
        server.wait(timeout=20)
