"""What every template may say about the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "season": settings.SEASON,
        "application_year": int(settings.SEASON) - 1,
        "debug": settings.DEBUG,
        "staff_two_factor": settings.STAFF_TWO_FACTOR,
        "staff_idle_minutes": settings.STAFF_IDLE_MINUTES,
        "mail_works": settings.MAIL_WORKS,
        "visitor_days": settings.KEEP_DAYS["visitor"],
    }
