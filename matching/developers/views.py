"""How to call the API: the same for everyone. A number of ours is read where it holds, never typed."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matching.developers.changes import changes_listed
from matching.developers.code import code_for
from matching.developers.errors import FAULT_CODES, problems_listed
from matching.developers.keeping import kept_of_partners
from matching.developers.limits import limits_told
from matching.developers.parts import PARTS
from matching.privacy.page import privacy_page


@require_safe
def quick_start(request: HttpRequest) -> HttpResponse:
    """From nothing to one match, a stored one, and a class."""
    return _page(request, "quick_start", {})


@require_safe
def sandbox(request: HttpRequest) -> HttpResponse:
    """Sample applicants, forced errors, and what stays the same for how long."""
    from applicants.personas import PERSONAS  # noqa: PLC0415
    from matching.api.sandbox.frozen import frozen_catalogue  # noqa: PLC0415  (numpy comes with it)

    return _page(request, "sandbox", {"personas": PERSONAS, "frozen": frozen_catalogue()})


@require_safe
def cohorts(request: HttpRequest) -> HttpResponse:
    """Many applicants: what is sent, what comes back, and the columns of CSV."""
    from matching.cohorts.columns import COLUMNS  # noqa: PLC0415

    return _page(request, "cohorts", {"columns": COLUMNS})


@require_safe
def webhooks(request: HttpRequest) -> HttpResponse:
    """Events, and how to know that one is ours."""
    from matching.developers.telling import telling  # noqa: PLC0415

    return _page(request, "webhooks", {"telling": telling()})


@require_safe
def errors(request: HttpRequest) -> HttpResponse:
    """Every problem, and every code a fault may have."""
    return _page(request, "errors", {"problems": problems_listed(), "faults": sorted(FAULT_CODES.items())})


@require_safe
def limits(request: HttpRequest) -> HttpResponse:
    """Rates, sizes, pages, keys."""
    return _page(request, "limits", {})


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What is kept of what a partner sends, for how long, and how it is erased."""
    return _page(request, "data", {"kept": kept_of_partners(settings.KEEP_DAYS)})


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What changed, and what will not within v1."""
    return _page(request, "changes", {"changes": changes_listed()})


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """With the way to the others, the code as it is typed on this host, and the limits in force."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    told = privacy_page(settings.KEEP_DAYS, contact=settings.OPERATOR_CONTACT, mail=settings.MAIL_WORKS)
    host = f"{request.scheme}://{request.get_host()}"
    shared = {"parts": PARTS, "here": here, "host": host, "code": code_for(host), "limits": limits_told()}
    ask = {"contact": told.contact, "contact_href": told.contact_href}
    return render(request, f"developers/{name}.html", {**shared, **ask, **context})
