"""What was measured of the model: by the headlines, by outcomes where there are any, in a made-up market."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from matching.method.page import page
from matching.method.reliability import reliabilities
from matching.method.report_card import checked_words
from matching.method.report_card import report_card as card_of
from matching.method.simulation import markets, promises, simulation_document
from matching.outcomes.status import validation_of

# The engine and its libraries load with the first page, not with the process.


@require_safe
def report_card(request: HttpRequest) -> HttpResponse:
    """What the model was fitted to, how far that carries, and what outcomes say of it."""
    from matching.calibrating import calibration_current, calibration_document  # noqa: PLC0415
    from matching.calibration.outcomes import Rules  # noqa: PLC0415
    from matching.engine import model_version  # noqa: PLC0415

    document, validation = calibration_document(), validation_of(model_version())
    context = {
        "card": card_of(document) if document else None,
        "current": calibration_current(document) if document else None,
        "checked": checked_words(validation),
        "reliabilities": reliabilities(validation),
        "rules": Rules(),
    }
    return page(request, "report_card", context)


@require_safe
def simulation(request: HttpRequest) -> HttpResponse:
    """How the lists did beside other ways to choose, in a made-up market."""
    from matching.engine import model_version  # noqa: PLC0415

    document = simulation_document()
    context = {
        "run": document["run"] if document else None,
        "markets": markets(document) if document else (),
        "promises": promises(document) if document else (),
        "now": model_version(),
    }
    return page(request, "simulation", context)
