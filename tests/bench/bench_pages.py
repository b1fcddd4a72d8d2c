"""What the server's part of each page costs, warm: ``python -m tests.bench.bench_pages``.

CPU time of calls into the WSGI application in this process, the whole middleware included, as a visitor with
an answer and a list of 80 programs who asks for pages again and again; medians. The catalogue
is the real one, in a scratch database. The bar is the one the pages are held to: 150 ms.
"""

import io
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.bench.measure import Work, line, medians, note, setup, title

ROUNDS = 15
BAR_MS = 150
PERSONA = "los-angeles-224"
OTHER = "step1-fail"


class Visitor:
    """Calls the application as one browser would: with its cookies, and the token of the forms."""

    def __init__(self, application: Any) -> None:
        self.application = application
        self.cookies: dict[str, str] = {}
        self.sizes: dict[str, int] = {}

    def get(self, path: str) -> bytes:
        status, _, content = self._call("GET", path, b"")
        assert status == "200 OK", (path, status)
        self.sizes[path] = len(content)
        return content

    def post(self, path: str, **values: str) -> str:
        """The address it leads to."""
        token = self.cookies.get("csrftoken", "")
        body = urlencode(values | {"csrfmiddlewaretoken": token}).encode()
        status, headers, content = self._call("POST", path, body)
        assert status.startswith(("302", "303")), (path, status, content[:500])
        return headers["Location"]

    def part(self, path: str, headers: dict[str, str], **values: str) -> bytes:
        """The part of a page that a script asks for by a form."""
        token = self.cookies.get("csrftoken", "")
        body = urlencode(values | {"csrfmiddlewaretoken": token}).encode()
        status, _, content = self._call("POST", path, body, headers)
        assert status == "200 OK", (path, status, content[:500])
        return content

    def page(self, path: str) -> Work:
        return lambda turn: self.get(path)

    def _call(
        self, method: str, path: str, body: bytes, headers: dict[str, str] | None = None
    ) -> tuple[str, dict[str, str], bytes]:
        address, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": address,
            "SCRIPT_NAME": "",
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT": "text/html",
            "HTTP_ACCEPT_ENCODING": "gzip",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **(headers or {}),
        }
        told: list[tuple[str, list[tuple[str, str]]]] = []
        answer = self.application(environ, lambda status, headers: told.append((status, headers)))
        content = b"".join(answer)
        answer.close()
        status, sent_back = told[0]
        for name, value in sent_back:
            if name == "Set-Cookie" and (found := re.match(r"\s*(\w+)=([^;]*)", value)):
                self.cookies[found[1]] = found[2]
        return status, dict(sent_back), content


def addresses(visitor: Visitor) -> dict[str, str]:
    """Every page of the applicant's journey, by what it is called here."""
    from matching.models import SavedList

    visitor.get("/profile/")  # the token of the forms
    earlier = visitor.post(f"/personas/{OTHER}/")
    result = visitor.post(f"/personas/{PERSONA}/")
    receipt = visitor.post(f"{earlier}to/{result.split('/')[2]}/")
    visitor.post(f"{result}save/", name="Eighty")
    saved = SavedList.objects.get()
    programs = list(saved.entries.order_by("position").values_list("program_id", flat=True))
    return {
        "landing": "/",
        "profile, first step": "/profile/",
        "profile, second step": "/profile/training/",
        "profile, third step": "/profile/wishes/",
        "result": result,
        "result, a tier whole": f"{result}?all=reach",
        "result, next in line": f"{result}?all=others",
        "explore, her specialties": "/programs/",
        "explore, Los Angeles": "/programs/?ring=los-angeles",
        "explore, every specialty": "/programs/?specialty=all",
        "compare four": f"/programs/compare/?{'&'.join(f'ids={name}' for name in programs[:4])}",
        "program": f"/programs/{programs[0]}/",
        "lists": "/lists/",
        "list of 80": f"/lists/{saved.pk}/",
        "history": "/matches/",
        "receipt": receipt,
        "my data": "/me/",
        "log in": "/accounts/login/",
        "report card": "/method/report-card/",
        "method": "/method/",
        "method, every parameter": "/method/parameters/",
        "method, data": "/method/data/",
        "method, simulation": "/method/simulation/",
        "method, limits": "/method/limits/",
        "method, changes": "/method/changes/",
    }


def static_collect(folder: Path) -> None:
    """Pages name their styles by content, as where the site runs for others."""
    from django.conf import settings
    from django.core.management import call_command

    settings.STATIC_ROOT = folder
    call_command("collectstatic", interactive=False, verbosity=0)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        setup(folder)
        static_collect(Path(folder) / "static")
        from django.core.wsgi import get_wsgi_application

        visitor = Visitor(get_wsgi_application())
        pages = addresses(visitor)
        work: dict[str, Callable[[int], object]] = {name: visitor.page(path) for name, path in pages.items()}
        times = medians(work, ROUNDS)
    title("The server's part of each page, warm")
    for name, seconds in times.items():
        line(name, seconds * 1e3, at_most=BAR_MS, unit=" ms")
        note(f"    {visitor.sizes[pages[name]] / 1024:.0f} kB compressed")


if __name__ == "__main__":
    main()
