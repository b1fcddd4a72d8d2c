"""A visitor at the pages: the browser's part, without a browser."""

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.test import Client

from applicants.visitors import SESSION_KEY
from matching.models import Match

Capture = Callable[..., AbstractContextManager[list[Any]]]


def visitor_of(client: Client) -> uuid.UUID:
    return uuid.UUID(client.session[SESSION_KEY])


def persona_match(client: Client, capture: Capture, slug: str = "los-angeles-224") -> Match:
    """The match a click on a sample person makes, scored."""
    with capture(execute=True):
        response = client.post(f"/personas/{slug}/")
    assert response.status_code == 302, response.content
    return Match.objects.select_related("run").get(pk=response["Location"].split("/")[2])


def text_of(response: Any) -> str:
    """The page's text with every run of white space made one."""
    return " ".join(response.content.decode().split())
