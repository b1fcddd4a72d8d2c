"""Sending cohorts and working them through, in the fewest words a test needs."""

import json
import zlib
from collections.abc import Iterable
from typing import Any

import orjson
from django.test import Client
from django.utils import timezone
from jsonschema import Draft202012Validator

from matching.cohorts.blobs import ScoredLine, blob_pack
from matching.cohorts.running import cohorts_turn
from matching.models import ApiKey, Cohort, CohortChunk
from smartpick.api_docs import openapi_document
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


def read(client: Client, address: str, headers: Headers, accept: str = "*/*", **more: str) -> Any:
    return client.get(address, headers={**headers, "accept": accept, **more})


def component(name: str) -> Draft202012Validator:
    components = json.loads(json.dumps(openapi_document()["components"]))
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": components})


def cohort_with(chunks: list[list[int]], *, state: str = "running", done: set[int]) -> Cohort:
    """A cohort of the only key with these lines in its chunks; those in ``done`` are scored."""
    now, lines = timezone.now(), sum(map(len, chunks))
    over = {"finished_at": now, "erase_at": now} if state in ("done", "failed") else {}
    cohort = Cohort.objects.create(
        api_key=ApiKey.objects.get(),
        state=state,
        reason="So it is." if state == "failed" else "",
        season="2027",
        model_version="m",
        data_version=data_version(),
        total=lines,
        scored=lines if state == "done" else 0,
        created_at=now,
        rung_at=now,
        **over,
    )
    for number, inside in enumerate(chunks):
        CohortChunk.objects.create(
            cohort=cohort,
            number=number,
            first_line=inside[0],
            lines=len(inside),
            weight=len(inside),
            **(done_values(inside) if number in done else {"input": b"x"}),
        )
    return cohort


def done_values(lines: list[int]) -> dict[str, Any]:
    """Odd lines are scored, even ones rejected."""
    import numpy as np  # noqa: PLC0415

    good = [
        ScoredLine(line, f"r-{line}", None, np.zeros(1, np.int64), np.zeros(1, np.uint8), np.full(1, 0.25))
        for line in lines
        if line % 2
    ]
    bad = [
        {"line": line, "reference": f"r-{line}", "errors": [{"pointer": "", "code": "x", "detail": "No."}]}
        for line in lines
        if not line % 2
    ]
    return {
        "state": "done",
        "input": None,
        "result": blob_pack(good),
        "errors": zlib.compress(orjson.dumps(bad)),
        "scored": len(good),
        "rejected": len(bad),
    }


def data_version() -> str:
    from programs.models import DataVersion  # noqa: PLC0415

    return DataVersion.objects.latest("pk").version
