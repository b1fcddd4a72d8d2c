"""``manage.py serve``: the site on this machine, in one process."""

import errno
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.servers.basehttp import get_internal_wsgi_application, run
from django.db import connections
from django.utils import timezone

HOST = "127.0.0.1"
BIND_ERRORS = {
    errno.EADDRINUSE: "another program uses that port already; choose one by PORT=",
    errno.EACCES: "no permission to use that port; choose one above 1023 by PORT=",
}


class Command(BaseCommand):
    help = "Serves the site on this machine, for trying and developing. It restarts only when you restart it."
    requires_system_checks = []  # run once here, after --prepare has made what they look for

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--prepare", action="store_true", help="First migrate, load the catalogue and make demo accounts."
        )

    def handle(self, *args: Any, port: int, prepare: bool, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("serve is for DEBUG only; a site for others is served by gunicorn")
        if prepare:
            self.prepare()
        self.check()
        with self.runs():
            connections.close_all()
            self.serve(port)

    def prepare(self) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_catalogue", if_changed=True)
        call_command("make_demo", stdout=self.stdout)

    def runs(self) -> AbstractContextManager[object]:
        """Wake what an earlier process left undone, by the broker or, with none, by a thread of our own."""
        from matching.chores import Often, chores_run  # noqa: PLC0415
        from matching.services import run_ring  # noqa: PLC0415  (after --prepare: needs the tables)
        from matching.worker import Worker  # noqa: PLC0415

        if not settings.REDIS_URL:
            return Worker(chores=chores_run, often=Often())
        run_ring(timezone.now())
        return nullcontext()

    def serve(self, port: int) -> None:
        try:
            run(HOST, port, get_internal_wsgi_application(), threading=True, on_bind=self.announce)
        except OSError as error:
            if error.errno is None or error.errno not in BIND_ERRORS:
                raise
            raise CommandError(f"Cannot serve on {HOST}:{port}: {BIND_ERRORS[error.errno]}") from None
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    def announce(self, port: int | str) -> None:
        self.stdout.write(f"SmartPick is at http://{HOST}:{port}/ (Ctrl-C stops it)")
        self.stdout.flush()
