from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from applicants.personas import PERSONAS, persona_get
from applicants.services import profile_validate
from matching.catalogue import CatalogueEmpty
from matching.landing import holdings_current, sample_document
from matching.presentation.landing_page import held_rings, landing_page
from matching.schema import MatchOptions
from matching.selectors import matches_for_request
from matching.services import match_start

from .access import asking, owning


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    held = holdings_current()
    context = {
        "personas": PERSONAS,
        "held": held,
        "held_rings": held_rings(held.rings) if held else (),
        "sample": landing_page(sample_document()),
    }
    return render(request, "matching/landing.html", context)


@require_POST
def persona(request: HttpRequest, slug: str) -> HttpResponse:
    """A sample person's programs at one click: the same way a real profile goes."""
    chosen = persona_get(slug)
    if chosen is None:
        raise Http404("No such sample profile.")
    profile = profile_validate(chosen.document, season=settings.SEASON)
    try:
        match = match_start(profile=profile, options=MatchOptions(), **owning(request))
    except CatalogueEmpty:
        messages.warning(request, "The programs are being loaded. Try again in a minute.")
        return redirect("matching:landing")
    return redirect("matching:result", match.pk)


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """One's newest programs, or, before there are any, the way to them."""
    newest = matches_for_request(**asking(request)).order_by("-created_at").first()
    if newest is None:
        messages.info(request, "Your programs will be here. A few answers first: two minutes, no account.")
        return redirect("matching:profile")
    return redirect("matching:result", newest.pk)
