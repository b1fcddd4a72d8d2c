"""A typed client made from our OpenAPI document by a public generator, and used against a running site.

The generator and the client live in an environment and a folder of their own; nothing of them is kept.
"""

import re
import subprocess
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.matching.developers.running import Running
from tests.smartpick.processes import ROOT, clean_environment

pytestmark = pytest.mark.thorough

GENERATOR = ROOT / ".venv" / "client" / "bin"
# Bodies as text are left to the partner's own HTTP library: the generator knows JSON bodies alone.
NOT_GENERATED = {"application/jsonl", "application/x-ndjson", "text/csv"}
USE = """
import sys
from datetime import datetime
from smartpick_client import AuthenticatedClient, Client
from smartpick_client.api.catalogue import programs_list
from smartpick_client.api.cohorts import cohorts_read
from smartpick_client.api.matches import matches_create
from smartpick_client.api.sandbox import sandbox_personas_list
from smartpick_client.models import (
    MatchAnswer, MatchesCreateXSandbox, MatchOptions, MatchRequest, Problem, ProfileDocument, SandboxRequest,
    Step2CK,
)

address, key = sys.argv[1:]
anyone = Client(base_url=address, raise_on_unexpected_status=True)
partner = AuthenticatedClient(base_url=address, token=key, prefix="Api-Key", raise_on_unexpected_status=True)

page = programs_list.sync(client=partner, search="harbor-ucla", page_size=3)
print("programs", len(page.results), page.results[0].id[:2], type(page.results[0].state).__name__ != "str")

personas = sandbox_personas_list.sync(client=anyone)
print("personas", len(personas.results), personas.results[0].profile.step2ck.score)

answer = matches_create.sync(
    client=anyone,
    body=SandboxRequest(options=MatchOptions(top=5, explain=1)),
    x_sandbox=MatchesCreateXSandbox.LOS_ANGELES_224,
)
assert isinstance(answer, MatchAnswer) and isinstance(answer.created_at, datetime)
print("sandbox", answer.data_version, len(answer.list_), answer.list_[0].interview.probability > 0)
contributions = sum(factor.contribution for factor in answer.list_[0].factors)
print("factors", isinstance(contributions, float), answer.summary.interviews.expected > 0)

real = matches_create.sync(
    client=partner,
    body=MatchRequest(
        profile=ProfileDocument(step2ck=Step2CK(score=224), specialties=["family-medicine"]),
        options=MatchOptions(max_applications=10, top=10),
    ),
)
assert isinstance(real, MatchAnswer)
print("match", real.summary.applications)

wrong = matches_create.sync_detailed(
    client=partner, body=MatchRequest(profile=ProfileDocument(step2ck=Step2CK(score=999)))
)
assert isinstance(wrong.parsed, Problem)
fault = wrong.parsed.errors[0]
print("fault", int(wrong.status_code), fault.pointer, fault.code)

hidden = cohorts_read.sync(client=partner, cohort_id="00000000-0000-4000-8000-000000000000")
print("problem", hidden.status, hidden.title)
"""
PRINTED = """
programs 3 sp True
personas 6 224
sandbox sandbox-1 5 True
factors True True
match 10
fault 422 /profile/step2ck/score max_value
problem 404 Not Found
"""


@pytest.fixture(scope="module")
def client_folder(running: Running, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generated client, after checking that nothing but bodies of text was left out."""
    folder = tmp_path_factory.mktemp("client")
    with urlopen(f"{running.address}/api/v1/schema/") as answer:
        (folder / "openapi.json").write_bytes(answer.read())
    asked = "generate --path openapi.json --meta none --output-path smartpick_client"
    made = client_run([str(GENERATOR / "openapi-python-client"), *asked.split()], folder)
    said = made.stdout + made.stderr
    assert made.returncode == 0, said
    complaints = re.findall(r"^(?:WARNING|ERROR|Unable|Cannot|Unsupported|Could).*$", said, re.MULTILINE)
    left_out = {line.rpartition(" ")[2] for line in complaints if line.startswith("Unsupported")}
    assert left_out == NOT_GENERATED
    assert len(complaints) == 2 * len(NOT_GENERATED), said
    return folder


def test_client_is_generated_and_used(client_folder: Path, running: Running) -> None:
    (client_folder / "use.py").write_text(USE, encoding="utf-8")

    used = client_run([str(GENERATOR / "python"), "use.py", running.address, running.key], client_folder)

    assert used.returncode == 0, used.stderr
    assert used.stdout.strip() == PRINTED.strip()


def client_run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = clean_environment()
    environment["PATH"] = f"{GENERATOR}:{environment['PATH']}"  # it formats what it writes
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
