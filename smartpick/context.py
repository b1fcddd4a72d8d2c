"""What every template may say about the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "season": settings.SEASON,
        "application_year": int(settings.SEASON) - 1,
        "debug": settings.DEBUG,
        "mail_works": settings.MAIL_WORKS,
        "visitor_days": settings.KEEP_DAYS["visitor"],
    }
