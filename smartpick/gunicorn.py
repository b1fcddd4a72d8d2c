"""How gunicorn serves the site: ``gunicorn smartpick.wsgi --config python:smartpick.gunicorn``.

Plain synchronous workers: scoring is work for the processor, and a proxy in front buffers slow clients.
"""

import gc
import json
import logging
import socket
import uuid
from typing import Any

from gunicorn import util  # type: ignore[import-untyped]
from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from smartpick.env import env_int, env_str
from smartpick.logs import OneLineFormatter


class QuietLogger(Logger):  # type: ignore[misc]
    """The server's own lines, kept as ours are: no address of a page, no words of an error."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(OneLineFormatter(self.error_fmt, self.datefmt))

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """What is told of a request that fell out of the application is its address: left out."""
        super().exception("Error handling a request" if args else msg, **kwargs)


def problem_write(sock: socket.socket, status: int, reason: str, told: str) -> None:
    """What never reaches the application, as it is no HTTP, is refused in the words of the API, not in HTML.

    ``told`` repeats what was sent, and is left out.
    """
    refused = "The request is not HTTP as it has to be."
    detail = refused if status < 500 else "Something failed on our side."
    request_id = uuid.uuid4().hex
    problem = {"type": "about:blank", "title": reason, "status": status, "detail": detail}
    body = json.dumps({**problem, "instance": "/", "request_id": request_id})
    head = (
        f"HTTP/1.1 {status} {reason}",
        "Connection: close",
        "Content-Type: application/problem+json",
        f"Content-Length: {len(body)}",
        f"X-Request-Id: {request_id}",
    )
    util.write_nonblock(sock, "\r\n".join((*head, "", body)).encode("latin1"))


util.write_error = problem_write  # every worker answers by it, and it takes no other setting

bind = env_str("BIND", "127.0.0.1:8000")
workers = env_int("WEB_WORKERS", 2, minimum=1, maximum=64)
worker_class = "sync"
timeout = 30
graceful_timeout = 20
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm"  # noqa: S108  (heartbeats: a slow disk must not look like a hung worker)
control_socket_disable = True
accesslog = None  # our own access line names the route and leaves out private links
errorlog = "-"
logger_class = QuietLogger
GC_EVERY = 50_000  # objects made and not yet gone, between two looks for cycles


def post_worker_init(worker: Any) -> None:
    """Build what the first answer needs before this process takes its first request."""
    from matching.api.alive import alive_by  # noqa: PLC0415

    alive_by(worker.notify)  # a long stream that gets on is no process that hangs
    from matching.catalogue import CatalogueEmpty, catalogue_warm  # noqa: PLC0415  (needs Django set up)

    try:
        catalogue_warm()
        gc.freeze()  # the catalogue stays: a collection that walks it would hold up a request
        # An answer is tens of thousands of objects without a cycle: they go by themselves, unsought.
        gc.set_threshold(GC_EVERY)
    except CatalogueEmpty:
        logging.getLogger("smartpick").warning("no catalogue is published: run manage.py load_catalogue")
