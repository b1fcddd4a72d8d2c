"""Errors on request, so that a partner can see his program meet them: ``X-Sandbox-Error: 429`` or ``503``."""

from difflib import get_close_matches
from typing import Any

from rest_framework.exceptions import ParseError, Throttled
from rest_framework.request import Request
from rest_framework.views import APIView

from applicants.personas import PERSONAS, Persona, persona_get
from matching.api.errors import PartDown

PERSONA, ERROR = "X-Sandbox", "X-Sandbox-Error"
FORCED = ("429", "503")
SHOWN = 80  # characters of a value, in the words on it
DOWN = "A part this needs is down; nothing was lost or stored. Try again."
WAIT = 60.0  # seconds, where no limit was counted


class SandboxHeaders(APIView):
    """For views whose POST may be made to fail, after key, scope and rate were looked at as always.

    A view without ``has_sandbox`` refuses ``X-Sandbox``: a trial is not to be taken for the real thing.
    """

    has_sandbox = False

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method != "POST":
            return
        _force(request)
        if not self.has_sandbox and PERSONA in request.headers:
            raise ParseError(f"{PERSONA}: there is no sandbox here. POST matches/ has one.")


def persona_of(request: Request) -> Persona | None:
    """The sample applicant that is asked for, if one is. Raises ParseError for a name of none, and for no
    body at all: the document asks for one."""
    if (slug := request.headers.get(PERSONA)) is None:
        return None
    if (persona := persona_get(slug)) is None:
        near = get_close_matches(slug, [each.slug for each in PERSONAS], n=1)
        said = f'Did you mean "{near[0]}"?' if near else "GET sandbox/personas/ lists them."
        raise ParseError(f'{PERSONA}: there is no persona "{slug[:SHOWN]}". {said}')
    if request.META.get("CONTENT_LENGTH") in (None, "", "0"):
        raise ParseError("The body is empty: send {} at least.")
    return persona


def _force(request: Request) -> None:
    wanted = request.headers.get(ERROR)
    if wanted is None:
        return
    if wanted not in FORCED:
        raise ParseError(f'{ERROR}: {" or ".join(FORCED)}, not "{wanted[:SHOWN]}".')
    if wanted == "503":
        raise PartDown(DOWN)
    limits = getattr(request._request, "rate_limit_headers", None)
    if limits is None:
        raise Throttled(wait=WAIT)
    limits["RateLimit-Remaining"] = "0"
    raise Throttled(wait=float(limits["RateLimit-Reset"]))
