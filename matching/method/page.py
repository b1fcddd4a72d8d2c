from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from matching.method.parts import PARTS


def page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page on the method, with the way to the others."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    return render(request, f"method/{name}.html", {"parts": PARTS, "here": here, **context}, status=status)
