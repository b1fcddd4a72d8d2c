"""How the numbers are made and why to believe them: the same for everyone, and nobody's data."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matching.method.parts import PARTS
from matching.method.report_card import checked_words
from matching.method.report_card import report_card as card_of
from matching.outcomes.status import validation_of


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    here = request.resolver_match.url_name if request.resolver_match else ""
    return render(request, f"method/{name}.html", {"parts": PARTS, "here": here, **context})


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """The model in plain words."""
    return _page(request, "how", {})


@require_safe
def parameters(request: HttpRequest) -> HttpResponse:
    """Every number the model uses."""
    from matching.reference import model_for  # noqa: PLC0415

    return _page(request, "parameters", {"rows": model_for(settings.SEASON).parameters.rows()})


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Where facts come from, and how many there are."""
    return _page(request, "data", {})


@require_safe
def report_card(request: HttpRequest) -> HttpResponse:
    """What the model was fitted to, how far that carries, and what outcomes say of it."""
    # The engine and its libraries load with the first page, not with the process.
    from matching.calibrating import calibration_current, calibration_document  # noqa: PLC0415
    from matching.engine import model_version  # noqa: PLC0415

    document = calibration_document()
    context = {
        "card": card_of(document) if document else None,
        "current": calibration_current(document) if document else None,
        "checked": checked_words(validation_of(model_version())),
    }
    return _page(request, "report_card", context)


@require_safe
def simulation(request: HttpRequest) -> HttpResponse:
    """What the made-up market says of the lists."""
    return _page(request, "simulation", {})


@require_safe
def limits(request: HttpRequest) -> HttpResponse:
    """What it cannot do, and where it is known to be wrong."""
    return _page(request, "limits", {})


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """The versions of the model."""
    from matching.engine import model_version  # noqa: PLC0415

    return _page(request, "changes", {"version": model_version()})
