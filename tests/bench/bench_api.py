"""What the API costs beside what it cannot do without: ``python -m tests.bench.bench_api``.

CPU time of calls into the WSGI application in this process, the whole middleware included, interleaved so
that a noisy machine disturbs all alike; medians, as ratios. The catalogue is the real one, in a scratch
database.
"""

import io
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from tests.bench.measure import Work, line, medians, setup, title

ROUNDS = 120
ODDS_ALONE = {"top": 25, "explain": 0, "max_applications": 0, "ranges": False}
SHORT = {"top": 25, "explain": 0}
FULL = {"top": 200, "explain": 25}


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


def bodies(options: dict[str, Any]) -> list[bytes]:
    """One applicant with twenty scores: no two neighbouring calls ask the same."""
    import orjson

    from matching.api.docs import example

    found = []
    for score in range(215, 235):
        body = example("request")
        body["profile"]["step2ck"]["score"] = score
        body["options"] |= options
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

    return {
        "read and check": lambda turn: question_of(orjson.loads(raw[turn % count]), season=season),
        "compute": compute,
        "document": document,
        "json": lambda turn: orjson.dumps(documents[turn % count]),
        "document and json": lambda turn: orjson.dumps(document(turn)),
        "whole": lambda turn: (compute(turn), orjson.dumps(document(turn))),
    }


def variants() -> dict[str, Work]:
    """The computing of full answers that leave something out."""
    lean: dict[str, dict[str, Any]] = {
        "without flips": {"explain": 0},
        "without signals": {"signals": False},
        "without ranges, flips and questions": {"ranges": False},
        "without a list too": {"ranges": False, "max_applications": 0},
    }
    return {name: pieces(bodies(FULL | left_out))["compute"] for name, left_out in lean.items()}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        setup(folder)
        from django.core.wsgi import get_wsgi_application

        application = get_wsgi_application()
        raw = bodies(ODDS_ALONE)
        views: dict[str, Work] = {
            "bare": caller(application, "/api/bare/", raw),
            "rest": caller(application, "/api/bare-rest/", raw),
            "odds": caller(application, "/api/v1/matches/", raw),
            "short": caller(application, "/api/v1/matches/", bodies(SHORT)),
        }
        check(views["odds"](0), views["short"](0))
        times = medians(views | pieces(raw), ROUNDS)
        lean = variants()
        full = medians(pieces(bodies(FULL)) | lean, ROUNDS)
    report_views(times)
    report_full(full, list(lean))


def check(odds: Any, short: Any) -> None:
    """Odds alone are those of the whole answer."""
    import orjson

    answers = [orjson.loads(content)["list"] for content in (odds, short)]
    alone, whole = (
        {row["program"]["id"]: row["interview"]["probability"] for row in one if not row["signal"]}
        for one in answers
    )
    both = alone.keys() & whole.keys()
    assert both
    assert all(alone[name] == whole[name] for name in both)


def report_views(times: dict[str, float]) -> None:
    bare = times["bare"]
    title(f"POST matches/, 25 rows, none explained, against a bare view ({bare * 1e6:.0f} µs of CPU)")
    line("score view / bare view, no list and no ranges", times["odds"] / bare, at_most=8)
    line("score view / bare view, list and ranges with it", times["short"] / bare)
    line("bare view of the REST framework with access and rates", times["rest"] / bare)
    for name in ("read and check", "compute", "document", "json"):
        line(f"of the first: {name}", times[name] / bare)


def report_full(full: dict[str, float], lean: list[str]) -> None:
    serialising = full["document and json"]
    title(f"The full answer, 200 rows, 25 explained ({full['whole'] * 1e3:.2f} ms of CPU)")
    line("full answer / serialising that answer alone", full["whole"] / serialising, at_most=3)
    before = full["without ranges, flips and questions"] + serialising
    line("the same without ranges, flips and questions, as when the bar was set", before / serialising)
    line("full answer / orjson alone on the finished document", full["whole"] / full["json"])
    for name in ("compute", "document", "json"):
        line(f"of it: {name}", full[name] * 1e3, unit=" ms", digits=2)
    for name in lean:
        line(f"compute {name}", full[name] * 1e3, unit=" ms", digits=2)


if __name__ == "__main__":
    main()
