"""Looks through the whole OpenAPI document for requests the API answers otherwise than it says.

    python -m tests.contract.explore [--cases 5000] [--seed 1]

schemathesis makes requests that the document allows and requests it forbids, one by one and in chains (what
one answer names, the next asks for), and holds every answer against the document, with all its checks. The
callers are: nobody, a key of each scope, a key of every scope, and keys that are none. Prints how many
requests each made and what was found; anything found fails the run.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure
from schemathesis.engine import events, from_schema

from tests.contract import checks  # noqa: F401  (registers our own checks and bodies)

SCHEMA = "/api/v1/schema/"
LIFTED = "1000000/s"
MANY_COHORTS = 100_000
WRONG = {
    "a key nobody was given": "Api-Key aaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
    "no key at all": "Api-Key nonsense",
    "another scheme": "Bearer aaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
}
# Every phase finds what the others do not: examples are the documented ones, coverage walks each limit of
# each parameter and member, fuzzing makes the rest up, stateful follows what answers name.
PHASES = ("examples", "coverage", "fuzzing", "stateful")

REFUSED_THOUGH_VALID = ("400", "401", "403", "404", "409", "422", "429", "503")


@dataclass
class Report:
    """What one caller asked, how it was answered, and what was wrong with that."""

    cases: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    found: dict[str, str] = field(default_factory=dict)

    def told(self) -> str:
        statuses = ", ".join(f"{status} {count}" for status, count in sorted(self.statuses.items()))
        return f"{self.cases:>7} requests: {statuses}"


def config(
    *, headers: Mapping[str, str], examples: int, seed: int, phases: tuple[str, ...]
) -> SchemathesisConfig:
    return SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "continue-on-failure": True,
            # The client here does not unpack; tests/api/test_contract.py asks for gzip.
            "headers": {"Accept-Encoding": "identity", **headers},
            "generation": {"max-examples": examples, "database": "none"},
            "phases": {name: {"enabled": name in phases} for name in PHASES},
            "checks": {
                # What a schema cannot say is refused all the same: checks.py holds every such answer to the
                # list of what may be refused so, and a 429 or 503 to have been asked for by a header.
                "positive_data_acceptance": {"expected-statuses": ["2xx", *REFUSED_THOUGH_VALID]},
                "negative_data_rejection": {"expected-statuses": ["4xx", "503"]},
                "not_a_server_error": {"expected-statuses": ["2xx", "3xx", "4xx", "503"]},
            },
        }
    )


def explore(
    app: Any, *, headers: Mapping[str, str], examples: int, seed: int = 1, phases: tuple[str, ...] = PHASES
) -> Report:
    """Asks ``app`` as one caller. ``examples``: made-up requests for each operation."""
    settings = config(headers=headers, examples=examples, seed=seed, phases=phases)
    schema = schemathesis.openapi.from_wsgi(SCHEMA, app, config=settings)
    report = Report()
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            _note(report, event)
        elif isinstance(event, events.NonFatalError):
            report.found[f"{event.label}: {event.value!r}"] = ""
        elif isinstance(event, events.FatalError):
            raise event.exception
    return report


def _note(report: Report, event: events.ScenarioFinished) -> None:
    for interaction in event.recorder.interactions.values():
        report.cases += 1
        if interaction.response is not None:
            report.statuses[interaction.response.status_code] += 1
    for nodes in event.recorder.checks.values():
        for node in nodes:
            if node.failure_info is not None:
                failure: Failure = node.failure_info.failure
                said = " ".join(failure.message.split())[:400]
                report.found.setdefault(
                    f"{event.recorder.label}: {node.name}: {failure.title}: {said}",
                    node.failure_info.code_sample[:1500],
                )


def callers() -> Iterator[tuple[str, dict[str, str]]]:
    """Name and headers of everybody who asks; makes the keys."""
    from matching.api.keys import api_key_create
    from matching.models.api_key import SCOPES

    def header(*scopes: str) -> dict[str, str]:
        secret = api_key_create(name=f"{len(scopes)} scopes", scopes=scopes, rate=LIFTED)[1]
        return {"Authorization": f"Api-Key {secret}"}

    yield "every scope", header(*SCOPES)
    yield "nobody", {}
    for scope in SCOPES:
        yield f"scope {scope}", header(scope)
    for name, value in WRONG.items():
        yield name, {"Authorization": value}
    scope = "programs:read"
    secret = api_key_create(name="elsewhere", scopes=[scope], rate=LIFTED, networks=["192.0.2.0/24"])[1]
    yield "a key of another network", {"Authorization": f"Api-Key {secret}"}


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cases", type=int, default=5000, help="requests in all, at least")
    parser.add_argument(
        "--examples", type=int, default=40, help="made-up requests of each operation and caller"
    )
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args(argv)
    print(f"Exploring the API, seed {options.seed}")
    found, total = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        app = _site(folder)
        for name, headers in callers():
            report = explore(app, headers=headers, examples=options.examples, seed=options.seed)
            total += report.cases
            found += len(report.found)
            print(f"  {name:<26}{report.told()}", flush=True)
            for words, sample in report.found.items():
                print(f"    FOUND {words}\n      {sample}")
    print(f"{total} requests in all (at least {options.cases} wanted), {found} findings")
    return 1 if found or total < options.cases else 0


def _site(folder: str) -> Any:
    """The site with the real catalogue, on a scratch database, its rates lifted."""
    from tests.bench.measure import setup

    os.environ["API_RATE_PROGRAMS"] = os.environ["API_RATE_WRONG_KEYS"] = LIFTED
    setup(folder)
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    settings.ROOT_URLCONF = "smartpick.urls"
    settings.COHORTS_AT_ONCE = MANY_COHORTS
    return get_wsgi_application()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
