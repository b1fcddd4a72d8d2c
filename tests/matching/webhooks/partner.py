"""A partner's server on this machine: it notes what reaches it and answers as it is told to."""

import ssl
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, NamedTuple, Self

import orjson


class Taken(NamedTuple):
    path: str
    headers: dict[str, str]
    body: bytes


Answer = Callable[[BaseHTTPRequestHandler, Taken], None]


def status(code: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
    def answer(handler: BaseHTTPRequestHandler, taken: Taken) -> None:
        handler.send_response(code)
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def say_back(handler: BaseHTTPRequestHandler, taken: Taken) -> None:
    """As a verified address does; anything but a verification is taken by 204."""
    event = orjson.loads(taken.body)
    if event.get("type") == "webhook.verification":
        status(200, orjson.dumps({"challenge": event["data"]["challenge"]}))(handler, taken)
    else:
        status(204)(handler, taken)


class Partner:
    """Entered, it listens on a free port of ``host``; ``answers`` are used up one by one, the last stays."""

    def __init__(
        self, *answers: Answer, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
    ) -> None:
        self.answers = list(answers or (say_back,))
        self.taken: list[Taken] = []
        partner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                one = Taken(self.path, dict(self.headers.items()), body)
                partner.taken.append(one)
                answers = partner.answers
                answer = answers.pop(0) if len(answers) > 1 else answers[0]
                try:
                    answer(self, one)
                except OSError:
                    self.close_connection = True  # who asked went away

            def log_message(self, format: str, *args: Any) -> None: ...

        self._server = ThreadingHTTPServer((host, port), Handler)
        self._server.daemon_threads = True
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_address[1]
        self.url = f"{'https' if tls else 'http'}://{host}:{self.port}/told/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def events(self) -> list[dict[str, Any]]:
        return [orjson.loads(one.body) for one in self.taken]
