"""What the API costs beside what it cannot do without: ``python -m tests.bench.bench_api``.

CPU time of calls into the WSGI application in this process, the whole middleware included, interleaved so
that a noisy machine disturbs all alike; medians, as ratios. The catalogue is the real one, in a scratch
database.
"""

import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 120
BAR_SCORE = 8.0
BAR_FULL = 3.0


def setup(folder: str) -> None:
    """A production-like process: no debugging, no HTTPS redirect, rates out of the way."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="smartpick.settings",
        DATABASE_URL=f"sqlite:///{Path(folder) / 'bench.sqlite3'}",
        SECRET_KEY="bench-" + "x" * 50,
        DEBUG="0",
        USE_HTTPS="0",
        REDIS_URL="",
        LOG_LEVEL="WARNING",
        API_RATE_MATCH="1000000/s",
    )
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ROOT_URLCONF = "tests.bench.urls_api"
    call_command("migrate", verbosity=0)
    call_command("load_catalogue", stdout=io.StringIO())


def caller(application: Any, path: str, bodies: list[bytes]) -> Callable[[int], bytes]:
    """Calls a path with the bodies in turn, as a server would."""

    def call(turn: int) -> bytes:
        body = bodies[turn % len(bodies)]
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": path,
            "SCRIPT_NAME": "",
            "QUERY_STRING": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT": "application/json",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        seen: list[str] = []
        answer = application(environ, lambda status, headers: seen.append(status))
        content = b"".join(answer)
        answer.close()
        assert seen == ["200 OK"], (path, seen, content[:500])
        return content

    return call


def medians(work: dict[str, Callable[[int], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Median CPU seconds of each piece of work, interleaved; each warm, whatever came before it."""
    times: dict[str, list[float]] = {name: [] for name in work}
    for turn in range(-3, rounds):
        for name, run in work.items():
            run(turn + 1)
            started = time.process_time_ns()
            run(turn)
            if turn >= 0:
                times[name].append((time.process_time_ns() - started) / 1e9)
    return {name: statistics.median(values) for name, values in times.items()}


def bodies(*, top: int, explain: int) -> list[bytes]:
    """One applicant with twenty scores: no two neighbouring calls ask the same."""
    import orjson

    from matching.api.docs import example

    found = []
    for score in range(215, 235):
        body = example("request")
        body["profile"]["step2ck"]["score"] = score
        body["options"] |= {"top": top, "explain": explain}
        found.append(orjson.dumps(body))
    return found


def pieces(raw: list[bytes]) -> dict[str, Callable[[int], object]]:
    """The steps of one answer, each alone on ready inputs."""
    import orjson
    from django.conf import settings

    from matching.api.answering import question_of
    from matching.catalogue import catalogue_current
    from matching.engine import answer_compute, answer_document

    season, catalogue = settings.SEASON, catalogue_current()
    questions = [question_of(orjson.loads(one), season=season) for one in raw]
    answers = [
        answer_compute(profile=one.profile, options=one.options, catalogue=catalogue, season=season)
        for one in questions
    ]
    options = questions[0].options
    documents = [answer_document(one, catalogue, explain=options.explain, top=options.top) for one in answers]
    count = len(raw)

    def document(turn: int) -> dict[str, Any]:
        return answer_document(answers[turn % count], catalogue, explain=options.explain, top=options.top)

    def compute(turn: int) -> object:
        one = questions[turn % count]
        return answer_compute(profile=one.profile, options=one.options, catalogue=catalogue, season=season)

    score_rows = scoring_alone(season)

    return {
        "score rows": lambda turn: score_rows(questions[turn % count].profile, options.top),
        "validate": lambda turn: question_of(orjson.loads(raw[turn % count]), season=season),
        "compute": compute,
        "document": document,
        "json": lambda turn: orjson.dumps(documents[turn % count]),
        "document and json": lambda turn: orjson.dumps(document(turn)),
        "compute, document, json": lambda turn: (compute(turn), orjson.dumps(document(turn))),
    }


def scoring_alone(season: str) -> Callable[[Any, int], object]:
    """Scores the whole catalogue and looks at the best rows exactly: no lists, no ranges."""
    import numpy as np

    from matching.catalogue import catalogue_current
    from matching.inputs import applicant_of
    from matching.reference import model_for
    from matching.scoring.examine import examine
    from matching.scoring.probability import screen_probability
    from matching.scoring.score import catalogue_score

    model, columns = model_for(season), catalogue_current().columns(season)
    sigma = model.parameters.values["luck.sigma"]

    def score_rows(profile: Any, top: int) -> object:
        scored = catalogue_score(applicant_of(profile), columns, model)
        p = screen_probability(scored.log_odds, scored.sd, sigma=sigma)
        rows = np.sort(np.argpartition(-p, top)[:top])
        return examine(scored.terms, scored.sd, rows, model)

    return score_rows


def line(name: str, value: float, bar: float | None = None, at_least: float | None = None) -> None:
    verdict = "" if bar is None else f"   bar ≤ {bar:g}×   {'met' if value <= bar else 'NOT MET'}"
    if at_least is not None:
        verdict = f"   bar ≥ {at_least:g}×   {'met' if value >= at_least else 'NOT MET'}"
    print(f"  {name:<58}{value:>8.1f}×{verdict}")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        setup(folder)
        from django.core.wsgi import get_wsgi_application

        application = get_wsgi_application()
        raw = bodies(top=25, explain=0)
        views: dict[str, Callable[[int], object]] = {
            "bare": caller(application, "/api/bare/", raw),
            "rest": caller(application, "/api/bare-rest/", raw),
            "score": caller(application, "/api/v1/matches/", raw),
        }
        short = medians(views | pieces(raw))
        full = medians(pieces(bodies(top=200, explain=25)))
    bare = short["bare"]
    print(f"POST matches/, top 25, explain 0, against a bare view ({bare * 1e6:.0f} µs of CPU)")
    line("the whole request", short["score"] / bare, BAR_SCORE)
    parts = sum(short[name] for name in ("rest", "validate", "score rows", "document", "json"))
    line("the same without lists, ranges and chances of a match", parts / bare, BAR_SCORE)
    line("a bare view of the REST framework with access and rates", short["rest"] / bare)
    for name in ("validate", "compute", "score rows", "document", "json"):
        line(f"of it: {name}", short[name] / bare)
    serialising = full["document and json"]
    print(f"The full answer, 200 rows, 25 explained, against writing it out ({serialising * 1e3:.2f} ms)")
    line("compute and write out", full["compute, document, json"] / serialising, BAR_FULL)
    line("the same against orjson on the finished document", full["compute, document, json"] / full["json"])


if __name__ == "__main__":
    main()
