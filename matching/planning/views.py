from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from matching.selectors import matches_for_request
from matching.views.access import asking


@never_cache
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """The asker's plan; without one, the way to it."""
    match = matches_for_request(**asking(request)).first()
    return render(request, "plan/empty.html", {"match": match})
