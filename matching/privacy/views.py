from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .page import privacy_page


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of people, why and how long: the same for everybody, with the periods in force."""
    page = privacy_page(settings.KEEP_DAYS, contact=settings.OPERATOR_CONTACT, mail=settings.MAIL_WORKS)
    return render(request, "privacy/privacy.html", {"page": page})
