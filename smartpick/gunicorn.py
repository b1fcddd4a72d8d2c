"""How gunicorn serves the site: ``gunicorn smartpick.wsgi --config python:smartpick.gunicorn``.

Plain synchronous workers: scoring is work for the processor, and a proxy in front buffers slow clients.
"""

import gc
import logging
from typing import Any

from smartpick.env import env_int, env_str

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


def post_worker_init(worker: Any) -> None:
    """Build what the first answer needs before this process takes its first request."""
    from matching.catalogue import CatalogueEmpty, catalogue_warm  # noqa: PLC0415  (needs Django set up)

    try:
        catalogue_warm()
        gc.freeze()  # the catalogue stays: a collection that walks it would hold up a request
    except CatalogueEmpty:
        logging.getLogger("smartpick").warning("no catalogue is published: run manage.py load_catalogue")
