"""What stands behind the numbers, for whoever asks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matching.outcomes.status import validation_of
from matching.presentation.report_card import checked_words
from matching.presentation.report_card import report_card as card_of


@require_safe
def report_card(request: HttpRequest) -> HttpResponse:
    """What the model was fitted to, how far that carries, and that it was not checked on outcomes."""
    # The engine and its libraries load with the first page, not with the process.
    from matching.calibrating import calibration_current, calibration_document  # noqa: PLC0415
    from matching.engine import model_version  # noqa: PLC0415

    document = calibration_document()
    context = {
        "card": card_of(document) if document else None,
        "current": calibration_current(document) if document else None,
        "checked": checked_words(validation_of(model_version())),
    }
    return render(request, "matching/report_card.html", context)
