"""Sending cohorts and working them through, in the fewest words a test needs."""

import json
from collections.abc import Iterable
from typing import Any

from django.test import Client
from django.utils import timezone

from matching.cohorts.running import cohorts_turn
from matching.models import Cohort
from tests.api.bodies import GOOD

COHORTS = "/api/v1/cohorts/"
Headers = dict[str, str]
PROFILE = GOOD["profile"]
BAD_PROFILE = {**PROFILE, "step2ck": {"status": "pass", "score": 301, "attempts": 1}}


def applicant(reference: str, *, profile: Any = None, **options: Any) -> dict[str, Any]:
    told = {"reference": reference, "profile": PROFILE if profile is None else profile}
    return {**told, "options": options} if options else told


def applicants(count: int, *, bad: Iterable[int] = ()) -> list[dict[str, Any]]:
    """``bad``: lines that are, from 1."""
    return [
        applicant(f"a-{line}", profile=BAD_PROFILE if line in set(bad) else None, top=2)
        for line in range(1, count + 1)
    ]


def as_jsonl(lines: Iterable[object]) -> bytes:
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def send(
    client: Client,
    headers: Headers,
    body: bytes | list[Any] = b"",
    *,
    kind: str = "application/jsonl",
    **more: str,
) -> Any:
    """``more``: further headers, with _ for -."""
    raw = body if isinstance(body, bytes) else as_jsonl(body)
    named = {name.replace("_", "-"): value for name, value in more.items()}
    # The test client says no type of a body that is empty.
    return client.generic("POST", COHORTS, raw, kind, headers={**headers, **named}, CONTENT_TYPE=kind)


def sent(client: Client, headers: Headers, body: bytes | list[Any], **more: str) -> str:
    """Where the new cohort is."""
    response = send(client, headers, body, **more)
    assert response.status_code == 202, response.content
    return str(response["Location"])


def work(seconds: float = 60.0) -> None:
    """All that waits, as a worker would."""
    assert not cohorts_turn(now_of=timezone.now, seconds=seconds)


def streamed(response: Any) -> bytes:
    assert response.status_code == 200, getattr(response, "content", b"")
    return b"".join(response.streaming_content)


def lines_of(response: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in streamed(response).splitlines()]


def nothing_kept() -> bool:
    return not Cohort.objects.exists()
