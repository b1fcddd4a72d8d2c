"""One thing of every kind that belongs to a partner, and every address of the API that names one.

A new address with an id in it fails ``test_isolation`` until its id stands in one of the two tables here.
"""

import json
import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.test import Client
from django.urls import URLPattern

from smartpick.api import urlpatterns
from tests.api.bodies import changed
from tests.api.cohort_calls import applicants, send, work

Headers = dict[str, str]
V1 = "/api/v1/"
HOOK = {"url": "https://partner.example/hook", "events": ["cohort.finished"]}


def match_stored(headers: Headers) -> str:
    body = json.dumps(changed(("/store", True)))
    return _id(Client().post(f"{V1}matches/", body, "application/json", headers=headers), 201)


def cohort_done(headers: Headers) -> str:
    made = _id(send(Client(), headers, applicants(3, bad=[2])), 202)
    work()
    return made


def webhook_registered(headers: Headers) -> str:
    return _id(Client().post(f"{V1}webhooks/", json.dumps(HOOK), "application/json", headers=headers), 201)


def _id(response: Any, status: int) -> str:
    assert response.status_code == status, response.content
    return str(response.json()["id"])


# Made by a partner with these headers, for her alone: what the parameter of an address then is.
OWNED: dict[str, Callable[[Headers], str]] = {
    "match_id": match_stored,
    "cohort_id": cohort_done,
    "webhook_id": webhook_registered,
}
# Everybody's, or whoever's who was given the token: no partner owns it.
OF_ALL = {"program_id", "token"}


class Address(NamedTuple):
    """``path`` with its parameters as ``{name}``."""

    path: str
    parameters: tuple[str, ...]

    def of(self, values: dict[str, str]) -> str:
        return self.path.format(**values)


def addresses() -> Iterator[Address]:
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern), f"{pattern}: not a plain address"
        route = str(pattern.pattern)
        if pattern.name == "nothing":  # takes any path
            continue
        names = tuple(pattern.pattern.converters)
        assert "(" not in route, f"{route}: its parameters cannot be read from it"
        yield Address(V1 + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route), names)


def never_was(name: str) -> str:
    """A value of the same form that belongs to nobody."""
    assert name in OWNED
    return str(uuid.uuid4())
