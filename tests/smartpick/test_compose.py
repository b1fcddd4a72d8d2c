"""The containers' commands as docker-compose.yml writes them, run here against real servers."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.smartpick.processes import ROOT, clean_environment

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = ("prepare", "web", "worker", "sender", "beat")
GIVEN = {"SECRET_KEY": "only-for-this-test-" + "x" * 50, "POSTGRES_PASSWORD": "unused"}
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")
PATIENCE_SECONDS = 60


def filled(text: str) -> str:
    """What compose makes of ``${NAME:-default}`` and ``$$``."""

    def value(found: re.Match[str]) -> str:
        name, kind, rest = found.groups()
        return GIVEN.get(name, rest if kind == "-" else "")

    return VARIABLE.sub(value, text).replace("$$", "$")


def environment(service: str, **instead: str) -> dict[str, str]:
    written = {name: filled(text) for name, text in SERVICES[service]["environment"].items()}
    # A container's name is its host name, and Celery's node is named by it.
    return clean_environment(**{**written, "HOSTNAME": socket.gethostname(), **instead})


def command(service: str) -> list[str]:
    return [filled(word) for word in SERVICES[service]["command"]]


@contextmanager
def started(service: str, log: Path, **instead: str) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            command(service),
            cwd=ROOT,
            env=environment(service, **instead),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=PATIENCE_SECONDS)


def healthy(service: str, **instead: str) -> bool:
    kind, test = SERVICES[service]["healthcheck"]["test"]
    assert kind == "CMD-SHELL"
    answer = subprocess.run(
        ["sh", "-c", filled(test)],
        cwd=ROOT,
        env=environment(service, **instead),
        capture_output=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    return answer.returncode == 0


def wait_until(true: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.2)


def serves_health(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.thorough
@pytest.mark.postgres
@pytest.mark.redis
def test_commands_run_as_written(postgres_url: str, redis_url: str, tmp_path: Path) -> None:
    parts = {"DATABASE_URL": postgres_url, "REDIS_URL": redis_url}
    prepared = subprocess.run(
        command("prepare"),
        cwd=ROOT,
        env=environment("prepare", **parts),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert prepared.returncode == 0, prepared.stderr

    port, log = free_port(), tmp_path / "web.log"
    with started("web", log, **parts, BIND=f"127.0.0.1:{port}") as web:
        wait_until(lambda: serves_health(port), web, log)

    for name in ("worker", "sender"):
        log = tmp_path / f"{name}.log"
        with started(name, log, **parts) as worker:
            wait_until(partial(healthy, name, **parts), worker, log)

    log = tmp_path / "beat.log"
    for stale in Path("/tmp").glob("beat-schedule*"):
        stale.unlink()
    with started("beat", log, **parts) as beat:
        wait_until(lambda: healthy("beat", **parts), beat, log)
        assert "beat: Starting..." in log.read_text()


@pytest.mark.parametrize("service", OURS)
def test_service_is_the_one_image_with_the_one_environment(service: str) -> None:
    assert SERVICES[service]["image"] == "smartpick"
    assert SERVICES[service]["environment"] == COMPOSE["x-app"]["environment"]
    assert shutil.which(SERVICES[service]["command"][0], path=environment(service)["PATH"])


def test_every_lasting_service_has_a_health_check() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "HEALTHCHECK" in dockerfile  # the web service's own
    for name in set(SERVICES) - {"prepare", "web"}:
        assert SERVICES[name]["healthcheck"]["test"], name


def test_image_does_not_run_as_root_and_serves_as_compose_does() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert "USER smartpick" in lines
    words = ", ".join(f'"{word}"' for word in SERVICES["web"]["command"])
    assert lines[-1] == f"CMD [{words}]"


def test_example_environment_names_what_compose_reads() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^(\w+)=", example, flags=re.MULTILINE))
    read = {
        name for name, _, _ in VARIABLE.findall((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    }
    assert named == read
