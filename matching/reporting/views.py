"""What became of the applications of one's own list."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from matching.selectors import list_entries
from matching.views.access import list_or_404


@never_cache
@require_safe
def outcomes(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    saved_list = list_or_404(request, list_id)
    return render(
        request, "outcomes/report.html", {"saved_list": saved_list, "entries": list_entries(saved_list)}
    )
