"""Running the project's own commands in processes, as a machine does: nothing inherited but PATH and HOME."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

ROOT: Path = settings.BASE_DIR
BIN = Path(sys.executable).parent


def clean_environment(**variables: str) -> dict[str, str]:
    return {"PATH": f"{BIN}:{os.environ['PATH']}", "HOME": os.environ.get("HOME", "/"), **variables}


def python(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=clean_environment(**variables),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def setting(expression: str, **variables: str) -> str:
    """What an expression over the settings prints in a process with these environment variables."""
    result = python(
        "-c",
        f"from django.conf import settings; print({expression})",
        DJANGO_SETTINGS_MODULE="smartpick.settings",
        **variables,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()
