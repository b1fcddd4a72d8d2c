"""Who may open what on the desk: asked of every address and every action, written as a table, held by a test.

``REWRITE=1 .venv/bin/pytest -q -n0 tests/matching/test_admin_matrix.py`` writes ``admin_matrix.csv`` anew;
read the difference row by row before you keep it.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django_htmx.middleware import HtmxDetails

from tests.matching.admin_world import ROLES, Objects

TABLE = Path(__file__).with_name("admin_matrix.csv")
HEAD = ("address", "of", "method", *ROLES)
# Parameters whose name is not their model's.
ALIASES = {
    "filter": "savedfilter", "patch": "reviewpatch", "batch": "importbatch", "fact": "programfact",
    "report": "factreport", "source": "importsource", "decision": "programoverride",
}  # fmt: skip
FIXED = {"number": "1", "url": "nothing-here/", "content_type_id": "1"}
Table = dict[tuple[str, str, str], dict[str, str]]


class Asked(NamedTuple):
    route: str
    of: str
    path: str


def routes() -> list[str]:
    desk = next(each for each in get_resolver().url_patterns if getattr(each, "namespace", "") == "admin")
    assert isinstance(desk, URLResolver)
    return sorted(set(_walk(desk.url_patterns, "/admin/")))


def _walk(patterns: Any, prefix: str) -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from _walk(pattern.url_patterns, route)


def asked(route: str, things: Objects) -> Iterator[Asked]:
    """The address with each thing in it that the parameters can mean."""
    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route).replace("^", "").replace("$", "")
    names = [re.sub(r"^\w+:", "", name) for name in re.findall(r"<([\w:]+)>", plain)]
    shown = re.sub(r"<(\w+:)?(\w+)>", r"<\2>", plain)
    if "app_label" in names:
        for app in sorted({model._meta.app_label for model in admin.site._registry}):
            yield Asked(shown, app, shown.replace("<app_label>", app))
        return
    held = {name: things[_label(name, shown, things)] for name in names if name not in FIXED}
    if shown.endswith("/<object_id>/"):  # leads to the page, whatever stands there
        held = {name: dict([*found.items()][:1]) for name, found in held.items()}
    for whose in sorted({whose for found in held.values() for whose in found}) or [""]:
        path = shown
        for name in names:
            if name not in FIXED and whose not in held[name]:
                break
            value = FIXED[name] if name in FIXED else str(held[name][whose].pk)
            path = path.replace(f"<{name}>", value)
        else:
            yield Asked(shown, whose, path)


def _label(name: str, route: str, things: Objects) -> str:
    """The model that a parameter names; of ``object_id`` and the like, that of the admin class."""
    stem = name.removesuffix("_id").removesuffix("_pk")
    wanted = f"historical{route.split('/')[3]}" if stem == "history" else ALIASES.get(stem, stem)
    for label in things:
        if label.endswith(f".{wanted}"):
            return label
    parts = route.split("/")
    own = f"{parts[2]}.{parts[3]}" if len(parts) > 3 else ""
    if own in things:
        return own
    if name == "object_id":
        return "programs.program"  # of the shortcut to a page on the site
    raise AssertionError(f"{route}: nothing is made for <{name}>. Add it to tests/matching/admin_world.py.")


def verdict(user: Any, method: str, path: str, data: dict[str, Any]) -> str:
    """What the view answers; nothing of it stays. Not rendered: who may open it is settled before that."""
    request = getattr(RequestFactory(), method.lower())(path, data)
    request.user, request.session = user, SessionStore()
    request.htmx = HtmxDetails(request)
    request._messages = FallbackStorage(request)
    request._dont_enforce_csrf_checks = True
    with transaction.atomic():
        answer = _answer(request)
        transaction.set_rollback(True)
    return answer


def _answer(request: HttpRequest) -> str:
    found = resolve(request.path)
    request.resolver_match = found
    try:
        response: HttpResponse = found.func(request, *found.args, **found.kwargs)
    except PermissionDenied:
        return "403"
    except Http404:
        return "404"
    except (BadRequest, SuspiciousOperation):
        return "400"
    where = response.get("Location", "")
    if where.startswith((reverse("admin:login"), reverse("login"))):
        return "login"
    return str(response.status_code)


def addresses_table(who: dict[str, Any], things: Objects) -> Table:
    every = [one for route in routes() for one in asked(route, things)]
    table: Table = {}
    for one in every:
        for method, data in (("GET", {}), ("POST", {"post": "yes"})):
            answers = {role: verdict(who[role], method, one.path, data) for role in ROLES}
            table[one.route, one.of, method] = answers
    return table


def actions_table(who: dict[str, Any]) -> Table:
    """Which actions each role is offered; sent by hand, one that is not offered is not found."""
    table: Table = {}
    for model, model_admin in sorted(admin.site._registry.items(), key=lambda each: each[0]._meta.label):
        label = model._meta.label
        offered: dict[str, set[str]] = {}
        for role in ROLES:
            offered[role] = set()
            for view in ("/", "/?view=pool"):  # the queue offers others where nobody has the reviews yet
                request = RequestFactory().get(view)
                request.user = who[role]
                request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
                if model_admin.has_view_or_change_permission(request) and request.user.is_staff:
                    offered[role] |= set(model_admin.get_actions(request))
        named = {name for _func, name, _words in model_admin._get_base_actions()}  # type: ignore[attr-defined]
        for name in sorted(named.union(*offered.values())):
            table[f"{label}: {name}", "", "action"] = {
                role: "yes" if name in offered[role] else "no" for role in ROLES
            }
    return table


def table_read() -> Table:
    with TABLE.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {(row["address"], row["of"], row["method"]): {role: row[role] for role in ROLES} for row in rows}


def table_write(table: Table) -> None:
    with TABLE.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD)
        writer.writerows([*key, *(answers[role] for role in ROLES)] for key, answers in sorted(table.items()))
