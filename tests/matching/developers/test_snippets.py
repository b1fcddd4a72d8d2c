"""The code of the developers' pages, taken from the page and run against a running site, as a reader would.

Each language in one go and one folder, in the order of the pages: later snippets use what earlier ones left.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.request import Request, urlopen

import orjson
import pytest

from tests.matching.developers.running import Running
from tests.matching.developers.shown import is_of_kind, shown
from tests.matching.developers.test_pages import PATHS
from tests.smartpick.processes import clean_environment

pytestmark = pytest.mark.thorough

CURL = ("try.sh", "programs.sh", "match.sh", "store.sh", "cohort.sh", "errors.sh")
PYTHON = ("try.py", "programs.py", "match.py", "store.py", "cohort.py", "errors.py", "retry.py")
APART = {"setup.sh", "smartpick.py", "webhook.sh", "receiver.py"}
STAND_IN = "https://partner.example/smartpick"
KEY_STAND_IN = "prefix.secret"
PATIENCE = 60.0
CURL_NEEDED = pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")


class Site(NamedTuple):
    """``code`` and ``output`` by the name of the snippet, from all pages together."""

    address: str
    key: str
    code: dict[str, str]
    output: dict[str, str]

    def setup(self) -> str:
        return self.code["setup.sh"].replace(KEY_STAND_IN, self.key)


@pytest.fixture(scope="module")
def site(running: Running) -> Site:
    code: dict[str, str] = {}
    output: dict[str, str] = {}
    for path in PATHS:
        with urlopen(running.address + path) as answer:
            of_page = shown(answer.read().decode())
        code |= of_page[0]
        output |= of_page[1]
    return Site(running.address, running.key, code, output)


def test_every_snippet_is_run_here(site: Site) -> None:
    assert {*CURL, *PYTHON, *APART} == site.code.keys()
    assert all(site.address in site.code[name] for name in ("setup.sh", "try.sh", "smartpick.py"))


@CURL_NEEDED
def test_curl_prints_what_the_pages_say(site: Site, tmp_path: Path) -> None:
    for name in CURL:
        told(name, bash_run(tmp_path, site, site.code[name]), site.output[name])


def test_python_prints_what_the_pages_say(site: Site, tmp_path: Path) -> None:
    (tmp_path / "smartpick.py").write_text(site.code["smartpick.py"], encoding="utf-8")
    for name in PYTHON:
        done = python_run(tmp_path, site, name)
        told(name, done, site.output[name])


@CURL_NEEDED
def test_receiver_proves_its_address_and_hears_of_a_cohort(site: Site, tmp_path: Path) -> None:
    (tmp_path / "smartpick.py").write_text(site.code["smartpick.py"], encoding="utf-8")
    (tmp_path / "receiver.py").write_text(site.code["receiver.py"], encoding="utf-8")
    port = port_free()
    with receiver(tmp_path, port) as heard:
        address = f"http://127.0.0.1:{port}/smartpick"
        done = bash_run(tmp_path, site, site.code["webhook.sh"].replace(STAND_IN, address))
        told("webhook.sh", done, site.output["webhook.sh"])
        webhook = orjson.loads((tmp_path / "webhook.json").read_bytes())["id"]
        wait_for(lambda: asked(site, f"/api/v1/webhooks/{webhook}/")["state"] == "active")
        forged = Request(address, b"{}", {"SmartPick-Timestamp": str(int(time.time()))}, method="POST")
        with pytest.raises(OSError, match="401"):
            urlopen(forged, timeout=PATIENCE)
        cohort = site.code["cohort.py"].replace("class-of-2028", "another-class")
        (tmp_path / "cohort.py").write_text(cohort, encoding="utf-8")
        assert python_run(tmp_path, site, "cohort.py", written=True).returncode == 0
        wait_for(lambda: heard.read_text(encoding="utf-8").strip() != "")
    assert is_of_kind(heard.read_text(encoding="utf-8"), site.output["receiver.py"])


def bash_run(folder: Path, site: Site, code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", f"set -euo pipefail\n{site.setup()}\n{code}\n"],
        cwd=folder,
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def python_run(
    folder: Path, site: Site, name: str, *, written: bool = False
) -> subprocess.CompletedProcess[str]:
    if not written:
        (folder / name).write_text(site.code[name], encoding="utf-8")
    return subprocess.run(
        [sys.executable, name],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "SMARTPICK": site.address, "SMARTPICK_KEY": site.key},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def told(name: str, done: subprocess.CompletedProcess[str], output: str) -> None:
    assert done.returncode == 0, f"{name} failed:\n{done.stdout}\n{done.stderr}"
    assert not done.stderr, f"{name} said:\n{done.stderr}"
    assert is_of_kind(done.stdout, output), f"{name} printed\n{done.stdout}\nwhere the page says\n{output}"


@contextmanager
def receiver(folder: Path, port: int) -> Iterator[Path]:
    """The partner's server of the page, and the file of what it prints."""
    heard = folder / "heard.txt"
    with heard.open("w", encoding="utf-8") as printed:
        process = subprocess.Popen(
            [sys.executable, "receiver.py"],
            cwd=folder, env={"PATH": os.environ["PATH"], "PORT": str(port)}, stdout=printed,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_for(lambda: answers(port))
            yield heard
        finally:
            process.terminate()
            process.wait(timeout=20)


def asked(site: Site, path: str) -> dict[str, object]:
    request = Request(site.address + path, headers={"Authorization": f"Api-Key {site.key}"})
    with urlopen(request, timeout=PATIENCE) as answer:
        document: dict[str, object] = orjson.loads(answer.read())
    return document


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def port_free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(happened: object) -> None:
    assert callable(happened)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if happened():
            return
        time.sleep(0.2)
    raise AssertionError("it did not happen in time")
